//! Who the other side is to the user, as far as the host knows: the same words weigh differently from a stranger and from a
//! classmate. Where nothing is known, the words alone count.

use serde::{Deserialize, Deserializer};

use super::signal::Group;
use crate::contact::facts::{Facts, Tie};

/// What a host knows of the other side. Every fact may be absent. Shared contacts and the age of an account are facts for the
/// decision about the contact and not here: they can be farmed, and say nothing of what was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct About {
    /// Whether the user knows this person outside the app, or has saved the contact.
    pub known: Option<bool>,
    /// The age that the other side gives or implies, in years.
    #[serde(deserialize_with = "number")]
    pub claimed_age: Option<u32>,
    /// What the other side is to the user.
    #[serde(deserialize_with = "relation")]
    pub relation: Option<Relation>,
}

/// What somebody is to the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Nobody whom the user knows.
    Stranger,
    /// A friend, a partner.
    Friend,
    /// Parents, brothers and sisters, other relatives.
    Family,
    /// Who trains the user.
    Coach,
    /// Who teaches the user.
    Teacher,
    /// Of the same class or school.
    Classmate,
    /// Of the same workplace.
    Coworker,
    /// Somebody whom the user knows from the internet only.
    OnlineFriend,
}

/// Anything but a count is no fact.
fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let value = Option::<serde_json::Value>::deserialize(deserializer)?;
    Ok(value.and_then(|value| value.as_u64()).and_then(|number| u32::try_from(number).ok()))
}

/// A relation that has no name here is none.
fn relation<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Relation>, D::Error> {
    let value = Option::<serde_json::Value>::deserialize(deserializer)?;
    Ok(value.and_then(|value| Relation::deserialize(value).ok()))
}

impl About {
    /// What the facts about a contact say of it.
    pub fn of(facts: &Facts) -> Self {
        let peer = &facts.peer;
        let has = |tie: Tie| peer.ties.as_ref().is_some_and(|ties| ties.contains(&tie));
        let relation = if has(Tie::Household) {
            Some(Relation::Family)
        } else if has(Tie::School) {
            Some(Relation::Classmate)
        } else {
            None
        };
        Self {
            // No tie that is known is not the same as none.
            known: peer.ties.as_ref().map(|ties| !ties.is_empty()).filter(|known| *known),
            claimed_age: peer.age.as_ref().map(|age| u32::from(age.range[0])),
            relation,
        }
    }

    /// What follows from the facts.
    pub fn standing(&self) -> Standing {
        let is_adult = self.claimed_age.is_some_and(|age| age >= 18);
        match (self.known, self.relation) {
            // A relative whose account is new, such as a grandmother with her first telephone: not as near as family, as
            // anybody can say so.
            (Some(false), Some(Relation::Family)) => Standing::Known,
            (Some(false), _) | (None, Some(Relation::Stranger)) => {
                if self.relation == Some(Relation::OnlineFriend) && !is_adult {
                    Standing::OnlineFriend
                } else {
                    Standing::Stranger
                }
            }
            (_, Some(Relation::Family)) => Standing::Family,
            (_, Some(Relation::Coach | Relation::Teacher)) => Standing::KnownAdult,
            (_, Some(Relation::OnlineFriend)) => Standing::OnlineFriend,
            (Some(true), _) if is_adult => Standing::KnownAdult,
            (Some(true), _) => Standing::Known,
            (None, Some(_)) => Standing::Known,
            (None, None) => Standing::Unsaid,
        }
    }
}

/// Who the other side is to the user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Standing {
    /// Nothing is known.
    #[default]
    Unsaid,
    /// The host knows that they do not know each other.
    Stranger,
    /// Only from the internet, and not said to be an adult.
    OnlineFriend,
    /// A friend, a classmate, a workmate of their own age.
    Known,
    /// An adult whom the user knows: a coach, a teacher.
    KnownAdult,
    /// A relative.
    Family,
}

impl Standing {
    /// All.
    pub const ALL: [Self; 6] =
        [Self::Unsaid, Self::Stranger, Self::OnlineFriend, Self::Known, Self::KnownAdult, Self::Family];

    /// What signs of a group count for from such a person, in hundredths: friends ask where somebody is, and families keep
    /// surprises secret, but nobody needs to threaten.
    pub const fn share(self, group: Group) -> u32 {
        use Group::{Ask, Charm, Context, Demand, Hide, Pose, Probe, Threat};
        match (self, group) {
            (Self::Unsaid | Self::Stranger, _) | (_, Context) => 100,
            (Self::OnlineFriend, Probe | Charm) => 80,
            (Self::OnlineFriend, Hide | Ask | Pose) => 90,
            (Self::Known, Probe | Charm) => 50,
            (Self::Known, Hide | Ask | Pose) => 65,
            (Self::KnownAdult, Probe | Pose) => 80,
            (Self::KnownAdult, Hide | Charm | Ask) => 100,
            (Self::Family, Probe | Charm | Pose) => 20,
            (Self::Family, Hide | Ask) => 30,
            (Self::Family, Demand) => 35,
            (Self::Family, Threat) => 50,
            (_, Threat | Demand) => 100,
        }
    }
}
