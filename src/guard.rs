//! The façade that every binding calls.

use core::fmt;

use crate::classify::model::ModelError;
use crate::classify::network::Logits;
use crate::classify::softmax::Probability;
use crate::classify::{Classifier, Scores, published};
use crate::hash::list::{Lists, OwnList};
use crate::hash::sight::{Found, Sight};
use crate::image::decode::{self, Tap};
use crate::image::{Format, ImageError, Limits, Prepared, Tile, Views};
use crate::policy::{PictureView, PolicyError};
use crate::verdict::{Action, Decoder, Direction, Looked, Reason, Verdict};
use crate::video::{Reel, VideoVerdict};
use crate::watch::{Frame, Seen, Watch};

/// Why a guard could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GuardError {
    /// The model file was refused.
    Model(ModelError),
    /// The policy was refused.
    Policy(PolicyError),
}

impl GuardError {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Model(error) => error.code(),
            Self::Policy(error) => error.code(),
        }
    }
}

impl fmt::Display for GuardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Model(error) => error.fmt(f),
            Self::Policy(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for GuardError {}

impl From<ModelError> for GuardError {
    fn from(error: ModelError) -> Self {
        Self::Model(error)
    }
}

impl From<PolicyError> for GuardError {
    fn from(error: PolicyError) -> Self {
        Self::Policy(error)
    }
}

/// What is known about a picture beside its bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub struct Context {
    /// Which way it goes.
    pub direction: Direction,
}

/// Pixels that the host decoded: rows of red, green, blue, alpha, one byte each, straight alpha.
#[derive(Clone, Copy, Debug)]
pub struct Pixels<'a> {
    /// `width · height · 4` bytes.
    pub rgba: &'a [u8],
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// What the host calls their source: `canvas`, `video-frame`, `avif`…
    pub format: &'a str,
}

/// Judges pictures with one classifier and one policy.
pub struct Guard {
    classifier: Classifier,
    policy: PictureView,
    limits: Limits,
    /// Lists that organisations issued.
    pub lists: Lists,
    /// The user's own list.
    pub own_list: OwnList,
}

impl Guard {
    /// Makes a guard from the bytes of a published model file.
    ///
    /// # Errors
    /// [`GuardError`] when the model file is not whole, not one of those that this version was published with, or the
    /// policy is not valid.
    pub fn new(model: Vec<u8>, policy: impl Into<PictureView>, limits: Limits) -> Result<Self, GuardError> {
        let policy = policy.into();
        policy.validate()?;
        let classifier = Classifier::new(model)?;
        published::check(classifier.name(), classifier.digest())?;
        Ok(Self { classifier, policy, limits, lists: Lists::default(), own_list: OwnList::default() })
    }

    /// The classifier.
    pub fn classifier(&self) -> &Classifier {
        &self.classifier
    }

    /// What the policy says of pictures.
    pub fn policy(&self) -> &PictureView {
        &self.policy
    }

    /// The limits.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Judges a picture file. What cannot be checked is answered with [`Action::Unchecked`], never with an error.
    pub fn check_image(&mut self, bytes: &[u8], context: &Context) -> Verdict {
        let format = Format::sniff(bytes);
        let name = format.map(Format::name);
        let mut sight = Sight::new(&self.lists, &self.own_list);
        match prepare(bytes, format, self.views(context), &self.limits, &mut sight) {
            Ok(prepared) => {
                let found = sight.finish();
                self.judge(&prepared, found, name.unwrap_or_default(), Decoder::Own, context)
            }
            Err(error) => Verdict {
                looked: name.map(|name| Looked {
                    format: name.into(),
                    decoder: Decoder::Own,
                    width: 0,
                    height: 0,
                    frames_total: 0,
                    frames_looked: 0,
                    worst_frame: 0,
                    looks: 0,
                    worst_tile: None,
                }),
                host_decode: error.is_for_host(format),
                ..self.unchecked(error.into(), context)
            },
        }
    }

    /// Judges pixels that the host decoded.
    pub fn check_pixels(&mut self, pixels: &Pixels<'_>, context: &Context) -> Verdict {
        self.check_views(pixels, self.views(context), context)
    }

    fn check_views(&mut self, pixels: &Pixels<'_>, views: Views, context: &Context) -> Verdict {
        let mut sight = Sight::new(&self.lists, &self.own_list);
        match prepare_pixels(pixels, views, &self.limits, &mut sight) {
            Ok(prepared) => {
                let found = sight.finish();
                self.judge(&prepared, found, pixels.format, Decoder::Host, context)
            }
            Err(error) => self.unchecked(error.into(), context),
        }
    }

    /// Judges one frame of a live video, shown `at` this time in milliseconds, and says what holds now. Of a frame the
    /// whole is looked at only, and no list is asked: another one is coming.
    pub fn watch(&mut self, watch: &mut Watch, frame: &Pixels<'_>, at: u64, context: &Context) -> Seen {
        let frame = Frame::from(&match prepare_pixels(frame, Views::Whole, &self.limits, &mut ()) {
            Ok(prepared) => self.judge(&prepared, Vec::new(), frame.format, Decoder::Host, context),
            Err(error) => self.unchecked(error.into(), context),
        });
        watch.see(&frame, at, self.policy.rules(context.direction))
    }

    /// The same for a frame that could not be judged for a reason that only the host knows.
    pub fn watch_unchecked(&self, watch: &mut Watch, reason: Reason, at: u64, context: &Context) -> Seen {
        watch.see(&Frame::Unchecked(reason), at, self.policy.rules(context.direction))
    }

    /// Judges one sample of a video file, shown `at` this time in milliseconds from its start. Of a frame the whole is
    /// looked at only; lists are asked.
    pub fn sample(&mut self, reel: &mut Reel, frame: &Pixels<'_>, at: u64, context: &Context) {
        let verdict = self.check_views(frame, Views::Whole, context);
        reel.add(&verdict, at, self.policy.rules(context.direction));
    }

    /// The same for a sample that could not be judged for a reason that only the host knows.
    pub fn sample_unchecked(&self, reel: &mut Reel, reason: Reason, context: &Context) {
        reel.add(&self.unchecked(reason, context), 0, self.policy.rules(context.direction));
    }

    /// The verdict on a video file, of which no more samples come: because there are no more or the verdict is decided,
    /// or because the rest could not be looked at, for this reason.
    pub fn video_verdict(&self, reel: &Reel, stopped: Option<Reason>, context: &Context) -> VideoVerdict {
        reel.verdict(stopped, &self.policy, context.direction, self.classifier.name())
    }

    /// The verdict for a picture that could not be checked for a reason that only the host knows.
    pub fn unchecked(&self, reason: Reason, context: &Context) -> Verdict {
        Verdict {
            action: Action::Unchecked,
            reasons: vec![reason],
            scores: None,
            risk: None,
            fallback: Some(self.policy.rules(context.direction).unchecked),
            listed: Vec::new(),
            looked: None,
            host_decode: false,
            model: self.classifier.name().into(),
            policy_version: self.policy.version.clone(),
        }
    }

    /// The network's raw outputs for each look at a picture file that a policy can ask for, tiles included: what must be
    /// equal on every machine.
    ///
    /// # Errors
    /// [`ImageError`] where [`Self::check_image`] would say `unchecked`.
    pub fn logits(&mut self, bytes: &[u8]) -> Result<Vec<Logits>, ImageError> {
        let prepared = prepare(bytes, Format::sniff(bytes), Views::Tiles, &self.limits, &mut ())?;
        let looks = prepared.frames.iter().flat_map(|frame| &frame.views).flat_map(|view| &view.looks);
        Ok(looks.map(|look| self.classifier.logits(look)).collect())
    }

    fn views(&self, context: &Context) -> Views {
        match self.policy.rules(context.direction).tiles {
            None => Views::Whole,
            Some(_) => Views::Tiles,
        }
    }

    fn judge(
        &mut self,
        prepared: &Prepared,
        listed: Vec<Found>,
        format: &str,
        decoder: Decoder,
        context: &Context,
    ) -> Verdict {
        let rules = *self.policy.rules(context.direction);
        let mut worst: Option<Look> = None;
        let mut looks = 0;
        for frame in &prepared.frames {
            for view in &frame.views {
                for look in &view.looks {
                    looks += 1;
                    let scores = self.classifier.classify(look);
                    #[cfg(feature = "test-hooks")]
                    let scores = crate::test_hooks::scores(look).unwrap_or(scores);
                    let (action, reasons) = match view.tile {
                        None => rules.judge(&scores),
                        Some(_) => rules.judge_tile(&scores),
                    };
                    let found = Look { action, reasons, scores, frame: frame.frame, tile: view.tile };
                    if worst.as_ref().is_none_or(|worst| found.rank() > worst.rank()) {
                        worst = Some(found);
                    }
                }
            }
        }
        let Some(Look { action, reasons, scores, frame, tile }) = worst else {
            return self.unchecked(Reason::Empty, context);
        };
        let (action, reasons) = rules.judge_listed(&listed, (action, reasons));
        Verdict {
            action,
            reasons,
            scores: Some(scores),
            risk: Some(scores.risk().as_f64()),
            fallback: None,
            listed,
            looked: Some(Looked {
                format: format.into(),
                decoder,
                width: prepared.width,
                height: prepared.height,
                frames_total: prepared.frames_total,
                frames_looked: prepared.frames.len() as u32,
                worst_frame: frame,
                looks,
                worst_tile: tile,
            }),
            host_decode: false,
            model: self.classifier.name().into(),
            policy_version: self.policy.version.clone(),
        }
    }
}

/// What one look gave.
struct Look {
    action: Action,
    reasons: Vec<Reason>,
    scores: Scores,
    frame: u32,
    tile: Option<Tile>,
}

impl Look {
    /// The larger, the worse.
    fn rank(&self) -> (Action, Probability) {
        (self.action, self.scores.risk())
    }
}

fn prepare(
    bytes: &[u8],
    format: Option<Format>,
    views: Views,
    limits: &Limits,
    tap: &mut dyn Tap,
) -> Result<Prepared, ImageError> {
    #[cfg(feature = "test-hooks")]
    crate::test_hooks::run(bytes);
    if bytes.is_empty() {
        return Err(ImageError::Empty);
    }
    if bytes.len() as u64 > limits.max_bytes {
        return Err(ImageError::TooManyBytes);
    }
    decode::prepare(bytes, format.ok_or(ImageError::UnknownFormat)?, views, limits, tap)
}

fn prepare_pixels(
    pixels: &Pixels<'_>,
    views: Views,
    limits: &Limits,
    tap: &mut dyn Tap,
) -> Result<Prepared, ImageError> {
    decode::prepare_rgba(pixels.rgba, (pixels.width, pixels.height), views, limits, tap)
}
