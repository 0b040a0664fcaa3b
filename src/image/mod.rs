//! From a file's bytes, or a host's pixels, to the pictures that the classifier looks at.
//!
//! [`sniff`] tells the format, [`decode`] decodes within [`limits`], [`resample`] makes 224 × 224 pictures. A still
//! picture gives one look, and where asked for one at each of its [`tiles`]; an animation one for each sampled frame; a
//! picture with transparency two of each, over white and over black, because what the other side will see depends on the
//! page behind it. [`raster`] gives a picture's own pixels, for hashes. [`metadata`] is what a file carries beside them.

pub mod decode;
pub mod frames;
pub mod limits;
pub mod metadata;
pub mod raster;
pub mod resample;
pub mod sniff;
pub mod tiles;
mod webp;

use core::fmt;

use crate::classify::network::INPUT_BYTES;
pub use limits::Limits;
pub use sniff::Format;
pub use tiles::Tile;

/// A picture as the classifier takes it: 224 × 224 pixels of red, green, blue.
pub type Look = Box<[u8; INPUT_BYTES]>;

/// What is looked at of each frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Views {
    /// The whole.
    Whole,
    /// The whole, and the tiles of a still picture.
    Tiles,
}

/// One frame's looks.
#[derive(Clone, Debug)]
pub struct FrameLooks {
    /// Which frame of the file, from 0.
    pub frame: u32,
    /// The whole first, then its tiles.
    pub views: Vec<ViewLooks>,
}

/// Looks at the whole of a frame or at one of its tiles.
#[derive(Clone, Debug)]
pub struct ViewLooks {
    /// Which part, as shown (after EXIF orientation); `None` for the whole.
    pub tile: Option<Tile>,
    /// One look, or two where something shows through.
    pub looks: Vec<Look>,
}

/// A picture, ready to be judged.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// Pixels across, as shown (after EXIF orientation).
    pub width: u32,
    /// Pixels down, as shown.
    pub height: u32,
    /// Frames in the file.
    pub frames_total: u32,
    /// The sampled frames, in order; never empty.
    pub frames: Vec<FrameLooks>,
}

/// Why a picture could not be prepared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ImageError {
    /// No bytes, or no pixels.
    Empty,
    /// None of the formats that are known.
    UnknownFormat,
    /// A known format, or a variant of one, that is not decoded here.
    UnsupportedFormat,
    /// The file is broken.
    Damaged,
    /// Over [`Limits::max_bytes`].
    TooManyBytes,
    /// Over [`Limits::max_pixels`].
    TooManyPixels,
    /// Over [`Limits::max_frames`] or [`Limits::max_animation_pixels`].
    TooManyFrames,
    /// Over [`Limits::max_memory`].
    TooMuchMemory,
}

impl ImageError {
    /// Whether the host may be asked to decode a file of this format instead.
    pub fn is_for_host(self, format: Option<Format>) -> bool {
        matches!(self, Self::UnsupportedFormat | Self::Damaged) && format.is_some_and(Format::is_for_host)
    }

    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::UnknownFormat => "unknown-format",
            Self::UnsupportedFormat => "unsupported-format",
            Self::Damaged => "damaged",
            Self::TooManyBytes => "too-many-bytes",
            Self::TooManyPixels => "too-many-pixels",
            Self::TooManyFrames => "too-many-frames",
            Self::TooMuchMemory => "too-much-memory",
        }
    }
}

impl fmt::Display for ImageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl core::error::Error for ImageError {}
