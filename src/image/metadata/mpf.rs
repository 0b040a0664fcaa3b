//! Multi-Picture Format (CIPA DC-007): how large the other pictures are that stand after the first.

use super::tiff::Tiff;

/// What its segment begins with.
pub const IDENTIFIER: &[u8] = b"MPF\0";

/// The entries of the pictures (figure 6).
const MP_ENTRY: u16 = 0xb002;
/// Bytes of each.
const PICTURE: usize = 16;

/// Bytes of the pictures beside the first, as the index says.
pub fn other_pictures(index: &[u8]) -> usize {
    let Some(tiff) = Tiff::new(index) else { return 0 };
    let Some(entry) = tiff.first().and_then(|first| tiff.entries(first).find(|entry| entry.tag == MP_ENTRY))
    else {
        return 0;
    };
    let pictures = usize::try_from(entry.count).unwrap_or(usize::MAX) / PICTURE;
    let Some(start) = tiff.long(entry.at) else { return 0 };
    let sizes = (1..pictures)
        .map_while(|picture| tiff.long(start.checked_add(picture.checked_mul(PICTURE)?)?.checked_add(4)?));
    sizes.fold(0, usize::saturating_add)
}
