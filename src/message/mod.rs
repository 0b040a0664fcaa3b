//! What the messages of a conversation are signs of, whatever they are dressed up as.
//!
//! - [`normalise`]: a message as words, without disguise, each with its place in the original.
//! - `disguise`: look-alike letters, digits for letters, letters drawn out.
//! - [`signal`]: what a message can be a sign of.
//! - [`source`]: a language pack as people write it.
//! - [`pack`]: one that is ready to look messages through.
//!
//! Nothing here remembers a text, and nothing is sent anywhere.

pub mod advice;
pub mod conversation;
pub mod details;
mod disguise;
pub mod evidence;
pub mod judge;
pub mod normalise;
pub mod pack;
pub mod peers;
pub mod signal;
pub mod source;
pub mod standing;
mod weights;

pub use normalise::{Kind, Message, Token};
pub use pack::{Fired, Pack};
pub use signal::{Signal, Speaker, Strength};
pub use source::{Source, SourceError};
