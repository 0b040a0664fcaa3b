//! JPEG (ITU-T T.81 | ISO/IEC 10918-1, annex B), JFIF (T.871), and what others put into application segments.

use super::sieve::Sieve;
use super::{Kept, Kind, MetadataError, exif, mpf, profile, xmp};

/// Markers (T.81, table B.1).
const SOI: [u8; 2] = [0xff, 0xd8];
const DHT: u8 = 0xc4;
const DAC: u8 = 0xcc;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const DQT: u8 = 0xdb;
const DNL: u8 = 0xdc;
const DRI: u8 = 0xdd;
const COM: u8 = 0xfe;

/// Identifiers of application segments: JFIF and its extension (T.871, clause 10), XMP and the rest of it (XMP part 3,
/// 1.1.3), ICC profiles (ICC.1, annex B), JUMBF's boxes (ISO/IEC 19566-5, annex D), Photoshop's resources, and the
/// transform of colours (T.872, 6.5.3).
const JFIF: &[u8] = b"JFIF\0";
const JFXX: &[u8] = b"JFXX\0";
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const EXTENDED_XMP: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
const ICC: &[u8] = b"ICC_PROFILE\0";
const BOX: &[u8] = b"JP";
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";
const ADOBE: &[u8] = b"Adobe";

/// Bytes of a JFIF segment without a thumbnail, of which the last two are the thumbnail's size.
const JFIF_BYTES: usize = 14;
/// Bytes of Adobe's segment that mean something.
const ADOBE_BYTES: usize = 12;

/// Walks through a file.
///
/// # Errors
/// [`MetadataError::Damaged`] or [`MetadataError::UnsupportedFormat`].
pub fn walk(bytes: &[u8], sieve: &mut Sieve) -> Result<(), MetadataError> {
    sieve.keep(&SOI);
    let mut seen = Seen::default();
    let mut at = SOI.len();
    loop {
        let start = at;
        let marker = marker(bytes, &mut at)?;
        if marker == EOI {
            seen.check_whole()?;
            sieve.keep(bytes.get(start..at).ok_or(MetadataError::Damaged)?);
            let after = bytes.len() - at;
            let pictures = seen.other_pictures.min(after);
            sieve.remove(Kind::Mpf, pictures);
            sieve.remove(Kind::Trailing, after - pictures);
            return Ok(());
        }
        let content = content(bytes, marker, &mut at)?;
        let whole = bytes.get(start..at).ok_or(MetadataError::Damaged)?;
        let segment = Segment { marker, content, whole };
        match marker {
            // Nobody writes them between scans; and a decoder that lost its way in one shows something else without.
            0xe0..=0xef | COM if seen.scan => return Err(MetadataError::Damaged),
            0xe0..=0xef => seen.application(&segment, sieve)?,
            COM => sieve.remove(Kind::Comment, whole.len()),
            _ => {
                seen.structure(&segment)?;
                sieve.keep(whole);
            }
        }
        if marker == SOS {
            let end = end_of_scan(bytes, at)?;
            sieve.keep(bytes.get(at..end).ok_or(MetadataError::Damaged)?);
            at = end;
        }
    }
}

/// A marker, with the bytes that may fill up before it (B.1.1.2).
fn marker(bytes: &[u8], at: &mut usize) -> Result<u8, MetadataError> {
    if bytes.get(*at) != Some(&0xff) {
        return Err(MetadataError::Damaged);
    }
    let rest = bytes.get(*at..).unwrap_or_default();
    let fill = rest.iter().position(|byte| *byte != 0xff).ok_or(MetadataError::Damaged)?;
    *at += fill + 1;
    rest.get(fill).copied().ok_or(MetadataError::Damaged)
}

/// What a marker's segment holds (B.1.1.4).
fn content<'a>(bytes: &'a [u8], marker: u8, at: &mut usize) -> Result<&'a [u8], MetadataError> {
    match marker {
        // Hierarchical files, and JPEG-LS.
        0xde | 0xdf | 0xf7 => return Err(MetadataError::UnsupportedFormat),
        0xc0..=0xc7 | 0xc9..=0xcf | SOS..=DRI | 0xe0..=0xef | COM => {}
        _ => return Err(MetadataError::Damaged),
    }
    let rest = bytes.get(*at..).unwrap_or_default();
    let length = rest.first_chunk().map(|length| usize::from(u16::from_be_bytes(*length)));
    let content = length.and_then(|length| rest.get(2..length)).ok_or(MetadataError::Damaged)?;
    *at += 2 + content.len();
    Ok(content)
}

/// Where the marker after a scan's coded data stands. 0 after `ff` makes it data (B.1.1.5); restarts are of the scan.
fn end_of_scan(bytes: &[u8], start: usize) -> Result<usize, MetadataError> {
    let mut at = start;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let found = rest.iter().position(|byte| *byte == 0xff).ok_or(MetadataError::Damaged)?;
        let after = rest.get(found..).unwrap_or_default();
        let fill = after.iter().position(|byte| *byte != 0xff).ok_or(MetadataError::Damaged)?;
        match after.get(fill) {
            Some(0 | 0xd0..=0xd7) => at += found + fill + 1,
            _ => return Ok(at + found),
        }
    }
}

/// A marker and what belongs to it.
struct Segment<'a> {
    marker: u8,
    content: &'a [u8],
    /// With the marker and its length.
    whole: &'a [u8],
}

/// What a file had so far.
#[derive(Default)]
struct Seen<'a> {
    jfif: bool,
    frame: bool,
    scan: bool,
    orientation: Option<u8>,
    colours: Option<&'a [u8]>,
    profile: Option<Profile>,
    other_pictures: usize,
}

/// An ICC profile, which can be too long for one segment.
struct Profile {
    parts: u8,
    there: [bool; 256],
}

impl<'a> Seen<'a> {
    /// At the end: whether there was a picture, and all of its profile.
    fn check_whole(&self) -> Result<(), MetadataError> {
        let profile = self.profile.as_ref().is_none_or(|profile| {
            profile.there.iter().filter(|is| **is).count() == usize::from(profile.parts)
        });
        if self.scan && profile { Ok(()) } else { Err(MetadataError::Damaged) }
    }

    /// Checks what decoders need, so that nothing else can stand where they do not look.
    fn structure(&mut self, Segment { marker, content, .. }: &Segment<'a>) -> Result<(), MetadataError> {
        let fits = match *marker {
            DHT => is_row_of(content, |rest| {
                let codes = rest.get(1..17)?.iter().map(|codes| usize::from(*codes)).sum::<usize>();
                Some(17 + codes)
            }),
            DQT => is_row_of(content, |rest| Some(if rest.first()? >> 4 == 0 { 65 } else { 129 })),
            DAC => is_row_of(content, |_| Some(2)),
            DRI => content.len() == 2,
            DNL => content.len() == 2 && self.scan,
            SOS => {
                self.scan = true;
                content.first().is_some_and(|parts| content.len() == 4 + 2 * usize::from(*parts))
                    && self.frame
            }
            // The frame's header; hierarchical files, which have more than one, came no further.
            _ => {
                let fits = content.get(5).is_some_and(|parts| content.len() == 6 + 3 * usize::from(*parts));
                fits && !core::mem::replace(&mut self.frame, true)
            }
        };
        if fits { Ok(()) } else { Err(MetadataError::Damaged) }
    }

    /// Keeps of an application's segment what the picture would look different without.
    fn application(&mut self, segment: &Segment<'a>, sieve: &mut Sieve) -> Result<(), MetadataError> {
        let Segment { marker, content, whole } = *segment;
        match marker {
            0xe0 if content.starts_with(JFIF) && content.len() >= JFIF_BYTES && !self.jfif => {
                return self.jfif(segment, sieve);
            }
            0xe0 if content.starts_with(JFXX) => sieve.remove(Kind::Thumbnail, whole.len()),
            0xe1 if content.starts_with(exif::IDENTIFIER) => return self.exif(segment, sieve),
            0xe1 if content.starts_with(XMP) => {
                sieve.remove(Kind::Xmp, whole.len());
                xmp::note_location(content, sieve);
            }
            0xe1 if content.starts_with(EXTENDED_XMP) => {
                sieve.remove(Kind::ExtendedXmp, whole.len());
                xmp::note_location(content, sieve);
            }
            0xe2 if content.starts_with(ICC) => {
                self.profile(content)?;
                sieve.keep(whole);
                sieve.mark(Kept::ColourProfile);
            }
            0xe2 if let Some(index) = content.strip_prefix(mpf::IDENTIFIER) => {
                sieve.remove(Kind::Mpf, whole.len());
                self.other_pictures = self.other_pictures.saturating_add(mpf::other_pictures(index));
            }
            // Box instance, packet number, then the box itself.
            0xeb if content.starts_with(BOX) && content.get(12..16) == Some(b"jumb") => {
                sieve.remove(Kind::C2pa, whole.len());
            }
            0xed if content.starts_with(PHOTOSHOP) => sieve.remove(Kind::Iptc, whole.len()),
            0xee if content.starts_with(ADOBE) && content.len() >= ADOBE_BYTES => {
                return self.colours(segment, sieve);
            }
            _ => sieve.remove(Kind::App, whole.len()),
        }
        Ok(())
    }

    /// JFIF says how large and how square pixels are, and can hold a thumbnail.
    fn jfif(&mut self, segment: &Segment<'a>, sieve: &mut Sieve) -> Result<(), MetadataError> {
        self.jfif = true;
        let (before, thumbnail) =
            segment.content.split_at_checked(JFIF_BYTES - 2).ok_or(MetadataError::Damaged)?;
        if thumbnail == [0, 0] {
            sieve.keep(segment.whole);
        } else {
            sieve.remove(Kind::Thumbnail, thumbnail.len());
            sieve.keep(&[0xff, 0xe0, 0, 16]);
            sieve.keep(before);
            sieve.keep(&[0, 0]);
        }
        Ok(())
    }

    /// Of Exif, how the picture is to be turned.
    fn exif(&mut self, segment: &Segment<'a>, sieve: &mut Sieve) -> Result<(), MetadataError> {
        let rest = exif::take(segment.content, segment.whole.len(), sieve);
        // Decoders do not agree on which of two counts.
        if self.orientation.is_some_and(|other| other != rest.orientation) {
            return Err(MetadataError::Damaged);
        }
        if self.orientation.replace(rest.orientation).is_some() {
            // The other counted already.
            if rest.is_clean {
                sieve.remove(Kind::Exif, segment.whole.len());
            }
            return Ok(());
        }
        if rest.is_clean {
            sieve.keep(segment.whole);
        } else if let Some(content) = rest.content {
            // As long as the smallest Exif is, which is 32 bytes.
            sieve.keep(&[0xff, 0xe1, 0, content.len() as u8 + 2]);
            sieve.keep(&content);
        }
        Ok(())
    }

    /// Each part of a profile says which it is and how many there are.
    fn profile(&mut self, content: &[u8]) -> Result<(), MetadataError> {
        let Some(&[part, parts, ref data @ ..]) = content.get(ICC.len()..) else {
            return Err(MetadataError::Damaged);
        };
        if part == 1 {
            profile::check(data)?;
        }
        let profile = self.profile.get_or_insert(Profile { parts, there: [false; 256] });
        let again =
            profile.there.get_mut(usize::from(part)).is_none_or(|there| core::mem::replace(there, true));
        if part == 0 || part > parts || parts != profile.parts || again {
            return Err(MetadataError::Damaged);
        }
        Ok(())
    }

    /// Adobe's segment says what colours the components are.
    fn colours(&mut self, segment: &Segment<'a>, sieve: &mut Sieve) -> Result<(), MetadataError> {
        let Segment { content, whole, .. } = *segment;
        let (colours, more) = content.split_at_checked(ADOBE_BYTES).ok_or(MetadataError::Damaged)?;
        match self.colours.replace(colours) {
            Some(others) if others != colours => return Err(MetadataError::Damaged),
            Some(_) => sieve.remove(Kind::App, whole.len()),
            None if more.is_empty() => sieve.keep(whole),
            None => {
                sieve.remove(Kind::App, more.len());
                sieve.keep(&[0xff, 0xee, 0, ADOBE_BYTES as u8 + 2]);
                sieve.keep(colours);
            }
        }
        Ok(())
    }
}

/// Whether there is nothing but tables, of which a function tells the length of the first.
fn is_row_of(mut tables: &[u8], length: impl Fn(&[u8]) -> Option<usize>) -> bool {
    while !tables.is_empty() {
        let Some(rest) = length(tables).and_then(|length| tables.get(length..)) else { return false };
        tables = rest;
    }
    true
}
