//! PNG, animated or not (W3C PNG, third edition).

use super::sieve::Sieve;
use super::{Kept, Kind, MetadataError, exif, xmp};

const SIGNATURE: usize = 8;
/// Length and name before a chunk's content (5.3), and the checksum behind it.
const FRAME: usize = 12;
/// What an international text that is an XMP packet has for a keyword (XMP part 3, 1.1.5).
const XMP: &[u8] = b"XML:com.adobe.xmp\0";

/// What may stand once, before the pixels, and changes how they are shown (11.3): with its length where that is fixed.
const SHOWN: [(&[u8; 4], Option<usize>); 14] = [
    (b"PLTE", None),
    (b"tRNS", None),
    (b"cHRM", Some(32)),
    (b"gAMA", Some(4)),
    (b"iCCP", None),
    (b"sBIT", None),
    (b"sRGB", Some(1)),
    (b"cICP", Some(4)),
    (b"mDCV", Some(24)),
    (b"cLLI", Some(8)),
    (b"bKGD", None),
    (b"hIST", None),
    (b"pHYs", Some(9)),
    (b"acTL", Some(8)),
];

/// A chunk.
struct Chunk<'a> {
    name: &'a [u8; 4],
    content: &'a [u8],
    /// With its length, name and checksum.
    whole: &'a [u8],
}

/// What was said of an animation, and what came of it.
#[derive(Clone, Copy, Default)]
struct Animation {
    said: u32,
    frames: u32,
    /// Parts of frames are numbered through (11.3.7).
    next: u32,
}

/// What a file had so far.
#[derive(Default)]
struct Seen {
    shown: [bool; SHOWN.len()],
    pixels: bool,
    animation: Option<Animation>,
    /// A part of an animation, before it was said that there is one.
    stray: bool,
    orientation: Option<u8>,
}

/// Walks through a file.
///
/// # Errors
/// [`MetadataError::Damaged`] or [`MetadataError::UnsupportedFormat`].
pub fn walk(bytes: &[u8], sieve: &mut Sieve) -> Result<(), MetadataError> {
    let (signature, mut rest) = bytes.split_at_checked(SIGNATURE).ok_or(MetadataError::Damaged)?;
    sieve.keep(signature);
    let header = next(&mut rest)?;
    match (header.name, header.content.len()) {
        (b"IHDR", 13) => sieve.keep(header.whole),
        // What Apple's tools write, which is no PNG.
        (b"CgBI", _) => return Err(MetadataError::UnsupportedFormat),
        _ => return Err(MetadataError::Damaged),
    }
    let mut seen = Seen::default();
    loop {
        let chunk = next(&mut rest)?;
        if chunk.name == b"IEND" {
            let frames = seen.animation.is_none_or(|animation| animation.said == animation.frames);
            if !seen.pixels || !frames || !chunk.content.is_empty() {
                return Err(MetadataError::Damaged);
            }
            sieve.keep(chunk.whole);
            sieve.remove(Kind::Trailing, rest.len());
            return Ok(());
        }
        seen.take(&chunk, sieve)?;
    }
}

/// The next chunk, its checksum checked (5.3).
fn next<'a>(rest: &mut &'a [u8]) -> Result<Chunk<'a>, MetadataError> {
    let whole = rest.first_chunk().and_then(|length| {
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        rest.get(..length.checked_add(FRAME)?)
    });
    let whole = whole.ok_or(MetadataError::Damaged)?;
    *rest = rest.get(whole.len()..).unwrap_or_default();
    let framed = whole.get(4..).and_then(<[u8]>::split_last_chunk);
    let (checked, checksum) = framed.ok_or(MetadataError::Damaged)?;
    let (name, content) = checked.split_first_chunk().ok_or(MetadataError::Damaged)?;
    if u32::from_be_bytes(*checksum) != crc(checked) {
        return Err(MetadataError::Damaged);
    }
    Ok(Chunk { name, content, whole })
}

impl Seen {
    fn take(&mut self, chunk: &Chunk<'_>, sieve: &mut Sieve) -> Result<(), MetadataError> {
        let Chunk { name, content, whole } = *chunk;
        if let Some((at, (_, length))) = SHOWN.iter().enumerate().find(|(_, (shown, _))| *shown == name) {
            let again = self.shown.get_mut(at).is_none_or(|seen| core::mem::replace(seen, true));
            if again || self.pixels || length.is_some_and(|length| length != content.len()) {
                return Err(MetadataError::Damaged);
            }
            match name {
                b"acTL" if self.stray => return Err(MetadataError::Damaged),
                b"acTL" => {
                    let said = content.first_chunk().map_or(0, |said| u32::from_be_bytes(*said));
                    self.animation = Some(Animation { said, ..Animation::default() });
                }
                b"iCCP" => sieve.mark(Kept::ColourProfile),
                _ => {}
            }
            sieve.keep(whole);
            return Ok(());
        }
        match name {
            b"IDAT" => {
                self.pixels = true;
                sieve.keep(whole);
            }
            // A suggested palette can be there more than once.
            b"sPLT" if !self.pixels => sieve.keep(whole),
            b"fcTL" | b"fdAT" => return self.frame(chunk, sieve),
            b"IHDR" => return Err(MetadataError::Damaged),
            b"eXIf" => return self.exif(chunk, sieve),
            b"iTXt" if content.starts_with(XMP) => {
                sieve.remove(Kind::Xmp, whole.len());
                xmp::note_location(content, sieve);
            }
            b"tEXt" | b"zTXt" | b"iTXt" => sieve.remove(Kind::Text, whole.len()),
            b"tIME" => sieve.remove(Kind::Time, whole.len()),
            b"caBX" => sieve.remove(Kind::C2pa, whole.len()),
            // A critical chunk that nobody knows: no decoder can show the picture rightly (5.4).
            [b'A'..=b'Z', ..] => return Err(MetadataError::UnsupportedFormat),
            _ => sieve.remove(Kind::UnknownChunk, whole.len()),
        }
        Ok(())
    }

    /// A part of an animation's frame. Decoders do not agree on what to show where one is missing.
    fn frame(&mut self, chunk: &Chunk<'_>, sieve: &mut Sieve) -> Result<(), MetadataError> {
        let Some(animation) = &mut self.animation else {
            self.stray = true;
            sieve.remove(Kind::UnknownChunk, chunk.whole.len());
            return Ok(());
        };
        let is_control = chunk.name == b"fcTL";
        let number = chunk.content.first_chunk().map(|number| u32::from_be_bytes(*number));
        if number != Some(animation.next) || (is_control && chunk.content.len() != 26) {
            return Err(MetadataError::Damaged);
        }
        animation.next = animation.next.saturating_add(1);
        animation.frames = animation.frames.saturating_add(u32::from(is_control));
        sieve.keep(chunk.whole);
        Ok(())
    }

    /// Of Exif, how the picture is to be turned.
    fn exif(&mut self, chunk: &Chunk<'_>, sieve: &mut Sieve) -> Result<(), MetadataError> {
        let rest = exif::take(chunk.content, chunk.whole.len(), sieve);
        // There may be one only (11.3.4.5).
        if self.orientation.replace(rest.orientation).is_some() {
            return Err(MetadataError::Damaged);
        }
        if rest.is_clean {
            sieve.keep(chunk.whole);
        } else if let Some(content) = rest.content {
            let checked = [b"eXIf", &content[..]].concat();
            sieve.keep(&(content.len() as u32).to_be_bytes());
            sieve.keep(&checked);
            sieve.keep(&crc(&checked).to_be_bytes());
        }
        Ok(())
    }
}

/// For each byte, the remainder that it leaves (annex D).
const REMAINDERS: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let (mut remainder, mut bit) = (byte as u32, 0);
        while bit < 8 {
            remainder = if remainder & 1 == 1 { 0xedb8_8320 ^ (remainder >> 1) } else { remainder >> 1 };
            bit += 1;
        }
        table[byte] = remainder;
        byte += 1;
    }
    table
};

/// The checksum of chunks: CRC-32 as in ISO 3309 (5.5).
fn crc(bytes: &[u8]) -> u32 {
    let next = |crc: u32, byte: &u8| REMAINDERS[usize::from(crc as u8 ^ byte)] ^ (crc >> 8);
    !bytes.iter().fold(u32::MAX, next)
}
