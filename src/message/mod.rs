//! What the messages of a conversation are signs of, whatever they are dressed up as.
//!
//! - [`normalise`]: a message as words, without disguise, each with its place in the original.
//! - `disguise`: look-alike letters, digits for letters, letters drawn out.
//! - [`signal`]: what a message can be a sign of.
//! - [`source`]: a language pack as people write it.
//! - [`pack`]: one that is ready to look messages through.
//! - [`file`](mod@file): one in a compact file, bundled or signed; `body`: its rules as bytes.
//! - [`evidence`]: how much of each sign there was; [`conversation`]: one conversation as it grows.
//! - [`standing`]: who the other side is to the user.
//! - [`judge`]: from evidence to a level; `weights`: what signs weigh.
//! - [`advice`]: what a conversation looks like, and what helps.
//! - [`details`](mod@details): what the user is about to give away.
//! - [`peers`]: all conversations of a user, the part that apps talk to.
//!
//! Nothing here remembers a text, and nothing is sent anywhere.

pub mod advice;
mod body;
pub mod conversation;
pub mod details;
mod disguise;
pub mod evidence;
pub mod file;
pub mod judge;
pub mod normalise;
pub mod pack;
pub mod peers;
pub mod signal;
pub mod source;
pub mod standing;
mod weights;

pub use file::{PackError, Packs};
pub use normalise::{Kind, Message, Token};
pub use pack::{Fired, Pack};
pub use peers::{Conversations, MessageError, Outlook};
pub use signal::{Signal, Speaker, Strength};
pub use source::{Source, SourceError};
