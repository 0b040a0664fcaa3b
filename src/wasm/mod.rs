//! The bridge to JavaScript: carries values across and decides nothing. Not a public interface; the npm package is.

use serde::de::IntoDeserializer as _;
use serde::de::value::StrDeserializer;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use wasm_bindgen::prelude::*;

use crate::classify::kernels::{Active, Kernels};
use crate::classify::model::CLASSES;
use crate::classify::network;
use crate::guard::{Context, Guard, Pixels};
use crate::hash::digest;
use crate::hash::picture::{self, Ask};
use crate::hash::video::{Tolerance, VIDEO_FAMILY, VideoHash};
use crate::image::Limits;
use crate::policy::{AgeBand, Policy};
use crate::verdict::{Direction, Reason};
use crate::watch::{Seen, Watch};

/// What a guard is made with.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct Options {
    age_band: AgeBand,
    policy: Option<Box<RawValue>>,
    limits: Limits,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Info<'a> {
    version: &'static str,
    build: &'static str,
    model: ModelInfo<'a>,
    policy: PolicyInfo<'a>,
    limits: &'a Limits,
}

#[derive(Serialize)]
struct ModelInfo<'a> {
    name: &'a str,
    digest: String,
    classes: [&'static str; 5],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PolicyInfo<'a> {
    version: &'a str,
    age_band: AgeBand,
}

#[derive(Serialize)]
struct Logits {
    digest: String,
    looks: Vec<network::Logits>,
}

#[derive(Serialize)]
struct Failure {
    error: &'static str,
}

#[derive(Serialize)]
struct Digests {
    sha256: String,
    md5: String,
}

/// What is known about one frame of a video, with the memory of those before it.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Sight {
    direction: Direction,
    watch: Watch,
    /// When the last report lapsed, if it did.
    lapsed_at: Option<u64>,
    at: u64,
}

#[derive(Serialize)]
struct Watched {
    watch: Watch,
    seen: Seen,
}

/// One guard with its memory.
#[wasm_bindgen]
pub struct Engine {
    guard: Guard,
}

#[wasm_bindgen]
impl Engine {
    /// Makes a guard. Throws an `Error` whose message is a stable code.
    #[wasm_bindgen(constructor)]
    pub fn new(model: Vec<u8>, options: &str) -> Result<Engine, JsError> {
        let options: Options = serde_json::from_str(options).map_err(|_| JsError::new("options/form"))?;
        let policy = match options.policy {
            Some(policy) => Policy::from_json(policy.get()),
            None => Policy::preset(options.age_band),
        };
        let guard = policy
            .map_err(Into::into)
            .and_then(|policy| Guard::new(model, policy, options.limits))
            .map_err(|error: crate::guard::GuardError| JsError::new(error.code()))?;
        Ok(Self { guard })
    }

    /// Judges a file; the verdict as JSON.
    #[wasm_bindgen(js_name = checkImage)]
    pub fn check_image(&mut self, bytes: &[u8], context: &str) -> String {
        json(&self.guard.check_image(bytes, &parse(context)))
    }

    /// Judges pixels; the verdict as JSON.
    #[wasm_bindgen(js_name = checkPixels)]
    pub fn check_pixels(
        &mut self,
        rgba: &[u8],
        width: u32,
        height: u32,
        format: &str,
        context: &str,
    ) -> String {
        json(&self.guard.check_pixels(&Pixels { rgba, width, height, format }, &parse(context)))
    }

    /// The verdict for what the host could not check; the verdict as JSON.
    pub fn unchecked(&self, reason: &str, context: &str) -> String {
        json(&self.guard.unchecked(reason_of(reason), &parse(context)))
    }

    /// Judges a frame of a video; what holds now and the memory for the next frame, as JSON.
    #[wasm_bindgen(js_name = watchPixels)]
    pub fn watch_pixels(
        &mut self,
        rgba: &[u8],
        width: u32,
        height: u32,
        format: &str,
        sight: &str,
    ) -> String {
        let (mut watch, at, context) = self.sight(sight);
        let seen = self.guard.watch(&mut watch, &Pixels { rgba, width, height, format }, at, &context);
        json(&Watched { watch, seen })
    }

    /// The same for a frame that the host could not read.
    #[wasm_bindgen(js_name = watchUnchecked)]
    pub fn watch_unchecked(&self, reason: &str, sight: &str) -> String {
        let (mut watch, at, context) = self.sight(sight);
        let seen = self.guard.watch_unchecked(&mut watch, reason_of(reason), at, &context);
        json(&Watched { watch, seen })
    }

    /// The network's raw outputs and their SHA-256, as JSON.
    pub fn logits(&mut self, bytes: &[u8]) -> String {
        match self.guard.logits(bytes) {
            Ok(looks) => {
                let raw: Vec<u8> = looks.iter().flatten().flat_map(|logit| logit.to_le_bytes()).collect();
                json(&Logits { digest: hex(&Sha256::digest(raw)), looks })
            }
            Err(error) => json(&Failure { error: error.code() }),
        }
    }

    /// What this engine is, as JSON.
    pub fn info(&self) -> String {
        let classifier = self.guard.classifier();
        let policy = self.guard.policy();
        json(&Info {
            version: env!("CARGO_PKG_VERSION"),
            build: Active::NAME,
            model: ModelInfo { name: classifier.name(), digest: hex(classifier.digest()), classes: CLASSES },
            policy: PolicyInfo { version: &policy.version, age_band: policy.age_band },
            limits: self.guard.limits(),
        })
    }
}

impl Engine {
    /// The memory, which then knows of the lapse, and the frame's time and context.
    fn sight(&self, sight: &str) -> (Watch, u64, Context) {
        let Sight { direction, mut watch, lapsed_at, at } = serde_json::from_str(sight).unwrap_or_default();
        let context = Context { direction };
        if let Some(at) = lapsed_at {
            self.guard.watch_unchecked(&mut watch, Reason::Deadline, at, &context);
        }
        (watch, at, context)
    }
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

/// Work to be done while the model file is on its way, so that the browser compiles the kernels well.
#[wasm_bindgen(js_name = warmUp)]
pub fn warm_up() {
    crate::classify::kernels::warm_up::warm_up();
}

/// Compares this build's kernels with the portable ones on random layers; an empty string when they agree.
#[cfg(feature = "test-hooks")]
#[wasm_bindgen(js_name = compareKernels)]
pub fn compare_kernels(seed: u32, cases: u32) -> String {
    use crate::classify::kernels::{compare::compare, portable::Portable};
    compare::<Portable, Active>(seed.into(), cases).err().unwrap_or_default()
}

/// A digest of every strip of every layer of a 224 × 224 picture, joined by commas; or an error's code.
#[cfg(feature = "test-hooks")]
#[wasm_bindgen(js_name = traceLayers)]
pub fn trace_layers(model: Vec<u8>, rgb: &[u8]) -> String {
    use crate::classify::kernels::compare::trace;
    use crate::classify::model::ModelFile;
    let Ok(rgb) = rgb.try_into() else { return "not a picture".into() };
    match ModelFile::parse(model).and_then(|file| trace::<Active>(file, rgb)) {
        Ok(digests) => digests.join(","),
        Err(error) => error.code().into(),
    }
}

/// The package writes the context itself; one that cannot be read is the default one.
fn parse(context: &str) -> Context {
    serde_json::from_str(context).unwrap_or_default()
}

fn reason_of(code: &str) -> Reason {
    let code: StrDeserializer<'_, serde_json::Error> = code.into_deserializer();
    Reason::deserialize(code).unwrap_or(Reason::NotReadable)
}

fn json(value: &impl Serialize) -> String {
    // Plain structures with string keys: serialising them into memory cannot fail.
    serde_json::to_string(value).unwrap_or_default()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
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
