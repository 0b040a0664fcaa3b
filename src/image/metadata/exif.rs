//! Exif (CIPA DC-008-2019, Exif 2.32): what is in it, and the little that stays.

use super::sieve::Sieve;
use super::tiff::{ENTRY, Tiff};
use super::{Kept, Kind};

/// What Exif begins with in a JPEG (4.7.2.1), and, against their specifications, in some PNG and WebP files.
pub const IDENTIFIER: &[u8] = b"Exif\0\0";

/// Tags (4.6.4, 4.6.5, 4.6.3).
const ORIENTATION: u16 = 0x0112;
const STRIP_BYTES: u16 = 0x0117;
const THUMBNAIL_BYTES: u16 = 0x0202;
const GPS: u16 = 0x8825;

/// An orientation that changes nothing.
pub const UPRIGHT: u8 = 1;

/// What stays of a block of Exif.
pub struct Rest {
    /// How the picture is to be turned, 1…8.
    pub orientation: u8,
    /// What to write in place of the block, if anything.
    pub content: Option<Vec<u8>>,
    /// Whether it is just that already.
    pub is_clean: bool,
}

/// Exif that says only how the picture is to be turned.
pub fn minimal(orientation: u8) -> [u8; 26] {
    let mut tiff = *b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    tiff[19] = orientation;
    tiff
}

/// Looks at a block that takes `whole` bytes of the file with its frame, and says what is in it and goes.
pub fn take(block: &[u8], whole: usize, sieve: &mut Sieve) -> Rest {
    let (identifier, tiff) = match block.strip_prefix(IDENTIFIER) {
        Some(tiff) => (IDENTIFIER, tiff),
        None => (&[][..], block),
    };
    let orientation = orientation(tiff).unwrap_or(UPRIGHT);
    let content = (orientation != UPRIGHT).then(|| [identifier, &minimal(orientation)].concat());
    let is_clean = content.as_deref() == Some(block);
    if !is_clean {
        sieve.remove(Kind::Exif, whole);
        sieve.remove(Kind::Location, location(tiff));
        sieve.remove(Kind::Thumbnail, thumbnail(tiff));
    }
    if content.is_some() {
        sieve.mark(Kept::Orientation);
    }
    Rest { orientation, content, is_clean }
}

/// The first of its form counts, as for decoders; what is not from 1 to 8 turns nothing.
fn orientation(tiff: &[u8]) -> Option<u8> {
    let tiff = Tiff::new(tiff)?;
    let mut entries = tiff.entries(tiff.first()?);
    let entry = entries.find(|entry| (entry.tag, entry.kind, entry.count) == (ORIENTATION, 3, 1))?;
    u8::try_from(tiff.short(entry.at)?).ok().filter(|value| (1..=8).contains(value))
}

/// Bytes that say where the picture was taken.
fn location(block: &[u8]) -> usize {
    let Some(tiff) = Tiff::new(block) else { return 0 };
    let gps = tiff.first().and_then(|first| tiff.entries(first).find(|entry| entry.tag == GPS));
    // Where it points to nothing, the pointer is all there is.
    gps.map_or(0, |entry| ENTRY + tiff.long(entry.at).map_or(0, |directory| tiff.extent(directory)))
}

/// Bytes of the small copy, which the second directory describes, compressed or not.
fn thumbnail(block: &[u8]) -> usize {
    let Some(tiff) = Tiff::new(block) else { return 0 };
    let Some(second) = tiff.first().and_then(|first| tiff.next(first)) else { return 0 };
    let size = tiff.entries(second).find(|entry| matches!(entry.tag, STRIP_BYTES | THUMBNAIL_BYTES));
    let bytes = size.and_then(|entry| {
        if entry.kind == 3 { tiff.short(entry.at).map(usize::from) } else { tiff.long(entry.at) }
    });
    bytes.unwrap_or(0).min(block.len())
}
