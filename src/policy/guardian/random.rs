//! Random bytes that the host hands in, each used once.

use super::GuardianError;

/// What is left of them.
pub struct Random<'a>(&'a [u8]);

impl<'a> Random<'a> {
    /// As many as are needed, and not all the same: whoever forgot to fill them shall know.
    pub fn new(bytes: &'a [u8], needed: usize) -> Result<Self, GuardianError> {
        let is_filled = bytes.windows(2).any(|two| two[0] != two[1]);
        if bytes.len() >= needed && is_filled { Ok(Self(bytes)) } else { Err(GuardianError::Random) }
    }

    pub fn take<const N: usize>(&mut self) -> Result<[u8; N], GuardianError> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(GuardianError::Random)?;
        self.0 = rest;
        Ok(*taken)
    }
}
