//! How much a picture may ask for. Checked from headers, before anything is allocated for the pixels.

use serde::{Deserialize, Serialize};

/// Limits on one picture file. Every field is a maximum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Limits {
    /// Bytes of the file. Default 64 MiB.
    pub max_bytes: u64,
    /// Pixels of the picture, or of one frame's canvas. Default 56 million: a 50-megapixel phone photograph fits.
    pub max_pixels: u64,
    /// Frames of an animation. Default 1,000.
    pub max_frames: u32,
    /// Pixels of all frames of an animation together, which bounds the time. Default 400 million.
    pub max_animation_pixels: u64,
    /// Bytes of memory for decoding, estimated from the header. Default 512 MiB.
    pub max_memory: u64,
    /// Looks at one file: frames of an animation, spread over its whole length, first and last included; or a still
    /// picture and its tiles, which are left out where there is no room for all of them. Default 8.
    pub max_looks: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 64 << 20,
            max_pixels: 56_000_000,
            max_frames: 1_000,
            max_animation_pixels: 400_000_000,
            max_memory: 512 << 20,
            max_looks: 8,
        }
    }
}
