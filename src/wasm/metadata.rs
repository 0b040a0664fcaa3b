//! Taking metadata out of pictures. Values are plain, so that the module stays small.

use std::borrow::Cow;

use wasm_bindgen::prelude::*;

use crate::image::Limits;
use crate::image::metadata::{self, Kept, MetadataError, Report};

/// What a picture file carries, and the file without it.
#[wasm_bindgen]
pub struct Looked {
    report: Report,
    bytes: Option<Vec<u8>>,
}

#[wasm_bindgen]
impl Looked {
    /// Codes of what was found, with a comma between them.
    pub fn kinds(&self) -> String {
        self.report.found.iter().map(|finding| finding.kind.code()).collect::<Vec<_>>().join(",")
    }

    /// Bytes of each.
    pub fn sizes(&self) -> Vec<f64> {
        self.report.found.iter().map(|finding| finding.bytes as f64).collect()
    }

    /// Codes of what stays, with a comma between them.
    pub fn kept(&self) -> String {
        self.report.kept.iter().copied().map(Kept::code).collect::<Vec<_>>().join(",")
    }

    /// Name of the format.
    pub fn format(&self) -> String {
        self.report.format.name().to_owned()
    }

    /// The file without what was found; nothing if nothing was. To be taken once.
    pub fn bytes(&mut self) -> Option<Vec<u8>> {
        self.bytes.take()
    }
}

/// Looks at what a file carries. Throws an `Error` whose message is a stable code.
#[wasm_bindgen]
pub fn scan(bytes: &[u8]) -> Result<Looked, JsError> {
    metadata::scan(bytes).map(|report| Looked { report, bytes: None }).map_err(refused)
}

/// Takes it out. Throws an `Error` whose message is a stable code.
#[wasm_bindgen]
pub fn strip(bytes: &[u8]) -> Result<Looked, JsError> {
    let stripped = metadata::strip(bytes).map_err(refused)?;
    let bytes = match stripped.bytes {
        Cow::Owned(bytes) => Some(bytes),
        Cow::Borrowed(_) => None,
    };
    Ok(Looked { report: stripped.report, bytes })
}

/// Most bytes of a file.
#[wasm_bindgen(js_name = maxBytes)]
pub fn max_bytes() -> f64 {
    Limits::default().max_bytes as f64
}

fn refused(error: MetadataError) -> JsError {
    JsError::new(error.code())
}
