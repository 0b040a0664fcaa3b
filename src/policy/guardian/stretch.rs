//! From a PIN to a key, slowly: Argon2id (RFC 9106), version 1.3.

use argon2::{Algorithm, Argon2, Error, Params, Version};
use serde::{Deserialize, Serialize};

use super::GuardianError;

/// How much work a PIN costs. It stands in the settings, so that a later build opens what an earlier one sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stretch {
    /// Memory, in KiB, 8,192…131,072.
    pub memory: u32,
    /// Passes over it, 1…10.
    pub passes: u32,
    /// Lanes, 1…4; they are worked on one after another.
    pub lanes: u32,
}

/// The second recommended option of RFC 9106, section 4, which is for where memory is scarce: some 0.15 s in WebAssembly on
/// a laptop, and a few times as long on a phone.
impl Default for Stretch {
    fn default() -> Self {
        Self { memory: 64 << 10, passes: 3, lanes: 4 }
    }
}

/// The lower bounds are for whoever sets up with parameters of their own, as the tests do to be quick. A file cannot be
/// made easier to guess by lowering what it says: it would not be what was signed, and other parameters make another
/// key (RFC 9106 hashes them first). The upper ones keep any file from taking more of a phone than it has.
const MEMORY: core::ops::RangeInclusive<u32> = 8 << 10..=128 << 10;
const PASSES: core::ops::RangeInclusive<u32> = 1..=10;
const LANES: core::ops::RangeInclusive<u32> = 1..=4;

impl Stretch {
    /// Whether the parameters are within their bounds.
    pub fn is_valid(&self) -> bool {
        MEMORY.contains(&self.memory) && PASSES.contains(&self.passes) && LANES.contains(&self.lanes)
    }

    /// The key of a PIN. The salt has at least 8 bytes.
    ///
    /// # Errors
    /// [`GuardianError::Stretch`] for parameters, or a salt, out of their bounds; [`GuardianError::Memory`].
    pub fn key(&self, pin: &[u8], salt: &[u8]) -> Result<[u8; 32], GuardianError> {
        if !self.is_valid() {
            return Err(GuardianError::Stretch);
        }
        let params = Params::new(self.memory, self.passes, self.lanes, Some(32))
            .map_err(|_| GuardianError::Stretch)?;
        let mut key = [0; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(pin, salt, &mut key)
            .map_err(|error| match error {
                Error::OutOfMemory => GuardianError::Memory,
                _ => GuardianError::Stretch,
            })?;
        Ok(key)
    }
}
