//! The bridge to JavaScript: carries values across and decides nothing. Not a public interface; the npm package is.
//!
//! Four modules are published, so that nobody fetches what is not used: one judges pictures (feature `wasm-guard`), one
//! hashes files and makes lists (feature `wasm-hash`), one decides about contacts, looks at conversations and keeps a
//! guardian's settings (feature `wasm-contact`), and one takes metadata out of pictures (feature `wasm-metadata`).

#[cfg(feature = "wasm-contact")]
mod contact;
#[cfg(feature = "wasm-guard")]
mod guard;
#[cfg(feature = "wasm-contact")]
mod guardian;
#[cfg(feature = "wasm-hash")]
mod hash;
#[cfg(feature = "wasm-contact")]
mod message;
#[cfg(feature = "wasm-metadata")]
mod metadata;
#[cfg(any(feature = "wasm-guard", feature = "wasm-hash", feature = "wasm-contact"))]
mod values;

#[cfg(any(feature = "wasm-guard", feature = "wasm-hash", feature = "wasm-contact"))]
use values::{json, keys};
