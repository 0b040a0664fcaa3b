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
use crate::verdict::Reason;

/// What became of a list, or of something in it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<T> {
    done: Option<T>,
    /// A stable code.
    error: Option<&'static str>,
    /// Why a picture could not be hashed.
    reason: Option<Reason>,
    host_decode: bool,
}

impl<T> From<Result<T, ListError>> for Outcome<T> {
    fn from(result: Result<T, ListError>) -> Self {
        let (done, error) = match result {
            Ok(done) => (Some(done), None),
            Err(error) => (None, Some(error.code())),
        };
        Self { done, error, reason: None, host_decode: false }
    }
}

fn keys(hexadecimal: &[String]) -> Result<Vec<PublicKey>, ListError> {
    hexadecimal.iter().map(|key| key.parse()).collect()
}

fn json(value: &impl Serialize) -> String {
    // Plain structures with string keys: serialising them into memory cannot fail.
    serde_json::to_string(value).unwrap_or_default()
}
