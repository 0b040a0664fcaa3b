//! Values that cross as JSON or hexadecimal digits.

use serde::Serialize;

use crate::hash::list::{ListError, PublicKey};

pub fn keys(hexadecimal: &[String]) -> Result<Vec<PublicKey>, ListError> {
    hexadecimal.iter().map(|key| key.parse()).collect()
}

pub fn json(value: &impl Serialize) -> String {
    // Plain structures with string keys: serialising them into memory cannot fail.
    serde_json::to_string(value).unwrap_or_default()
}
