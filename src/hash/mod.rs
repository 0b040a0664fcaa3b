//! Hashes of pictures and files, computed on the device: what removal services exchange.
//!
//! - [`pdq`]: the perceptual hash of a picture, in both families that are in use.
//! - [`picture`]: the hashes of a picture file, as it is stored and as it is shown.
//! - [`video`]: the hashes of a video's frames, and how much two videos have in common.
//! - [`index`]: lists of perceptual hashes, searched exactly.
//! - [`list`]: signed files of such hashes, and the user's own list.
//! - [`sight`]: looking for the listed pictures while a picture is judged.
//! - [`digest`]: SHA-256 and MD5 of a file, piece by piece.

pub mod digest;
pub mod index;
pub mod list;
pub mod pdq;
pub mod picture;
pub mod sight;
pub mod video;
