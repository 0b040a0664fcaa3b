//! The bridge to JavaScript: carries values across and decides nothing. Not a public interface; the npm package is.
//!
//! Three modules are published, so that nobody fetches what is not used: one judges pictures (feature `wasm-guard`), one
//! hashes files and makes lists (feature `wasm-hash`), and one decides about contacts, looks at conversations and keeps a
//! guardian's settings (feature `wasm-contact`).

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

use serde::Serialize;

use crate::hash::list::{ListError, PublicKey};

fn keys(hexadecimal: &[String]) -> Result<Vec<PublicKey>, ListError> {
    hexadecimal.iter().map(|key| key.parse()).collect()
}

fn json(value: &impl Serialize) -> String {
    // Plain structures with string keys: serialising them into memory cannot fail.
    serde_json::to_string(value).unwrap_or_default()
}
