//! Live video: what holds now, from frames that are judged one by one.
//!
//! A [`Watch`] is fed with what was found in each frame and the frame's time in milliseconds, by a clock that the caller
//! chooses. It smooths the class scores over time, rises quickly, falls slowly, and says `unchecked` when nothing could
//! be judged for too long. Scores become actions through the policy's own rules, as for a still picture. All arithmetic
//! is on integers; why each constant is as it is stands in the project's `DESIGN.md`.
//!
//! The whole state is plain data: a caller may keep it outside the engine, so that an engine that stops takes nothing
//! with it.
//!
//! ```
//! use pausepoint::watch::{Frame, Watch};
//! use pausepoint::{Action, AgeBand, Direction, Policy, Reason};
//!
//! # fn main() -> Result<(), pausepoint::PolicyError> {
//! let policy = Policy::preset(AgeBand::From13To15)?;
//! let rules = policy.picture.rules(Direction::Incoming);
//! let mut watch = Watch::default();
//! // `Guard::watch` does the same with a frame's pixels.
//! let seen = watch.see(&Frame::Unchecked(Reason::NotReadable), 1_000, rules);
//! assert!(seen.changed);
//! assert_eq!((seen.report.action, seen.report.fallback), (Action::Unchecked, Some(Action::Warn)));
//! # Ok(())
//! # }
//! ```

use serde::{Deserialize, Serialize};

use crate::classify::Scores;
use crate::classify::model::CLASS_COUNT;
use crate::classify::softmax::Probability;
use crate::policy::PictureRules;
use crate::verdict::{Action, Reason, Verdict};

/// Milliseconds in which a smoothed score goes half of its way to a new value.
pub const HALF_LIFE_MS: u64 = 200;
/// Milliseconds of calm before a fall, and so the least time between two falls.
pub const CALM_MS: u64 = 2_000;
/// Milliseconds after which a judgement says nothing of a live picture any more.
pub const BLIND_MS: u64 = 3_000;
/// A rise needs two frames that alone would earn it, among this many.
pub const RECENT_FRAMES: usize = 5;
/// What holds an action: a smoothed score of at least four fifths of what it takes to begin.
const HOLD: (u32, u32) = (5, 4);

/// What was found in one frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// It was judged.
    Judged(Scores),
    /// It could not be.
    Unchecked(Reason),
}

impl From<&Verdict> for Frame {
    fn from(verdict: &Verdict) -> Self {
        match (verdict.scores, verdict.reasons.first()) {
            (Some(scores), _) => Self::Judged(scores),
            (None, reason) => Self::Unchecked(reason.copied().unwrap_or(Reason::NotReadable)),
        }
    }
}

/// What holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// What should happen.
    pub action: Action,
    /// Why, the weightiest first, when it began to hold. Empty with [`Action::Allow`].
    pub reasons: Vec<Reason>,
    /// With [`Action::Unchecked`]: what to do meanwhile, never milder than what was last seen.
    pub fallback: Option<Action>,
    /// The time of the frame from which on it holds.
    pub since: u64,
}

/// What will hold if no further frame is judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Lapse {
    /// Once a newer frame has been shown for this long, in milliseconds, without being judged.
    pub after_ms: u64,
    /// Then this holds, from then on.
    pub report: Report,
}

/// What follows from one frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Seen {
    /// What holds now.
    pub report: Report,
    /// Whether that is news.
    pub changed: bool,
    /// Whether the same frame, looked at again and again, would change nothing more.
    pub settled: bool,
    /// What becomes of it when no frame can be judged; `None` where it is `unchecked` already.
    pub lapse: Option<Lapse>,
}

/// The memory of one video that is watched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Watch {
    /// Class probabilities in millionths.
    smoothed: [u32; CLASS_COUNT],
    /// What the last frames would each earn alone, the newest last.
    recent: [Alone; RECENT_FRAMES],
    /// The time of the last frame that was judged.
    judged_at: Option<u64>,
    /// What holds of what was seen, also while that is not reported.
    finding: Finding,
    calm: Option<Calm>,
    report: Option<Report>,
}

/// An action and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Finding {
    action: Action,
    reasons: Vec<Reason>,
}

impl Default for Finding {
    fn default() -> Self {
        Self { action: Action::Allow, reasons: Vec::new() }
    }
}

impl From<(Action, Vec<Reason>)> for Finding {
    fn from((action, reasons): (Action, Vec<Reason>)) -> Self {
        Self { action, reasons }
    }
}

/// The action that one frame alone would earn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Alone(Action);

impl Default for Alone {
    fn default() -> Self {
        Self(Action::Allow)
    }
}

/// A time in which everything seen was milder than what holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Calm {
    since: u64,
    /// The strictest that was seen in it.
    finding: Finding,
}

impl Watch {
    /// Takes one frame, shown `at` this time, in milliseconds.
    pub fn see(&mut self, frame: &Frame, at: u64, rules: &PictureRules) -> Seen {
        let before = self.report.as_ref().map(|report| report.action);
        let is_blind = self.since_judged(at).is_none();
        let next = match frame {
            Frame::Judged(scores) => {
                self.judge(scores, at, rules);
                // After a time of blindness one good frame is no all-clear yet, but a finding does not wait.
                if before == Some(Action::Unchecked) && is_blind && self.finding.action == Action::Allow {
                    Action::Unchecked
                } else {
                    self.finding.action
                }
            }
            Frame::Unchecked(_) => {
                // What was not seen is not calm.
                self.calm = None;
                if is_blind { Action::Unchecked } else { before.unwrap_or(Action::Unchecked) }
            }
        };
        let changed = before != Some(next);
        let report = match self.report.take() {
            Some(report) if !changed => report,
            _ => match frame {
                Frame::Unchecked(reason) => self.blind(*reason, at, rules),
                Frame::Judged(_) => {
                    Report { action: next, reasons: self.finding.reasons.clone(), fallback: None, since: at }
                }
            },
        };
        self.report = Some(report.clone());
        let is_unchecked = next == Action::Unchecked;
        Seen {
            changed,
            settled: match frame {
                Frame::Judged(scores) => !is_unchecked && self.rests_on(scores, rules),
                Frame::Unchecked(_) => is_unchecked,
            },
            lapse: (!is_unchecked).then(|| Lapse {
                after_ms: BLIND_MS,
                report: self.blind(Reason::Deadline, at.saturating_add(BLIND_MS), rules),
            }),
            report,
        }
    }

    /// The smoothed class probabilities.
    pub fn smoothed(&self) -> Scores {
        Scores(self.smoothed.map(Probability::from_millionths))
    }

    fn judge(&mut self, scores: &Scores, at: u64, rules: &PictureRules) {
        let alone = Alone(rules.judge(scores).0);
        match self.since_judged(at) {
            Some(elapsed) => {
                let kept = kept(elapsed);
                for (smoothed, new) in self.smoothed.iter_mut().zip(scores.0) {
                    *smoothed = approach(*smoothed, new.millionths(), kept);
                }
                self.recent.rotate_left(1);
                if let Some(newest) = self.recent.last_mut() {
                    *newest = alone;
                }
            }
            // There is nothing to smooth with: this frame counts whole.
            None => {
                self.smoothed = scores.0.map(Probability::millionths);
                self.recent = [alone; RECENT_FRAMES];
                self.calm = None;
            }
        }
        self.judged_at = Some(at);

        let mut found = Finding::from(rules.judge(&self.smoothed()));
        found.action = found.action.min(self.supported());
        if found.action > self.finding.action {
            self.finding = found;
            self.calm = None;
        } else {
            self.calm_down(at, rules);
        }
    }

    fn calm_down(&mut self, at: u64, rules: &PictureRules) {
        let held = Finding::from(rules.judge(&raised(&self.smoothed())));
        if held.action >= self.finding.action {
            self.calm = None;
            return;
        }
        let calm = match self.calm.take() {
            Some(calm) if calm.finding.action >= held.action => calm,
            Some(calm) => Calm { finding: held, ..calm },
            None => Calm { since: at, finding: held },
        };
        if at.saturating_sub(calm.since) >= CALM_MS {
            self.finding = calm.finding;
        } else {
            self.calm = Some(calm);
        }
    }

    /// The strictest action that two of the recent frames would earn alone.
    fn supported(&self) -> Action {
        let mut recent = self.recent;
        recent.sort_unstable();
        let [.., second, _] = recent;
        second.0
    }

    /// How long ago the last frame was judged; `None` where that says nothing of now: never, too long ago, or on a clock
    /// that was set back since.
    fn since_judged(&self, at: u64) -> Option<u64> {
        at.checked_sub(self.judged_at?).filter(|elapsed| *elapsed < BLIND_MS)
    }

    fn blind(&self, reason: Reason, since: u64, rules: &PictureRules) -> Report {
        Report {
            action: Action::Unchecked,
            reasons: vec![reason],
            fallback: Some(rules.unchecked.max(self.finding.action)),
            since,
        }
    }

    fn rests_on(&self, scores: &Scores, rules: &PictureRules) -> bool {
        let action = self.finding.action;
        self.calm.is_none() && rules.judge(scores).0 <= action && rules.judge(&raised(scores)).0 >= action
    }
}

/// What of an old value is left after this time, in units of 2⁻³².
fn kept(elapsed: u64) -> u64 {
    let halvings = elapsed / HALF_LIFE_MS;
    if halvings >= 32 {
        return 0;
    }
    // The rest of a half-life as a binary fraction of 16 bits: one root of one half for each bit.
    let fraction = ((elapsed % HALF_LIFE_MS) << 16) / HALF_LIFE_MS;
    let mut root = 1u64 << 31;
    let mut kept = 1u64 << 32;
    for bit in (0..16).rev() {
        root = (root << 32).isqrt();
        if fraction >> bit & 1 == 1 {
            kept = (kept * root) >> 32;
        }
    }
    kept >> halvings
}

/// Goes from one value towards another, rounding forwards, so that it arrives.
fn approach(from: u32, to: u32, kept: u64) -> u32 {
    let gone = (1u64 << 32) - kept;
    let step = (u64::from(from.abs_diff(to)) * gone).div_ceil(1 << 32) as u32;
    if from < to { from + step } else { from - step }
}

fn raised(scores: &Scores) -> Scores {
    let (over, under) = HOLD;
    Scores(scores.0.map(|p| Probability::from_millionths(p.millionths() * over / under)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_kept_agrees_with_floating_point(elapsed in 0..20 * HALF_LIFE_MS) {
            let exact = (-(elapsed as f64) / HALF_LIFE_MS as f64).exp2();
            let ours = kept(elapsed) as f64 / (1u64 << 32) as f64;
            prop_assert!((ours - exact).abs() < 2e-5, "{ours} {exact}");
        }

        #[test]
        fn less_is_kept_for_longer(elapsed in 0..10_000u64, more in 0..10_000u64) {
            prop_assert!(kept(elapsed + more) <= kept(elapsed));
        }

        #[test]
        fn approaching_never_overshoots_and_arrives(from in 0..=1_000_000u32, to in 0..=1_000_000u32, elapsed in 1..5_000u64) {
            let mut value = from;
            for _ in 0..20_000 {
                let next = approach(value, to, kept(elapsed));
                prop_assert!(next.abs_diff(to) <= value.abs_diff(to));
                prop_assert!((from.min(to)..=from.max(to)).contains(&next));
                value = next;
            }
            prop_assert_eq!(value, to);
        }
    }

    #[test]
    fn nothing_passes_in_no_time_and_half_in_a_half_life() {
        assert_eq!(kept(0), 1 << 32);
        assert_eq!(kept(HALF_LIFE_MS), 1 << 31);
        assert_eq!(kept(u64::MAX), 0);
        assert_eq!(approach(0, 1_000_000, kept(HALF_LIFE_MS)), 500_000);
        assert_eq!(approach(1_000_000, 0, kept(0)), 1_000_000);
    }
}
