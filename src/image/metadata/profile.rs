//! ICC profiles (ICC.1:2022), which stay because colours would be others without.

use super::MetadataError;

/// Whether this is how a profile begins: its signature is at byte 36 (7.2.9).
pub fn check(start: &[u8]) -> Result<(), MetadataError> {
    let signature = start.get(36..).is_some_and(|rest| rest.starts_with(b"acsp"));
    if signature { Ok(()) } else { Err(MetadataError::Damaged) }
}
