//! WebP (RFC 9649).

use super::sieve::Sieve;
use super::{Kept, Kind, MetadataError, exif, profile, xmp};

/// `RIFF`, a length, `WEBP`.
const HEADER: usize = 12;
/// A chunk's name and length (2.3).
const FRAME: usize = 8;
/// An animation frame's own fields, before its chunks (2.7.1.1).
const FRAME_FIELDS: usize = 16;

/// Chunks that decide what is shown.
const SHOWN: [[u8; 4]; 8] = [*b"VP8X", *b"ICCP", *b"ANIM", *b"ANMF", *b"ALPH", *b"VP8 ", *b"VP8L", *b"EXIF"];

/// Bits of an extended file's first byte that say what it has (2.7).
const HAS_PROFILE: u8 = 0x20;
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;

/// A chunk.
struct Chunk<'a> {
    name: &'a [u8; 4],
    content: &'a [u8],
    /// With its name, length, and the byte that fills up an odd one.
    whole: &'a [u8],
}

/// What a file had so far.
#[derive(Default)]
struct Seen {
    picture: bool,
    frames: bool,
    /// Something else after a frame.
    after_frames: bool,
    alpha: bool,
    animation: bool,
    profile: bool,
    exif: bool,
    exif_stays: bool,
}

/// Walks through a file.
///
/// # Errors
/// [`MetadataError::Damaged`].
pub fn walk(bytes: &[u8], sieve: &mut Sieve) -> Result<(), MetadataError> {
    let (header, after) = bytes.split_at_checked(HEADER).ok_or(MetadataError::Damaged)?;
    // The length counts from `WEBP` on.
    let length = header.get(4..).and_then(<[u8]>::first_chunk).map(|length| u32::from_le_bytes(*length));
    let length = length.and_then(|length| usize::try_from(length).ok()?.checked_sub(4));
    let (mut rest, trailing) =
        length.and_then(|length| after.split_at_checked(length)).ok_or(MetadataError::Damaged)?;
    let start = sieve.position();
    sieve.keep(header);
    let first = next(&mut rest)?;
    let flags = match (first.name, first.content) {
        (b"VP8 " | b"VP8L", _) => None,
        (b"VP8X", [flags, _, _, _, _, _, _, _, _, _]) => Some(*flags),
        _ => return Err(MetadataError::Damaged),
    };
    let flags_at = sieve.position() + FRAME;
    sieve.keep(first.whole);
    let mut seen = Seen { picture: flags.is_none(), ..Seen::default() };
    while !rest.is_empty() {
        let chunk = next(&mut rest)?;
        match flags {
            Some(_) => seen.take(&chunk, sieve)?,
            // A simple file is its first chunk.
            None => seen.remove(&chunk, sieve),
        }
    }
    // Some decoders read on where the file says that it has ended.
    let goes_on = trailing.first_chunk().is_some_and(|name| SHOWN.contains(name));
    if seen.picture == seen.frames || goes_on {
        return Err(MetadataError::Damaged);
    }
    if let Some(flags) = flags {
        let has = |is: bool, bit: u8| if is { bit } else { 0 };
        let others = flags & !(HAS_PROFILE | HAS_EXIF | HAS_XMP);
        let flags = others | has(seen.profile, HAS_PROFILE) | has(seen.exif_stays, HAS_EXIF);
        sieve.overwrite(flags_at, &[flags]);
    }
    // No longer than it was, so that it still fits.
    let length = sieve.position().saturating_sub(start + FRAME) as u32;
    sieve.overwrite(start + 4, &length.to_le_bytes());
    sieve.remove(Kind::Trailing, trailing.len());
    Ok(())
}

/// The next chunk (2.3).
fn next<'a>(rest: &mut &'a [u8]) -> Result<Chunk<'a>, MetadataError> {
    let chunk = rest.split_first_chunk().and_then(|(name, framed)| {
        let (length, framed) = framed.split_first_chunk()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let content = framed.get(..length)?;
        let whole = rest.get(..length.checked_add(FRAME + (length & 1))?)?;
        Some(Chunk { name, content, whole })
    });
    let chunk = chunk.ok_or(MetadataError::Damaged)?;
    *rest = rest.get(chunk.whole.len()..).unwrap_or_default();
    Ok(chunk)
}

/// Says that something is there which may be there once.
fn once(seen: &mut bool) -> Result<(), MetadataError> {
    if core::mem::replace(seen, true) { Err(MetadataError::Damaged) } else { Ok(()) }
}

impl Seen {
    /// Keeps of an extended file what shows the picture.
    fn take(&mut self, chunk: &Chunk<'_>, sieve: &mut Sieve) -> Result<(), MetadataError> {
        self.after_frames |= self.frames && chunk.name != b"ANMF";
        match chunk.name {
            b"VP8 " | b"VP8L" => once(&mut self.picture)?,
            b"ALPH" => once(&mut self.alpha)?,
            b"ANIM" => once(&mut self.animation)?,
            b"ICCP" => {
                once(&mut self.profile)?;
                profile::check(chunk.content)?;
                sieve.mark(Kept::ColourProfile);
            }
            // Some decoders stop looking for frames at the first chunk that is none, and some do not.
            b"ANMF" if self.after_frames => return Err(MetadataError::Damaged),
            b"ANMF" => {
                self.frames = true;
                return frame(chunk, sieve);
            }
            b"EXIF" => return self.exif(chunk, sieve),
            b"VP8X" => return Err(MetadataError::Damaged),
            _ => {
                self.remove(chunk, sieve);
                return Ok(());
            }
        }
        sieve.keep(chunk.whole);
        Ok(())
    }

    /// Of Exif, how the picture is to be turned.
    fn exif(&mut self, chunk: &Chunk<'_>, sieve: &mut Sieve) -> Result<(), MetadataError> {
        once(&mut self.exif)?;
        let rest = exif::take(chunk.content, chunk.whole.len(), sieve);
        self.exif_stays = rest.content.is_some();
        if rest.is_clean {
            sieve.keep(chunk.whole);
        } else if let Some(content) = rest.content {
            // An even length, so that nothing fills it up.
            sieve.keep(b"EXIF");
            sieve.keep(&(content.len() as u32).to_le_bytes());
            sieve.keep(&content);
        }
        Ok(())
    }

    fn remove(&self, chunk: &Chunk<'_>, sieve: &mut Sieve) {
        let kind = match chunk.name {
            b"XMP " => {
                xmp::note_location(chunk.content, sieve);
                Kind::Xmp
            }
            b"EXIF" => Kind::Exif,
            b"C2PA" => Kind::C2pa,
            _ => Kind::UnknownChunk,
        };
        sieve.remove(kind, chunk.whole.len());
    }
}

/// Of an animation's frame, what shows it (2.7.1.1).
fn frame(chunk: &Chunk<'_>, sieve: &mut Sieve) -> Result<(), MetadataError> {
    let framed = chunk.content.split_at_checked(FRAME_FIELDS);
    let (fields, mut rest) =
        framed.filter(|_| chunk.content.len().is_multiple_of(2)).ok_or(MetadataError::Damaged)?;
    let start = sieve.position();
    sieve.keep(chunk.whole.get(..FRAME).unwrap_or_default());
    sieve.keep(fields);
    let (mut picture, mut alpha) = (false, false);
    while !rest.is_empty() {
        let chunk = next(&mut rest)?;
        match chunk.name {
            b"VP8 " | b"VP8L" => once(&mut picture)?,
            b"ALPH" => once(&mut alpha)?,
            _ => {
                sieve.remove(Kind::UnknownChunk, chunk.whole.len());
                continue;
            }
        }
        sieve.keep(chunk.whole);
    }
    let length = sieve.position().saturating_sub(start + FRAME) as u32;
    sieve.overwrite(start + 4, &length.to_le_bytes());
    if picture { Ok(()) } else { Err(MetadataError::Damaged) }
}
