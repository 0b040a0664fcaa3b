//! What a guardian can change, as far as the age band lets a guardian decide.

use serde::{Deserialize, Serialize};

use super::GuardianError;
use super::settings::{self, Approval, MAX_RELAXATION, Relaxation, Relaxed, Settings};
use super::told::told;
use crate::contact::facts::{GuardianDecision, Moment};
use crate::policy::oversight::Decides;
use crate::policy::{AgeBand, Policy};

/// One change. As JSON, `{"change": "decide", "contact": "…", …}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Change {
    /// Another age band, not `adult`. Relaxations end, and where a guardian no longer decides about contacts, what
    /// was decided about them.
    SetAgeBand {
        /// The new one.
        age_band: AgeBand,
    },
    /// Other regulator profiles instead of all that were set.
    SetProfiles {
        /// Their names, at most 8 of 1…64 characters.
        profiles: Vec<String>,
    },
    /// A decision about a contact, in place of an earlier one.
    Decide {
        /// The host's id, 1…128 characters.
        contact: String,
        /// What people call the contact, at most 64 characters.
        label: String,
        /// The decision.
        decision: GuardianDecision,
    },
    /// Takes back whatever was decided about a contact.
    Forget {
        /// The host's id.
        contact: String,
    },
    /// Milder rules from now on, in place of an earlier time of the same kind.
    Relax {
        /// Which rules.
        what: Relaxed,
        /// Until when: from now at most as many hours as the band's preset says, 24, 72 or 168.
        until: Moment,
    },
    /// Ends all times of milder rules.
    EndRelaxations {},
}

impl Change {
    const fn topic(&self) -> Decides {
        match self {
            Self::SetAgeBand { .. } => Decides::AgeBand,
            Self::SetProfiles { .. } => Decides::Profiles,
            Self::Decide { .. } | Self::Forget { .. } => Decides::ContactApprovals,
            Self::Relax { .. } | Self::EndRelaxations {} => Decides::Relaxations,
        }
    }

    /// Makes the change. The settings are to be thrown away where it is refused, and checked where it is not.
    pub(super) fn apply(&self, settings: &mut Settings, now: Moment) -> Result<(), GuardianError> {
        if !told(settings.age_band).decides.contains(&self.topic()) {
            return Err(GuardianError::NotDecided);
        }
        match self.clone() {
            Self::SetAgeBand { age_band } => {
                if age_band != settings.age_band {
                    settings.relaxations.clear();
                }
                // A denial that nobody may take back any more must not stay.
                if !told(age_band).decides.contains(&Decides::ContactApprovals) {
                    settings.approvals.clear();
                }
                settings.age_band = age_band;
            }
            Self::SetProfiles { profiles } => settings.profiles = profiles,
            Self::Decide { contact, label, decision } => {
                settings.decide(Approval { contact, label, decision, at: now });
            }
            Self::Forget { contact } => {
                settings.decision(&contact).ok_or(GuardianError::Unknown)?;
                settings.approvals.retain(|approval| approval.contact != contact);
            }
            Self::Relax { what, until } => {
                settings::time(until)?;
                let preset = Policy::preset(settings.age_band).map_err(|_| GuardianError::Duration)?;
                let longest = i64::from(preset.relaxations.longest_hours) * 3600;
                if !(1..=longest.min(MAX_RELAXATION)).contains(&(until.0 - now.0)) {
                    return Err(GuardianError::Duration);
                }
                settings.relaxations.retain(|relaxation| relaxation.what != what);
                settings.relaxations.push(Relaxation { what, from: now, until });
            }
            Self::EndRelaxations {} => settings.relaxations.clear(),
        }
        Ok(())
    }
}
