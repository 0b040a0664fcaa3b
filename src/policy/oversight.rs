//! What a guardian sees and decides. The age band fixes the most that there can be; a policy may say less, never more.

use serde::{Deserialize, Serialize};

use super::{AgeBand, PolicyError};

/// The longest time for which protection can be lowered, in hours.
const LONGEST: u32 = 7 * 24;

/// What a guardian sees and decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuardianPolicy {
    /// What they see.
    pub sees: Vec<Sees>,
    /// What they decide.
    pub decides: Vec<Decides>,
    /// That all of it is listed to the user. Nothing else is accepted.
    pub told_to_teen: bool,
    /// That the user sees when a guardian has settings in force. Nothing else is accepted.
    pub sign_when_active: bool,
}

/// Something that a guardian sees. Pictures, messages, scores, hashes, the journal, and whether help was asked for are not
/// among it, at any age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sees {
    /// The settings.
    Settings,
    /// Whom the user asks them about.
    ApprovalRequests,
    /// Whom they have decided about.
    ApprovedContacts,
    /// How often there was a pause, without what it was about.
    PauseCounts,
}

/// Something that a guardian decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decides {
    /// The age band.
    AgeBand,
    /// Which regulators' profiles hold.
    Profiles,
    /// About a contact.
    ContactApprovals,
    /// Lowering protection for a while.
    Relaxations,
    /// The PIN.
    Pin,
}

impl GuardianPolicy {
    /// The most that there can be for a band.
    pub(super) const fn most(band: AgeBand) -> (&'static [Sees], &'static [Decides]) {
        use Decides::{ContactApprovals, Pin, Profiles, Relaxations};
        use Sees::{ApprovalRequests, ApprovedContacts, PauseCounts, Settings};
        match band {
            AgeBand::Under13 => (
                &[Settings, ApprovalRequests, ApprovedContacts, PauseCounts],
                &[Decides::AgeBand, Profiles, ContactApprovals, Relaxations, Pin],
            ),
            AgeBand::From13To15 => (
                &[Settings, ApprovalRequests, ApprovedContacts],
                &[Decides::AgeBand, Profiles, ContactApprovals, Relaxations, Pin],
            ),
            AgeBand::From16To17 => (&[Settings], &[Decides::AgeBand, Profiles, Relaxations, Pin]),
            AgeBand::Adult => (&[], &[]),
        }
    }

    pub(super) fn validate(&self, band: AgeBand) -> Result<(), PolicyError> {
        let (sees, decides) = Self::most(band);
        let within = self.sees.iter().all(|seen| sees.contains(seen))
            && self.decides.iter().all(|decided| decides.contains(decided));
        if within && self.told_to_teen && self.sign_when_active { Ok(()) } else { Err(PolicyError::Covert) }
    }
}

/// Lowering protection for a while: the rules of the next older band.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelaxationPolicy {
    /// Whether a guardian must agree.
    pub need_guardian: bool,
    /// For how long at most, in hours, 0…168.
    pub longest_hours: u32,
    /// Whether the product proposes it. It never does; a host that wants to must say so here, where a profile can object.
    pub suggested: bool,
}

impl RelaxationPolicy {
    pub(super) fn validate(&self) -> Result<(), PolicyError> {
        if self.longest_hours <= LONGEST { Ok(()) } else { Err(PolicyError::Relaxations) }
    }
}
