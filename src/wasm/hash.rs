//! Hashing files, and lists of hashes.

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use super::{json, keys};
use crate::hash::digest;
use crate::hash::list::{self, About, Draft, List, ListError};
use crate::hash::pdq::{Family, PdqHash};
use crate::hash::picture::{self, Ask};
use crate::hash::video::{Tolerance, VIDEO_FAMILY, VideoHash};
use crate::image::Limits;

#[derive(Serialize)]
struct Digests {
    sha256: String,
    md5: String,
}

/// How pictures are hashed.
#[derive(Default, Deserialize)]
#[serde(default)]
struct HashOptions {
    orientations: bool,
    limits: Limits,
}

impl HashOptions {
    fn parse(options: &str) -> (Ask, Limits) {
        let Self { orientations, limits } = serde_json::from_str(options).unwrap_or_default();
        (if orientations { Ask::AllOrientations } else { Ask::AsItIs }, limits)
    }
}

/// Hashes a picture file; the hashes as JSON, or why there are none.
#[wasm_bindgen(js_name = hashPicture)]
pub fn hash_picture(bytes: &[u8], options: &str) -> String {
    let (ask, limits) = HashOptions::parse(options);
    json(&picture::hash(bytes, ask, &limits))
}

/// Hashes pixels that the host decoded; the hashes as JSON, or why there are none.
#[wasm_bindgen(js_name = hashPixels)]
pub fn hash_pixels(rgba: &[u8], width: u32, height: u32, options: &str) -> String {
    let (ask, limits) = HashOptions::parse(options);
    json(&picture::hash_rgba(rgba, (width, height), ask, &limits))
}

/// The limits that hold where none are given, as JSON.
#[wasm_bindgen(js_name = defaultLimits)]
pub fn default_limits() -> String {
    json(&Limits::default())
}

/// SHA-256 and MD5 of a file that arrives piece by piece.
#[wasm_bindgen]
#[derive(Default)]
pub struct Digester(digest::Digester);

#[wasm_bindgen]
impl Digester {
    /// Of nothing yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next piece.
    pub fn update(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// The digests of everything, as JSON.
    pub fn finish(self) -> String {
        let digests = self.0.finish();
        json(&Digests { sha256: digests.sha256_hex(), md5: digests.md5_hex() })
    }
}

/// What a list is made of, beside its hashes and labels.
#[derive(Deserialize)]
struct ListHead {
    name: String,
    version: u64,
    issued: u64,
    expires: u64,
    family: String,
    radius: u32,
    issuer: String,
}

/// Writes a list down that lacks its signature only. `hashes` has 32 bytes for each, `labels` a line for each or
/// nothing. Throws an `Error` whose message is a stable code.
#[wasm_bindgen(js_name = draftList)]
pub fn draft_list(head: &str, hashes: &[u8], labels: &str) -> Result<Vec<u8>, JsError> {
    let refused = |error: ListError| JsError::new(error.code());
    let head: ListHead = serde_json::from_str(head).map_err(|_| refused(ListError::Header))?;
    let (hashes, rest) = hashes.as_chunks();
    let labels: Vec<&str> = if labels.is_empty() { Vec::new() } else { labels.split('\n').collect() };
    if !rest.is_empty() || !(labels.is_empty() || labels.len() == hashes.len()) {
        return Err(refused(ListError::Labels));
    }
    let labels = labels.into_iter().chain(core::iter::repeat(""));
    let entries: Vec<(PdqHash, &str)> = hashes.iter().copied().map(PdqHash).zip(labels).collect();
    let issuer = head.issuer.parse().map_err(refused)?;
    let draft = Draft {
        name: &head.name,
        version: head.version,
        issued: head.issued,
        expires: head.expires,
        family: Family::named(&head.family).ok_or_else(|| refused(ListError::Header))?,
        radius: head.radius,
        entries: &entries,
    };
    draft.write(&issuer).map(|unsigned| unsigned.bytes().to_vec()).map_err(refused)
}

/// What a list says of itself and whether its signature is right, as JSON.
#[wasm_bindgen(js_name = inspectList)]
pub fn inspect_list(bytes: &[u8]) -> String {
    let inspected = match list::inspect(bytes) {
        Ok((about, signed)) => {
            Inspected { about: Some(about), signature: signed.err().map(ListError::code), error: None }
        }
        Err(error) => Inspected { about: None, signature: None, error: Some(error.code()) },
    };
    json(&inspected)
}

#[derive(Serialize)]
struct Inspected {
    about: Option<About>,
    /// What is wrong with its signature, if something is.
    signature: Option<&'static str>,
    /// Why it is no list.
    error: Option<&'static str>,
}

/// A list that is searched on its own.
#[wasm_bindgen]
pub struct HashList(List);

#[wasm_bindgen]
impl HashList {
    /// Reads a list that one of these issuers, as JSON, signed, `now` in seconds since 1970. Throws an `Error` whose
    /// message is a stable code.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8], trusted: &str, now: f64) -> Result<HashList, JsError> {
        let trusted: Vec<String> = serde_json::from_str(trusted).unwrap_or_default();
        let opened = keys(&trusted).and_then(|trusted| List::open(bytes, &trusted, now as u64));
        opened.map(Self).map_err(|error| JsError::new(error.code()))
    }

    /// What it says of itself, as JSON.
    pub fn about(&self) -> String {
        json(self.0.about())
    }

    /// What matches one of these hashes, 32 bytes each, as JSON.
    pub fn matches(&self, hashes: &[u8]) -> String {
        let hashes: Vec<PdqHash> = hashes.as_chunks().0.iter().copied().map(PdqHash).collect();
        json(&self.0.matches(&hashes))
    }
}

/// How much two videos have in common, as JSON; an empty string for what is not the hashes of a video. Each is text in
/// the form of vPDQ's files, both of one family.
#[wasm_bindgen(js_name = compareVideos)]
pub fn compare_videos(query: &str, compared: &str, distance: Option<u32>, quality: Option<u8>) -> String {
    let default = Tolerance::default();
    let tolerance = Tolerance {
        distance: distance.unwrap_or(default.distance),
        quality: quality.unwrap_or(default.quality),
    };
    let video = |text| VideoHash::from_text(text, VIDEO_FAMILY);
    let found = video(query).zip(video(compared)).and_then(|(a, b)| a.compare(&b, tolerance));
    found.map(|found| json(&found)).unwrap_or_default()
}
