//! The recovery code: on paper, for when the PIN is forgotten.
//!
//! 25 symbols of Crockford's base32 (`base32.rs`) in groups of five: 22 that are random, which is 110 bits, and
//! a check of three, so that a slip is told from a code that is wrong, but for one in 32,768. Nobody guesses
//! 110 bits, so the key is made without slowness, and tries are not counted.

use super::mac::derive;
use super::{GuardianError, base32};

const RANDOM: usize = 22;
const CHECK: usize = 3;
const DOMAIN: &str = "pausepoint guardian recovery code v1";
const KEY_DOMAIN: &[u8] = b"pausepoint guardian recovery key v1\0";

/// A recovery code without its check, as it is written properly.
pub struct RecoveryCode([u8; RANDOM]);

impl RecoveryCode {
    /// From the first 110 bits of 14 random bytes.
    pub fn new(random: [u8; 14]) -> Result<Self, GuardianError> {
        Self::of(&base32::encode(&random, RANDOM))
    }

    /// Reads what somebody typed.
    pub fn read(text: &str) -> Result<Self, GuardianError> {
        Self::of(&base32::checked(DOMAIN, text, CHECK).ok_or(GuardianError::Typo)?)
    }

    fn of(symbols: &str) -> Result<Self, GuardianError> {
        symbols.as_bytes().try_into().map(Self).map_err(|_| GuardianError::Typo)
    }

    /// As it is shown.
    pub fn text(&self) -> String {
        let symbols: String = self.0.iter().copied().map(char::from).collect();
        base32::grouped(&base32::with_check(DOMAIN, &symbols, CHECK))
    }

    /// The key that wraps: HMAC-SHA-256 under the 22 symbols.
    pub fn key(&self, salt: &[u8; 16]) -> [u8; 32] {
        derive(&self.0, &[KEY_DOMAIN, salt])
    }
}
