//! What a conversation looks like while it grows: the words of a message, whatever they are dressed up as.
//!
//! - [`normalise`]: a message as words, without disguise, each with its place in the original.
//! - [`disguise`]: look-alike letters, digits for letters, letters one by one.
//!
//! Nothing here remembers a text, and nothing is sent anywhere.

mod disguise;
pub mod normalise;

pub use normalise::{Kind, Message, Token};
