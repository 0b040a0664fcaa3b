//! GIF 87a and 89a (CompuServe, 1990).

use super::sieve::Sieve;
use super::{Kept, Kind, MetadataError, profile, xmp};

/// Header and logical screen descriptor (17, 18).
const HEADER: usize = 13;
/// An image's separator and descriptor (20).
const DESCRIPTOR: usize = 10;

/// Introducers and labels (appendix A).
const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2c;
const TRAILER: u8 = 0x3b;
const GRAPHIC_CONTROL: u8 = 0xf9;
const COMMENT: u8 = 0xfe;
const PLAIN_TEXT: u8 = 0x01;
const APPLICATION: u8 = 0xff;

/// Walks through a file.
///
/// # Errors
/// [`MetadataError::Damaged`].
pub fn walk(bytes: &[u8], sieve: &mut Sieve) -> Result<(), MetadataError> {
    let mut at = 0;
    let header = take(bytes, &mut at, HEADER)?;
    sieve.keep(header);
    sieve.keep(colours(bytes, &mut at, header.get(10))?);
    let mut shows = false;
    loop {
        let start = at;
        match bytes.get(at) {
            Some(&EXTENSION) => extension(bytes, &mut at, sieve)?,
            Some(&IMAGE) => {
                let descriptor = take(bytes, &mut at, DESCRIPTOR)?;
                colours(bytes, &mut at, descriptor.get(9))?;
                // How wide codes are at first, then the codes (22).
                take(bytes, &mut at, 1)?;
                sub_blocks(bytes, &mut at)?;
                sieve.keep(bytes.get(start..at).ok_or(MetadataError::Damaged)?);
                shows = true;
            }
            Some(&TRAILER) if shows => {
                sieve.keep(&[TRAILER]);
                sieve.remove(Kind::Trailing, bytes.len() - at - 1);
                return Ok(());
            }
            _ => return Err(MetadataError::Damaged),
        }
    }
}

fn take<'a>(bytes: &'a [u8], at: &mut usize, length: usize) -> Result<&'a [u8], MetadataError> {
    let taken = bytes.get(*at..).and_then(|rest| rest.get(..length)).ok_or(MetadataError::Damaged)?;
    *at += length;
    Ok(taken)
}

/// A table of colours, if the fields before it say that there is one (19, 21).
fn colours<'a>(bytes: &'a [u8], at: &mut usize, fields: Option<&u8>) -> Result<&'a [u8], MetadataError> {
    let fields = *fields.ok_or(MetadataError::Damaged)?;
    let length = if fields & 0x80 == 0 { 0 } else { 3 << ((fields & 7) + 1) };
    take(bytes, at, length)
}

/// Blocks of up to 255 bytes, up to an empty one (15, 16); with their lengths.
fn sub_blocks<'a>(bytes: &'a [u8], at: &mut usize) -> Result<&'a [u8], MetadataError> {
    let start = *at;
    loop {
        let length = take(bytes, at, 1)?.first().map_or(0, |length| usize::from(*length));
        if length == 0 {
            return bytes.get(start..*at).ok_or(MetadataError::Damaged);
        }
        take(bytes, at, length)?;
    }
}

/// Keeps of an extension what the picture would look different without.
fn extension(bytes: &[u8], at: &mut usize, sieve: &mut Sieve) -> Result<(), MetadataError> {
    let start = *at;
    let label = take(bytes, at, 2)?.get(1).copied();
    let blocks = sub_blocks(bytes, at)?;
    let whole = bytes.get(start..*at).ok_or(MetadataError::Damaged)?;
    match (label, blocks) {
        (Some(GRAPHIC_CONTROL), [4, _, _, _, _, 0]) => sieve.keep(whole),
        (Some(GRAPHIC_CONTROL), _) => return Err(MetadataError::Damaged),
        (Some(COMMENT), _) => sieve.remove(Kind::Comment, whole.len()),
        // No decoder of today draws it, and none lets it use up what controls the next image.
        (Some(PLAIN_TEXT), _) => sieve.remove(Kind::Text, whole.len()),
        (Some(APPLICATION), [11, blocks @ ..]) => return application(blocks, whole, sieve),
        // Some decoders pass over what they do not know, and some stop.
        _ => return Err(MetadataError::Damaged),
    }
    Ok(())
}

/// An application's extension, by its name and code (26).
fn application(blocks: &[u8], whole: &[u8], sieve: &mut Sieve) -> Result<(), MetadataError> {
    let (name, blocks) = blocks.split_first_chunk::<11>().ok_or(MetadataError::Damaged)?;
    match name {
        // How often it is played; and how much to read ahead, which nobody does.
        b"NETSCAPE2.0" | b"ANIMEXTS1.0" => match blocks {
            [3, 1, _, _, 0] | [3, 1, _, _, 5, 2, _, _, _, _, 0] => sieve.keep(whole),
            _ => return Err(MetadataError::Damaged),
        },
        // As ICC.1:2001-04, annex B, has it.
        b"ICCRGBG1012" => {
            profile::check(blocks.get(1..).unwrap_or_default())?;
            sieve.mark(Kept::ColourProfile);
            sieve.keep(whole);
        }
        // Not in blocks, but its end is made so that it reads as if it were (XMP part 3, 1.1.2).
        b"XMP DataXMP" => {
            sieve.remove(Kind::Xmp, whole.len());
            xmp::note_location(blocks, sieve);
        }
        b"C2PA_GIF\x01\0\0" => sieve.remove(Kind::C2pa, whole.len()),
        _ => sieve.remove(Kind::App, whole.len()),
    }
    Ok(())
}
