//! What is said of a picture: stable codes, never prose.

use serde::{Deserialize, Serialize};

use crate::classify::Scores;
use crate::hash::sight::Found;
use crate::image::{ImageError, Tile};

/// What should happen, from mild to strict. `Unchecked` is none of them: it says that nothing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Action {
    /// Go on.
    Allow,
    /// Go on, and say so.
    Notice,
    /// Ask before going on.
    Warn,
    /// Do not go on.
    Block,
    /// Could not be checked; see [`Verdict::fallback`].
    Unchecked,
}

/// Which way a picture goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// The user is about to send or post it.
    #[default]
    Outgoing,
    /// The user is about to see it.
    Incoming,
}

impl Direction {
    /// The other one.
    #[must_use]
    pub const fn reverse(self) -> Self {
        match self {
            Self::Outgoing => Self::Incoming,
            Self::Incoming => Self::Outgoing,
        }
    }
}

/// Why the action is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    /// Seems to be a picture of the user's own list.
    OwnList,
    /// Seems to be a picture of a list that somebody issued.
    HashList,
    /// May show nudity or a sexual act.
    Explicit,
    /// May be sexually suggestive.
    Suggestive,
    /// No bytes or no pixels.
    Empty,
    /// Not a kind of picture that is known.
    UnknownFormat,
    /// A kind of picture that cannot be decoded here.
    UnsupportedFormat,
    /// The file is broken.
    Damaged,
    /// The file is larger than the limit.
    TooManyBytes,
    /// The picture is larger than the limit.
    TooManyPixels,
    /// The animation is longer than the limit.
    TooManyFrames,
    /// Decoding would need more memory than the limit.
    TooMuchMemory,
    /// It took longer than it may.
    Deadline,
    /// The worker that checks pictures failed.
    WorkerFailed,
    /// The host could not read the picture's pixels.
    NotReadable,
    /// Checking is not possible yet, or not any more.
    NotReady,
}

impl From<ImageError> for Reason {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::Empty => Self::Empty,
            ImageError::UnknownFormat => Self::UnknownFormat,
            ImageError::UnsupportedFormat => Self::UnsupportedFormat,
            ImageError::Damaged => Self::Damaged,
            ImageError::TooManyBytes => Self::TooManyBytes,
            ImageError::TooManyPixels => Self::TooManyPixels,
            ImageError::TooManyFrames => Self::TooManyFrames,
            ImageError::TooMuchMemory => Self::TooMuchMemory,
        }
    }
}

/// Who decoded the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decoder {
    /// This crate: the same pixels everywhere.
    Own,
    /// The browser: pixels may differ between browsers.
    Host,
}

/// What was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Looked {
    /// The format, by content; for pixels, what the host called it.
    pub format: String,
    /// Who decoded it.
    pub decoder: Decoder,
    /// Pixels across, as shown; 0 when the picture was not decoded.
    pub width: u32,
    /// Pixels down, as shown; 0 when the picture was not decoded.
    pub height: u32,
    /// Frames in the file; 0 when the picture was not decoded.
    pub frames_total: u32,
    /// Frames that were judged.
    pub frames_looked: u32,
    /// The frame, from 0, that decided.
    pub worst_frame: u32,
    /// Looks that were judged: over two backdrops where something shows through, and at tiles where the policy asks for
    /// them.
    pub looks: u32,
    /// The part of the picture, as shown, that decided; `None` for the whole.
    pub worst_tile: Option<Tile>,
}

/// The answer for one picture.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// What should happen.
    pub action: Action,
    /// Why, the weightiest first. Empty with [`Action::Allow`].
    pub reasons: Vec<Reason>,
    /// Class probabilities of the look that decided.
    pub scores: Option<Scores>,
    /// Probability that the picture is explicit or suggestive, 0…1.
    pub risk: Option<f64>,
    /// With [`Action::Unchecked`]: what the age band's policy does with such a picture.
    pub fallback: Option<Action>,
    /// The listed pictures that it seems to be, nearest first.
    pub listed: Vec<Found>,
    /// What was looked at; with [`Action::Unchecked`] only the format, if that could be told.
    pub looked: Option<Looked>,
    /// The host may decode this file itself and hand over the pixels.
    pub host_decode: bool,
    /// Short name of the model.
    pub model: String,
    /// Version of the policy.
    pub policy_version: String,
}
