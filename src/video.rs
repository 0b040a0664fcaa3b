//! Video files: what follows from frames that were taken here and there and judged one by one.
//!
//! A [`Reel`] is told what was found in each sample, in the order of time, and gives one verdict for the whole. One frame
//! of a thousand may alarm without a reason, so that a single one counts a step less than two that lie near each other;
//! a listed picture counts wherever it appears. Why the constants are as they are stands in the project's `DESIGN.md`.

use serde::Serialize;

use crate::classify::Scores;
use crate::classify::model::CLASS_COUNT;
use crate::classify::softmax::Probability;
use crate::hash::sight::Found;
use crate::policy::{PictureRules, PictureView};
use crate::verdict::{Action, Direction, Reason, Verdict};

/// Two samples support each other when they are not further apart, in milliseconds.
pub const NEAR_MS: u64 = 5_000;
/// Most listed pictures that are reported.
const MOST_LISTED: usize = 16;
/// Actions that a sample can earn, from mild to strict.
const STEPS: [Action; 3] = [Action::Notice, Action::Warn, Action::Block];

/// What was seen of a video file so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reel {
    looked: u32,
    unchecked: u32,
    /// For each of [`STEPS`], when a sample last earned it or more.
    last: [Option<u64>; 3],
    /// What the scores of samples near each other have earned.
    supported: Option<Sighting>,
    /// What a single one has.
    single: Option<Sighting>,
    /// The sample with the highest risk.
    worst: Option<Worst>,
    /// Each with the number of the sample in which it was first seen.
    listed: Vec<Found>,
    /// When the first of them was.
    listed_at: Option<u64>,
    reason: Option<Reason>,
}

/// An action and why.
#[derive(Clone, Debug, PartialEq)]
struct Sighting {
    action: Action,
    reasons: Vec<Reason>,
    at: u64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Worst {
    /// Class probabilities in millionths.
    millionths: [u32; CLASS_COUNT],
    at: u64,
}

impl Worst {
    fn scores(&self) -> Scores {
        Scores(self.millionths.map(Probability::from_millionths))
    }
}

/// The verdict on a video file.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VideoVerdict {
    /// As of a picture: scores and risk are those of the sample with the highest risk, and with [`Action::Unchecked`] the
    /// fallback is never milder than what was seen.
    pub verdict: Verdict,
    /// When the sample is shown that decided, or else that with the highest risk, in milliseconds from the start.
    pub at_ms: Option<u64>,
    /// Samples that were judged.
    pub looked: u32,
    /// Samples that could not be.
    pub unchecked: u32,
}

impl Reel {
    /// Takes the verdict on the frame that is shown `at` this time, in milliseconds from the start; later ones come later.
    pub fn add(&mut self, sample: &Verdict, at: u64, rules: &PictureRules) {
        let Some(scores) = sample.scores else {
            self.unchecked = self.unchecked.saturating_add(1);
            self.reason = self.reason.or(sample.reasons.first().copied());
            return;
        };
        self.looked = self.looked.saturating_add(1);
        if self.worst.is_none_or(|worst| scores.risk() > worst.scores().risk()) {
            self.worst = Some(Worst { millionths: scores.0.map(Probability::millionths), at });
        }
        for found in &sample.listed {
            let known = self.listed.iter().any(|known| known.is_same(found));
            if !known && self.listed.len() < MOST_LISTED {
                self.listed.push(Found { frame: self.looked - 1, ..found.clone() });
                self.listed_at.get_or_insert(at);
            }
        }
        let (earned, reasons) = rules.judge(&scores);
        for (step, last) in STEPS.into_iter().zip(&mut self.last) {
            if earned < step {
                break;
            }
            let is_near = last.is_some_and(|last| at.saturating_sub(last) <= NEAR_MS);
            let place = if is_near { &mut self.supported } else { &mut self.single };
            if place.as_ref().is_none_or(|before| before.action < step) {
                *place = Some(Sighting { action: step, reasons: reasons.clone(), at });
            }
            *last = Some(at);
        }
    }

    /// Whether nothing that may still come could make the verdict stricter.
    pub fn is_decided(&self, rules: &PictureRules) -> bool {
        self.finding(rules).0 == Action::Block
    }

    /// The verdict, once no more samples come: because there are no more, because [`Self::is_decided`], or because the
    /// rest of the video could not be looked at, for this reason.
    pub fn verdict(
        &self,
        stopped: Option<Reason>,
        policy: &PictureView,
        direction: Direction,
        model: &str,
    ) -> VideoVerdict {
        let rules = policy.rules(direction);
        let (action, reasons, at) = self.finding(rules);
        let reason = stopped.or(self.reason).or((self.looked == 0).then_some(Reason::Empty));
        // Only what is blocked already need not be known any better.
        let unknown = reason.filter(|_| action != Action::Block);
        let (action, reasons, fallback) = match unknown {
            None => (action, reasons, None),
            Some(reason) => (Action::Unchecked, vec![reason], Some(action.max(rules.unchecked))),
        };
        let scores = self.worst.map(|worst| worst.scores());
        let verdict = Verdict {
            action,
            reasons,
            scores,
            risk: scores.map(|scores| scores.risk().as_f64()),
            fallback,
            listed: self.listed.clone(),
            looked: None,
            host_decode: false,
            model: model.into(),
            policy_version: policy.version.clone(),
        };
        let at_ms = at.or(self.worst.map(|worst| worst.at));
        VideoVerdict { verdict, at_ms, looked: self.looked, unchecked: self.unchecked }
    }

    /// The strictest that follows from what was seen, why, and when.
    fn finding(&self, rules: &PictureRules) -> (Action, Vec<Reason>, Option<u64>) {
        let milder = self.single.as_ref().and_then(|single| {
            let at = STEPS.iter().position(|step| *step == single.action)?;
            Some(Sighting { action: *STEPS.get(at.checked_sub(1)?)?, ..single.clone() })
        });
        let seen = match (&self.supported, milder) {
            (Some(supported), Some(milder)) if milder.action > supported.action => Some(milder),
            (Some(supported), _) => Some(supported.clone()),
            (None, milder) => milder,
        };
        let (action, reasons, at) = match seen {
            Some(Sighting { action, reasons, at }) => (action, reasons, Some(at)),
            None => (Action::Allow, Vec::new(), None),
        };
        let before = action;
        let (action, reasons) = rules.judge_listed(&self.listed, (action, reasons));
        let at = if action > before { self.listed_at } else { at };
        (action, reasons, at)
    }
}
