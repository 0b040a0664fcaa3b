//! Judging pictures.

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, IntoDeserializer as _};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use wasm_bindgen::prelude::*;

use super::{json, keys};
use crate::classify::kernels::{Active, Kernels};
use crate::classify::model::CLASSES;
use crate::guard::{Context, Guard, Pixels};
use crate::hash::list::{Added, List, ListError, Lists, OwnList, Variants};
use crate::hash::picture::NotHashed;
use crate::image::Limits;
use crate::issue::Taken;
use crate::policy::{AgeBand, PictureView};
use crate::verdict::{Direction, Reason};
use crate::video::Reel;
use crate::watch::{Seen, Watch};

/// What a guard is made with.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct Options {
    age_band: AgeBand,
    policy: Option<Box<RawValue>>,
    limits: Limits,
    /// Issuers of hash lists, in hexadecimal digits.
    trusted: Vec<String>,
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

/// What is known about one frame of a video, with the memory of those before it.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Sight {
    direction: Direction,
    /// The memory as [`Watched`] gave it.
    watch: Option<String>,
    /// When the last report lapsed, if it did.
    lapsed_at: Option<u64>,
    at: u64,
}

#[derive(Serialize)]
struct Watched {
    /// The memory, nobody else's business.
    watch: String,
    seen: Seen,
}

/// That something was done about which there is no more to say.
const DONE: &str = "done";

/// What was seen of a video file so far.
#[wasm_bindgen]
#[derive(Default)]
pub struct Film(Reel);

#[wasm_bindgen]
impl Film {
    /// Nothing yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }
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
            Some(policy) => PictureView::from_json(policy.get()),
            None => PictureView::preset(options.age_band),
        };
        let trusted = keys(&options.trusted).map_err(|error| JsError::new(error.code()))?;
        let mut guard = policy
            .map_err(Into::into)
            .and_then(|policy| Guard::new(model, policy, options.limits))
            .map_err(|error: crate::guard::GuardError| JsError::new(error.code()))?;
        guard.lists = Lists::new(trusted);
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
        json(&Watched { watch: frozen(&watch), seen })
    }

    /// The same for a frame that the host could not read.
    #[wasm_bindgen(js_name = watchUnchecked)]
    pub fn watch_unchecked(&self, reason: &str, sight: &str) -> String {
        let (mut watch, at, context) = self.sight(sight);
        let seen = self.guard.watch_unchecked(&mut watch, reason_of(reason), at, &context);
        json(&Watched { watch: frozen(&watch), seen })
    }

    /// Judges a sample of a video file, shown `at` this time in milliseconds; whether the verdict is decided.
    #[wasm_bindgen(js_name = samplePixels)]
    pub fn sample_pixels(
        &mut self,
        film: &mut Film,
        rgba: &[u8],
        width: u32,
        height: u32,
        at: f64,
        context: &str,
    ) -> bool {
        let context = parse(context);
        let frame = Pixels { rgba, width, height, format: "video-frame" };
        self.guard.sample(&mut film.0, &frame, at as u64, &context);
        film.0.is_decided(self.guard.policy().rules(context.direction))
    }

    /// The same for a sample that the host could not read.
    #[wasm_bindgen(js_name = sampleUnchecked)]
    pub fn sample_unchecked(&self, film: &mut Film, reason: &str, context: &str) -> bool {
        let context = parse(context);
        self.guard.sample_unchecked(&mut film.0, reason_of(reason), &context);
        film.0.is_decided(self.guard.policy().rules(context.direction))
    }

    /// The verdict on a video file, of which no more comes: because it ended, or for a reason; as JSON.
    #[wasm_bindgen(js_name = endVideo)]
    pub fn end_video(&self, film: &Film, reason: Option<String>, context: &str) -> String {
        json(&self.guard.video_verdict(&film.0, reason.map(|reason| reason_of(&reason)), &parse(context)))
    }

    /// Takes an issued list, `now` in seconds since 1970; what became of it, as JSON.
    #[wasm_bindgen(js_name = takeList)]
    pub fn take_list(&mut self, bytes: &[u8], now: f64) -> String {
        json(&Outcome::from(self.guard.lists.take(bytes, now as u64).map(Taken::name)))
    }

    /// Stops using an issued list; what became of it, as JSON.
    #[wasm_bindgen(js_name = dropList)]
    pub fn drop_list(&mut self, issuer: &str, name: &str) -> String {
        let dropped = issuer.parse().and_then(|issuer| self.guard.lists.drop(&issuer, name)).map(|()| DONE);
        json(&Outcome::from(dropped))
    }

    /// The issued lists in use, as JSON.
    pub fn lists(&self) -> String {
        json(&self.guard.lists.iter().map(List::about).collect::<Vec<_>>())
    }

    /// Puts a list of the user's own in the place of the one in use; what became of it, as JSON.
    #[wasm_bindgen(js_name = loadOwnList)]
    pub fn load_own_list(&mut self, bytes: &[u8]) -> String {
        json(&Outcome::from(OwnList::from_bytes(bytes).map(|list| {
            self.guard.own_list = list;
            DONE
        })))
    }

    /// Adds a picture file to the user's own list; what became of it, as JSON.
    #[wasm_bindgen(js_name = addOwn)]
    pub fn add_own(&mut self, bytes: &[u8], name: &str) -> String {
        json(&self.added(Variants::of_file(bytes, self.guard.limits()), name))
    }

    /// Adds a picture that the host decoded.
    #[wasm_bindgen(js_name = addOwnPixels)]
    pub fn add_own_pixels(&mut self, rgba: &[u8], width: u32, height: u32, name: &str) -> String {
        json(&self.added(Variants::of_pixels(rgba, (width, height), self.guard.limits()), name))
    }

    /// Takes a picture out of the user's own list; what became of it, as JSON.
    #[wasm_bindgen(js_name = removeOwn)]
    pub fn remove_own(&mut self, name: &str) -> String {
        json(&Outcome::from(self.guard.own_list.remove(name).map(|()| DONE)))
    }

    /// The names of the user's own list, as JSON.
    #[wasm_bindgen(js_name = ownNames)]
    pub fn own_names(&self) -> String {
        json(&self.guard.own_list.names().collect::<Vec<_>>())
    }

    /// The user's own list as a file, made at `now` in seconds since 1970.
    #[wasm_bindgen(js_name = ownBytes)]
    pub fn own_bytes(&self, now: f64) -> Vec<u8> {
        self.guard.own_list.to_bytes(now as u64)
    }

    /// The network's raw outputs for each look, as JSON.
    pub fn logits(&mut self, bytes: &[u8]) -> String {
        match self.guard.logits(bytes) {
            Ok(looks) => json(&looks),
            Err(error) => json(&error.code()),
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

/// What became of a list, or of something in it.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    done: Option<&'static str>,
    /// A stable code.
    error: Option<&'static str>,
    /// Why a picture could not be looked at.
    reason: Option<Reason>,
    host_decode: bool,
}

impl From<Result<&'static str, ListError>> for Outcome {
    fn from(result: Result<&'static str, ListError>) -> Self {
        match result {
            Ok(done) => Self { done: Some(done), ..Self::default() },
            Err(error) => Self { error: Some(error.code()), ..Self::default() },
        }
    }
}

impl Engine {
    fn added(&mut self, variants: Result<Variants, NotHashed>, name: &str) -> Outcome {
        match variants {
            Ok(variants) => self.guard.own_list.add(name, &variants).map(Added::name).into(),
            Err(NotHashed { reason, host_decode }) => {
                Outcome { reason: Some(reason), host_decode, ..Outcome::default() }
            }
        }
    }

    /// The memory, which then knows of the lapse, and the frame's time and context.
    fn sight(&self, sight: &str) -> (Watch, u64, Context) {
        let Sight { direction, watch, lapsed_at, at } = serde_json::from_str(sight).unwrap_or_default();
        let mut watch: Watch = watch.and_then(|watch| thawed(&watch)).unwrap_or_default();
        let context = Context { direction };
        if let Some(at) = lapsed_at {
            self.guard.watch_unchecked(&mut watch, Reason::Deadline, at, &context);
        }
        (watch, at, context)
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

/// A memory that travels through JavaScript: in postcard's wire format, in hexadecimal digits.
fn frozen(memory: &impl Serialize) -> String {
    // Plain numbers, codes and names: serialising them into memory cannot fail.
    hex(&postcard::to_allocvec(memory).unwrap_or_default())
}

/// What [`frozen`] made of a memory; `None` for anything else.
fn thawed<T: DeserializeOwned>(hexadecimal: &str) -> Option<T> {
    let digit = |c: u8| (c as char).to_digit(16);
    let pairs = hexadecimal.as_bytes().as_chunks().0.iter();
    let bytes: Option<Vec<u8>> =
        pairs.map(|[high, low]| Some((digit(*high)? << 4 | digit(*low)?) as u8)).collect();
    postcard::from_bytes(&bytes?).ok()
}

/// The package writes the context itself; one that cannot be read is the default one.
fn parse(context: &str) -> Context {
    serde_json::from_str(context).unwrap_or_default()
}

fn reason_of(code: &str) -> Reason {
    let code: StrDeserializer<'_, serde_json::Error> = code.into_deserializer();
    Reason::deserialize(code).unwrap_or(Reason::NotReadable)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
