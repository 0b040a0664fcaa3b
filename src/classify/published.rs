//! The model files that this version was published with, by digest.
//!
//! A model file carries its own digest, which tells an accident. Whether it is the right file, only a digest from
//! elsewhere can tell: it stands in the records of `models/`, compiled in.

use serde::Deserialize;

use super::model::ModelError;

const RECORDS: [&str; 2] = [include_str!("../../models/mid.json"), include_str!("../../models/small.json")];

/// What is read of a record; the rest is for people and for the converter.
#[derive(Deserialize)]
struct Record {
    name: String,
    content_blake3: String,
}

/// Checks that a model is the published one of its name.
///
/// # Errors
/// [`ModelError::Unpublished`] if not.
pub fn check(name: &str, digest: &[u8; 32]) -> Result<(), ModelError> {
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let known = RECORDS.iter().any(|record| {
        serde_json::from_str::<Record>(record).is_ok_and(|r| r.name == name && r.content_blake3 == hex)
    });
    if known { Ok(()) } else { Err(ModelError::Unpublished) }
}
