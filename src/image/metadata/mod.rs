//! What a picture file carries beside its picture, and the same file without it.
//!
//! Nothing is decoded and nothing encoded again: a file is walked through segment by segment, or chunk by chunk, and
//! what shows the picture is copied as it stands. Of JPEG, PNG, WebP and GIF only what is known to be needed stays; what
//! is not known goes. A file that the walk does not understand to its end is refused.
//!
//! `jpeg`, `png`, `webp` and `gif` walk; each hands every byte to a `sieve`, which counts or copies. `exif`, `xmp` and
//! `mpf` look into carriers, to tell what was in them and to keep how the picture is to be turned. `traces` looks at
//! what came out in another way, before anybody gets it.

mod error;
mod exif;
mod gif;
mod jpeg;
mod mpf;
mod png;
mod profile;
mod sieve;
mod tiff;
mod traces;
mod webp;
mod xmp;

use std::borrow::Cow;

use super::{Format, Limits};
pub use error::MetadataError;
use sieve::Sieve;

/// What can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// Exif (CIPA DC-008): camera, time, owner, and more.
    Exif,
    /// Where the picture was taken, inside Exif or XMP.
    Location,
    /// A small copy of the picture, which may show what the picture no longer does.
    Thumbnail,
    /// XMP (ISO 16684-1).
    Xmp,
    /// The rest of an XMP that is too long for one segment (XMP specification, part 3).
    ExtendedXmp,
    /// Photoshop's resources, where IPTC's fields are.
    Iptc,
    /// A comment.
    Comment,
    /// Multi-Picture Format (CIPA DC-007): its index, and the other pictures that it points to.
    Mpf,
    /// Content credentials (C2PA), or another JUMBF box (ISO/IEC 19566-5) of a JPEG.
    C2pa,
    /// Text of a PNG or a GIF.
    Text,
    /// When the picture was last changed.
    Time,
    /// What stands after the picture's end.
    Trailing,
    /// An application's segment or extension.
    App,
    /// A chunk, or an extension, that is not known to show anything.
    UnknownChunk,
}

impl Kind {
    /// All of them, in the order in which they are reported.
    pub const ALL: [Self; 14] = [
        Self::Exif,
        Self::Location,
        Self::Thumbnail,
        Self::Xmp,
        Self::ExtendedXmp,
        Self::Iptc,
        Self::Comment,
        Self::Mpf,
        Self::C2pa,
        Self::Text,
        Self::Time,
        Self::Trailing,
        Self::App,
        Self::UnknownChunk,
    ];

    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Exif => "exif",
            Self::Location => "location",
            Self::Thumbnail => "thumbnail",
            Self::Xmp => "xmp",
            Self::ExtendedXmp => "extended-xmp",
            Self::Iptc => "iptc",
            Self::Comment => "comment",
            Self::Mpf => "mpf",
            Self::C2pa => "c2pa",
            Self::Text => "text",
            Self::Time => "time",
            Self::Trailing => "trailing",
            Self::App => "app",
            Self::UnknownChunk => "unknown-chunk",
        }
    }
}

/// How much of a kind was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// Its bytes. Carriers count with their frame; [`Kind::Location`], and [`Kind::Thumbnail`] inside Exif, are counted
    /// once more by themselves.
    pub bytes: u64,
}

/// What stays although it is no pixels, as the picture would look different without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kept {
    /// Exif's orientation, alone.
    Orientation,
    /// An ICC profile, with the text that describes it.
    ColourProfile,
}

impl Kept {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Orientation => "orientation",
            Self::ColourProfile => "colour-profile",
        }
    }
}

/// What a file carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The file's format, by its content.
    pub format: Format,
    /// What goes, each kind once. Empty where there is nothing to remove.
    pub found: Vec<Finding>,
    /// What stays.
    pub kept: Vec<Kept>,
}

/// A file without metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stripped<'a> {
    /// The file; the same bytes where nothing was found.
    pub bytes: Cow<'a, [u8]>,
    /// What was removed and what was kept.
    pub report: Report,
}

/// Says what a file carries beside its picture.
///
/// # Errors
/// [`MetadataError`]; never panics on any bytes.
pub fn scan(bytes: &[u8]) -> Result<Report, MetadataError> {
    walk(bytes, Sieve::counting()).map(|(report, _)| report)
}

/// Removes what a file carries beside its picture.
///
/// # Errors
/// [`MetadataError`]; never panics on any bytes.
pub fn strip(bytes: &[u8]) -> Result<Stripped<'_>, MetadataError> {
    let (report, copy) = walk(bytes, Sieve::copying(bytes.len()))?;
    let bytes = if report.found.is_empty() { Cow::Borrowed(bytes) } else { Cow::Owned(copy) };
    let again = scan(&bytes).map_err(|_| MetadataError::LeftOver)?;
    if !again.found.is_empty() || again.kept != report.kept || traces::any(&bytes) {
        return Err(MetadataError::LeftOver);
    }
    Ok(Stripped { bytes, report })
}

fn walk(bytes: &[u8], mut sieve: Sieve) -> Result<(Report, Vec<u8>), MetadataError> {
    let format = Format::sniff(bytes).ok_or(MetadataError::UnsupportedFormat)?;
    if bytes.len() as u64 > Limits::default().max_bytes {
        return Err(MetadataError::TooLarge);
    }
    match format {
        Format::Jpeg => jpeg::walk(bytes, &mut sieve)?,
        Format::Png => png::walk(bytes, &mut sieve)?,
        Format::Webp => webp::walk(bytes, &mut sieve)?,
        Format::Gif => gif::walk(bytes, &mut sieve)?,
        _ => return Err(MetadataError::UnsupportedFormat),
    }
    Ok(sieve.finish(format))
}
