//! The bridge to JavaScript: carries values across and decides nothing. Not a public interface; the npm package is.
//!
//! Two modules are published, so that nobody fetches what is not used: one judges pictures (feature `wasm-guard`), the
//! other hashes files and makes lists (feature `wasm-hash`).

#[cfg(feature = "wasm-guard")]
mod guard;
#[cfg(feature = "wasm-hash")]
mod hash;

use serde::Serialize;

use crate::hash::list::{ListError, PublicKey};

fn keys(hexadecimal: &[String]) -> Result<Vec<PublicKey>, ListError> {
    hexadecimal.iter().map(|key| key.parse()).collect()
}

fn json(value: &impl Serialize) -> String {
    // Plain structures with string keys: serialising them into memory cannot fail.
    serde_json::to_string(value).unwrap_or_default()
}
