//! What a guardian has set.

use serde::{Deserialize, Serialize};

use super::GuardianError;
use crate::contact::facts::{GuardianDecision, Moment};
use crate::hash::list::check_text;
use crate::policy::AgeBand;

/// Most regulator profiles.
pub const MAX_PROFILES: usize = 8;
/// Most contacts that are decided about.
pub const MAX_APPROVALS: usize = 500;
/// Longest relaxation, in seconds: seven days.
pub const MAX_RELAXATION: i64 = 7 * 86_400;
/// Last revision: the last whole number that JavaScript counts exactly.
pub(super) const MAX_REVISION: u64 = (1 << 53) - 1;
/// Most characters of a contact's id, and of a profile's name or a label.
const MAX_CONTACT: usize = 128;
const MAX_LABEL: usize = 64;
/// First second after 9999, which is the last year that RFC 3339 can write.
const END_OF_TIME: i64 = 253_402_300_800;

/// What a guardian has set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Grows by one with every change, from 1.
    pub revision: u64,
    /// Whose rules hold: a minor's band.
    pub age_band: AgeBand,
    /// Names of regulator profiles, at most [`MAX_PROFILES`].
    pub profiles: Vec<String>,
    /// Contacts that were decided about, at most [`MAX_APPROVALS`], each once.
    pub approvals: Vec<Approval>,
    /// Times of milder rules, at most one of each kind.
    pub relaxations: Vec<Relaxation>,
    /// When it was set up.
    pub created_at: Moment,
}

/// A decision about a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// The host's id, 1…128 characters.
    pub contact: String,
    /// What people call the contact, at most 64 characters.
    pub label: String,
    /// The decision.
    pub decision: GuardianDecision,
    /// When.
    pub at: Moment,
}

/// A time in which the rules of the next older band hold, one step and no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relaxation {
    /// Which rules.
    pub what: Relaxed,
    /// From when on.
    pub from: Moment,
    /// Until when, which is no longer part of it.
    pub until: Moment,
}

/// Which rules are milder for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relaxed {
    /// Those for pictures.
    Pictures,
    /// Those for contacts.
    Contacts,
    /// Both.
    All,
}

impl Settings {
    /// The band whose rules hold for something: the one that is set, or the next older one while that is relaxed. A
    /// clock that is set back brings back a relaxation that is over, until the next change.
    pub fn band_for(&self, what: Relaxed, now: Moment) -> AgeBand {
        let holds = |relaxation: &Relaxation| {
            [what, Relaxed::All].contains(&relaxation.what)
                && relaxation.from <= now
                && now < relaxation.until
        };
        if self.relaxations.iter().any(holds) { older(self.age_band) } else { self.age_band }
    }

    /// What was decided about a contact.
    pub fn decision(&self, contact: &str) -> Option<GuardianDecision> {
        let approval = self.approvals.iter().find(|approval| approval.contact == contact);
        approval.map(|approval| approval.decision)
    }

    /// Puts a decision in the place of an earlier one about the contact.
    pub(super) fn decide(&mut self, approval: Approval) {
        self.approvals.retain(|earlier| earlier.contact != approval.contact);
        self.approvals.push(approval);
    }

    /// Checks what the form alone does not.
    ///
    /// # Errors
    /// [`GuardianError`].
    pub(super) fn validate(&self) -> Result<(), GuardianError> {
        if !(1..=MAX_REVISION).contains(&self.revision) {
            return Err(GuardianError::Exhausted);
        }
        if self.age_band == AgeBand::Adult {
            return Err(GuardianError::NotDecided);
        }
        if self.profiles.len() > MAX_PROFILES
            || self.approvals.len() > MAX_APPROVALS
            || has_twice(self.profiles.iter())
            || has_twice(self.approvals.iter().map(|approval| &approval.contact))
            || has_twice(self.relaxations.iter().map(|relaxation| relaxation.what as u8))
        {
            return Err(GuardianError::TooMany);
        }
        self.profiles.iter().try_for_each(|name| text(name, 1..=MAX_LABEL))?;
        for approval in &self.approvals {
            contact(&approval.contact, &approval.label)?;
            time(approval.at)?;
        }
        for Relaxation { from, until, .. } in &self.relaxations {
            time(*from)?;
            time(*until)?;
            // Both are times that there are, so nothing overflows.
            if !(1..=MAX_RELAXATION).contains(&(until.0 - from.0)) {
                return Err(GuardianError::Duration);
            }
        }
        time(self.created_at)
    }
}

/// Checks a contact's id and label.
pub(super) fn contact(id: &str, label: &str) -> Result<(), GuardianError> {
    text(id, 1..=MAX_CONTACT)?;
    text(label, 0..=MAX_LABEL)
}

/// Checks that a moment can be written down.
pub(super) fn time(moment: Moment) -> Result<(), GuardianError> {
    if (0..END_OF_TIME).contains(&moment.0) { Ok(()) } else { Err(GuardianError::Time) }
}

fn text(text: &str, characters: core::ops::RangeInclusive<usize>) -> Result<(), GuardianError> {
    check_text(text).map_err(|()| GuardianError::Text)?;
    if characters.contains(&text.chars().count()) { Ok(()) } else { Err(GuardianError::Text) }
}

fn has_twice<T: Ord>(items: impl Iterator<Item = T>) -> bool {
    let mut items: Vec<T> = items.collect();
    items.sort();
    items.windows(2).any(|two| two[0] == two[1])
}

const fn older(band: AgeBand) -> AgeBand {
    match band {
        AgeBand::Under13 => AgeBand::From13To15,
        AgeBand::From13To15 => AgeBand::From16To17,
        AgeBand::From16To17 | AgeBand::Adult => AgeBand::Adult,
    }
}
