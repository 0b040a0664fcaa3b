//! The frame of what is stored: where what lies, and that it all fits.
//!
//! | bytes | content |
//! | --- | --- |
//! | 0…7 | magic, which says what it is |
//! | 8…11 | format version, `u32`, little endian |
//! | 12…15 | length of the payload, `u32`, little endian |
//! | 16… | payload: JSON, UTF-8 |
//! | the rest | seal of everything before it: an Ed25519 signature, or an HMAC-SHA-256 |

use super::{Broken, GuardianError};

/// Most bytes of what is stored: 64 KiB, sealed and all.
pub const MAX_FILE: usize = 64 << 10;
/// The format version that this build reads and writes.
const FORMAT: u32 = 1;
const HEADER: usize = 16;

/// A frame whose parts lie where it says, with a seal of so many bytes.
pub struct Envelope<'a, const SEAL: usize> {
    pub payload: &'a [u8],
    pub sealed: &'a [u8],
    pub seal: &'a [u8; SEAL],
}

impl<'a, const SEAL: usize> Envelope<'a, SEAL> {
    /// Splits what is stored. Whether the seal is right is not asked here.
    pub fn split(magic: &[u8; 8], bytes: &'a [u8]) -> Result<Self, Broken> {
        if bytes.len() > MAX_FILE {
            return Err(Broken::Altered);
        }
        let (start, rest) = bytes.split_at(bytes.len().min(magic.len()));
        if !magic.starts_with(start) {
            return Err(Broken::Altered);
        }
        let (format, rest) = rest.split_first_chunk().ok_or(Broken::Cut)?;
        if u32::from_le_bytes(*format) != FORMAT {
            return Err(Broken::Format);
        }
        let (length, rest) = rest.split_first_chunk().ok_or(Broken::Cut)?;
        // 64 bits, as a length near 2³² and the seal are more than a `usize` of 32 bits holds.
        let (claimed, there) = (u64::from(u32::from_le_bytes(*length)) + SEAL as u64, rest.len() as u64);
        if claimed > there {
            return Err(Broken::Cut);
        }
        if claimed < there {
            return Err(Broken::Altered);
        }
        let (payload, seal) = rest.split_last_chunk().ok_or(Broken::Cut)?;
        Ok(Self { payload, sealed: &bytes[..HEADER + payload.len()], seal })
    }
}

/// A frame but for its seal, for which there is room left.
pub fn open_frame<const SEAL: usize>(magic: &[u8; 8], payload: &[u8]) -> Result<Vec<u8>, GuardianError> {
    let length = HEADER + payload.len() + SEAL;
    if length > MAX_FILE {
        return Err(GuardianError::TooLarge);
    }
    let mut bytes = Vec::with_capacity(length);
    bytes.extend_from_slice(magic);
    bytes.extend_from_slice(&FORMAT.to_le_bytes());
    bytes.extend_from_slice(&(payload.len() as u32).to_le_bytes());
    bytes.extend_from_slice(payload);
    Ok(bytes)
}
