//! What follows from a picture: thresholds for the scores, and rules for what was not checked or is listed.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::{AgeBand, Policy, PolicyError, is_version};
use crate::classify::Scores;
use crate::classify::softmax::Probability;
use crate::hash::sight::Found;
use crate::verdict::{Action, Direction, Reason};

const PRESETS: &str = include_str!("presets/picture.json");

/// The part of a policy that a guard needs. Its module is small, so it leaves the other parts unread; who uses those reads
/// the whole as [`Policy`].
#[derive(Clone, Debug, PartialEq)]
pub struct PictureView {
    /// Names this state of the policy.
    pub version: String,
    /// Whom it is for.
    pub age_band: AgeBand,
    /// Pictures.
    pub picture: PicturePolicy,
}

/// A policy's fields, those unread that are not about pictures.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    version: String,
    age_band: AgeBand,
    picture: PicturePolicy,
    #[serde(default, rename = "contact")]
    _contact: IgnoredAny,
    #[serde(default, rename = "visibility")]
    _visibility: IgnoredAny,
    #[serde(default, rename = "message")]
    _message: IgnoredAny,
    #[serde(default, rename = "pause")]
    _pause: IgnoredAny,
    #[serde(default, rename = "guardian")]
    _guardian: IgnoredAny,
    #[serde(default, rename = "relaxations")]
    _relaxations: IgnoredAny,
}

impl From<Form> for PictureView {
    fn from(Form { version, age_band, picture, .. }: Form) -> Self {
        Self { version, age_band, picture }
    }
}

impl From<Policy> for PictureView {
    fn from(Policy { version, age_band, picture, .. }: Policy) -> Self {
        Self { version, age_band, picture }
    }
}

impl PictureView {
    /// The preset for an age band.
    ///
    /// # Errors
    /// Never, as the presets are part of the crate and tested; the type says so that no panic is needed.
    pub fn preset(band: AgeBand) -> Result<Self, PolicyError> {
        let presets: Vec<Form> = serde_json::from_str(PRESETS).map_err(|_| PolicyError::Form)?;
        presets.into_iter().find(|p| p.age_band == band).map(Self::from).ok_or(PolicyError::Form)
    }

    /// Reads a policy from JSON and checks what it says of pictures.
    ///
    /// # Errors
    /// [`PolicyError`] says what is wrong with it.
    pub fn from_json(json: &str) -> Result<Self, PolicyError> {
        let form: Form = serde_json::from_str(json).map_err(|_| PolicyError::Form)?;
        let view = Self::from(form);
        view.validate()?;
        Ok(view)
    }

    /// Checks what the form alone does not.
    ///
    /// # Errors
    /// [`PolicyError`] says what is wrong with it.
    pub fn validate(&self) -> Result<(), PolicyError> {
        is_version(&self.version)?;
        self.picture.validate()
    }

    /// The rules for a direction.
    pub const fn rules(&self, direction: Direction) -> &PictureRules {
        self.picture.rules(direction)
    }
}

/// What follows from a picture, on its way out and on its way in.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PicturePolicy {
    /// The user is about to send or post it.
    pub outgoing: PictureRules,
    /// The user is about to see it.
    pub incoming: PictureRules,
}

/// Rules for one direction.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureRules {
    /// For the probability that the picture is explicit.
    pub explicit: Thresholds,
    /// For the probability that it is suggestive.
    pub suggestive: Thresholds,
    /// Whether to look closer, at overlapping tiles of a large or long still picture too, and what follows from those;
    /// `null`, or nothing, for the whole picture only.
    #[serde(default)]
    pub tiles: Option<TileRules>,
    /// What to do with a picture that could not be checked.
    pub unchecked: Action,
    /// What to do with a picture of the user's own list, and with one of a list that somebody issued.
    #[serde(default)]
    pub listed: ListedRules,
}

/// Rules for pictures that seem to be in a list, whatever they show.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedRules {
    /// The user's own list.
    pub own: Action,
    /// A list that somebody issued.
    pub issued: Action,
}

/// Whoever hands over a list wants it to count.
impl Default for ListedRules {
    fn default() -> Self {
        Self { own: Action::Block, issued: Action::Block }
    }
}

/// Rules for a tile. Its thresholds are its own, because a benign texture seen from near alarms more easily.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TileRules {
    /// For the probability that the tile is explicit.
    pub explicit: Thresholds,
    /// For the probability that it is suggestive.
    pub suggestive: Thresholds,
}

/// From which probability on, 0…1, an action follows; `null` for never.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// Say so, without asking.
    pub notice: Option<f64>,
    /// Ask before going on.
    pub warn: Option<f64>,
    /// Do not go on.
    pub block: Option<f64>,
}

impl PicturePolicy {
    /// The rules for a direction.
    pub const fn rules(&self, direction: Direction) -> &PictureRules {
        match direction {
            Direction::Outgoing => &self.outgoing,
            Direction::Incoming => &self.incoming,
        }
    }

    /// Checks what the form alone does not.
    ///
    /// # Errors
    /// [`PolicyError`] says what is wrong with it.
    pub fn validate(&self) -> Result<(), PolicyError> {
        for rules in [self.outgoing, self.incoming] {
            rules.explicit.validate()?;
            rules.suggestive.validate()?;
            if let Some(tiles) = rules.tiles {
                tiles.explicit.validate()?;
                tiles.suggestive.validate()?;
            }
            if [rules.unchecked, rules.listed.own, rules.listed.issued].contains(&Action::Unchecked) {
                return Err(PolicyError::Unchecked);
            }
        }
        Ok(())
    }
}

impl PictureRules {
    /// What follows from the scores of a look at the whole picture, with the reasons, the weightiest first.
    pub fn judge(&self, scores: &Scores) -> (Action, Vec<Reason>) {
        judge(&self.explicit, &self.suggestive, scores)
    }

    /// The same for a look at a tile: nothing, where the policy does not ask for tiles.
    pub fn judge_tile(&self, scores: &Scores) -> (Action, Vec<Reason>) {
        let rules = self.tiles.as_ref();
        rules.map_or((Action::Allow, Vec::new()), |rules| judge(&rules.explicit, &rules.suggestive, scores))
    }
}

impl PictureRules {
    /// What follows from the listed pictures that a picture seems to be, beside what follows from its scores. What is
    /// listed is named first, also where the scores ask for more.
    pub fn judge_listed(
        &self,
        listed: &[Found],
        (action, reasons): (Action, Vec<Reason>),
    ) -> (Action, Vec<Reason>) {
        let mut strictest = action;
        let mut all = Vec::new();
        let kinds = [(Reason::OwnList, self.listed.own), (Reason::HashList, self.listed.issued)];
        for (reason, action) in kinds.into_iter().filter(|(_, action)| *action != Action::Allow) {
            if listed.iter().any(|found| found.reason() == reason) {
                strictest = strictest.max(action);
                all.push(reason);
            }
        }
        all.extend(reasons);
        (strictest, all)
    }
}

fn judge(explicit: &Thresholds, suggestive: &Thresholds, scores: &Scores) -> (Action, Vec<Reason>) {
    let mut findings = vec![
        (explicit.action(scores.explicit()), Reason::Explicit),
        (suggestive.action(scores.suggestive()), Reason::Suggestive),
    ];
    if findings[1].0 > findings[0].0 {
        findings.swap(0, 1);
    }
    findings.retain(|(action, _)| *action != Action::Allow);
    let action = findings.first().map_or(Action::Allow, |(action, _)| *action);
    (action, findings.into_iter().map(|(_, reason)| reason).collect())
}

impl Thresholds {
    /// The strictest action whose threshold is reached.
    pub fn action(&self, probability: Probability) -> Action {
        let reached = |threshold: Option<f64>| threshold.is_some_and(|t| probability.as_f64() >= t);
        if reached(self.block) {
            Action::Block
        } else if reached(self.warn) {
            Action::Warn
        } else if reached(self.notice) {
            Action::Notice
        } else {
            Action::Allow
        }
    }

    fn validate(&self) -> Result<(), PolicyError> {
        let steps: Vec<f64> = [self.notice, self.warn, self.block].into_iter().flatten().collect();
        let within = steps.iter().all(|t| (0.0..=1.0).contains(t));
        if within && steps.is_sorted() { Ok(()) } else { Err(PolicyError::Thresholds) }
    }
}
