//! What a host knows of a contact. Every fact may be absent, and absent is not the same as good.

use core::fmt;
use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime};

use super::age::AgeEvidence;
use crate::policy::AgeBand;
use crate::verdict::Direction;

/// Most ties of one contact.
const MAX_TIES: usize = 16;
/// Largest count that is believed to be one.
const MAX_COUNT: u32 = 1_000_000_000;
/// How far ahead of the caller's clock another one may be, in seconds.
const CLOCK_SKEW: i64 = 86_400;

/// Why facts were refused. Whoever gets this has no decision, and so must not allow anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ContactError {
    /// Not JSON of the form of facts: a mistyped or unknown field, a negative number, a time that is none.
    Form,
    /// Ages that are none: from more than to, or over 130.
    Age,
    /// Evidence from the future.
    Future,
    /// Facts that cannot both be true.
    Contradiction,
    /// More of something than there can be.
    TooMuch,
}

impl ContactError {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Form => "contact/form",
            Self::Age => "contact/age",
            Self::Future => "contact/future",
            Self::Contradiction => "contact/contradiction",
            Self::TooMuch => "contact/too-much",
        }
    }
}

impl fmt::Display for ContactError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl core::error::Error for ContactError {}

/// A moment, in whole seconds since 1970; as text RFC 3339, or a date, which is its beginning in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub i64);

impl Moment {
    /// Seconds since an earlier moment; none if that is a little later, as clocks differ.
    ///
    /// # Errors
    /// [`ContactError::Future`] if it is more than a day later.
    pub fn since(self, earlier: Self) -> Result<i64, ContactError> {
        let elapsed = self.0.saturating_sub(earlier.0);
        if elapsed < -CLOCK_SKEW { Err(ContactError::Future) } else { Ok(elapsed.max(0)) }
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        // A date has ten characters, and nothing else that is a moment is as short.
        let moment = if text.len() == 10 {
            Date::parse(&text, format_description!("[year]-[month]-[day]"))
                .map(|date| date.midnight().assume_utc())
        } else if matches!(text.as_bytes().get(10), Some(b'T' | b't' | b' ')) {
            OffsetDateTime::parse(&text, &Rfc3339)
        } else {
            // The parser takes any sign there.
            return Err(serde::de::Error::custom("contact/form"));
        };
        moment
            .map(|moment| Self(moment.unix_timestamp()))
            .map_err(|_| serde::de::Error::custom("contact/form"))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let moment = OffsetDateTime::from_unix_timestamp(self.0).map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(&moment.format(&Rfc3339).map_err(serde::ser::Error::custom)?)
    }
}

/// What is about to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// "People you may know": the other side is shown to the user, or the user to the other side.
    Suggestion,
    /// A friend or follow request.
    ConnectRequest,
    /// A first message of somebody who is no contact.
    MessageRequest,
    /// A message.
    Message,
    /// Being added to a group.
    GroupAdd,
    /// A voice or video call.
    Call,
    /// A link or an invitation to go on elsewhere.
    LinkOut,
    /// Sharing where one is.
    LocationShare,
}

impl Kind {
    /// All.
    pub const ALL: [Self; 8] = [
        Self::Suggestion,
        Self::ConnectRequest,
        Self::MessageRequest,
        Self::Message,
        Self::GroupAdd,
        Self::Call,
        Self::LinkOut,
        Self::LocationShare,
    ];
}

/// Facts about a contact, as a host writes them down: one JSON object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// The caller's name for this, which is given back.
    #[serde(default)]
    pub id: Option<String>,
    /// What is about to happen.
    pub kind: Kind,
    /// Who began it: `incoming` is the other side.
    #[serde(default = "incoming", deserialize_with = "incoming_for_null")]
    pub direction: Direction,
    /// What time it is.
    pub now: Moment,
    /// The user.
    #[serde(default, deserialize_with = "null_is_absent", rename = "self")]
    pub user: User,
    /// The other side.
    #[serde(default, deserialize_with = "null_is_absent")]
    pub peer: Peer,
    /// What was decided before.
    #[serde(default, deserialize_with = "null_is_absent")]
    pub history: History,
    /// How dangerous the conversation looks so far.
    #[serde(default)]
    pub conversation_level: Option<Level>,
}

const fn incoming() -> Direction {
    Direction::Incoming
}

fn incoming_for_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Direction, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or(Direction::Incoming))
}

fn null_is_absent<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// The user.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct User {
    /// The band that was set.
    pub age_band: Option<AgeBand>,
    /// What is known of the age.
    pub age: Option<AgeEvidence>,
}

/// The other side.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Peer {
    /// What is known of the age.
    pub age: Option<AgeEvidence>,
    /// How the two know each other, as far as the host has verified that.
    pub ties: Option<Vec<Tie>>,
    /// Contacts that they share. They can be farmed.
    pub mutual_contacts: Option<u32>,
    /// Age of the account, in days.
    pub account_age_days: Option<u32>,
    /// Whether the other side writes from another country.
    pub country_mismatch: Option<bool>,
    /// Reports by minors.
    pub reports_by_minors: Option<u32>,
    /// Blocks by minors.
    pub blocks_by_minors: Option<u32>,
    /// Minors to whom the other side has written in the last days.
    pub minors_contacted_recently: Option<u32>,
    /// Whether this device was banned before.
    pub device_banned: Option<bool>,
}

/// A verified tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tie {
    /// In the user's contacts.
    Contacts,
    /// They have met and said so, for instance by a QR code.
    InPerson,
    /// A guardian has approved.
    Guardian,
    /// The same household.
    Household,
    /// The same school.
    School,
}

/// What was decided before.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct History {
    /// By the user.
    pub user: Option<UserDecision>,
    /// By a guardian.
    pub guardian: Option<GuardianDecision>,
}

/// What the user decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UserDecision {
    /// Let the other side in.
    Accepted,
    /// Blocked the other side.
    Blocked,
}

/// What a guardian decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GuardianDecision {
    /// The other side may.
    Approved,
    /// The other side may not.
    Denied,
}

/// How dangerous a conversation looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Something to know of.
    Notice,
    /// Something to be careful about.
    Caution,
    /// Something to stop at.
    Warn,
}

impl Facts {
    /// Reads facts from JSON and checks them.
    ///
    /// # Errors
    /// [`ContactError`].
    pub fn from_json(json: &str) -> Result<Self, ContactError> {
        let facts: Self = serde_json::from_str(json).map_err(|_| ContactError::Form)?;
        facts.validate()?;
        Ok(facts)
    }

    /// Checks what the form alone does not.
    ///
    /// # Errors
    /// [`ContactError`].
    pub fn validate(&self) -> Result<(), ContactError> {
        let peer = &self.peer;
        if peer.ties.as_ref().is_some_and(|ties| ties.len() > MAX_TIES) {
            return Err(ContactError::TooMuch);
        }
        let counts = [
            peer.mutual_contacts,
            peer.account_age_days,
            peer.reports_by_minors,
            peer.blocks_by_minors,
            peer.minors_contacted_recently,
        ];
        if counts.into_iter().flatten().any(|count| count > MAX_COUNT) {
            return Err(ContactError::TooMuch);
        }
        for age in [self.user.age, peer.age].into_iter().flatten() {
            age.range_at(self.now)?;
        }
        let approved = peer.ties.as_ref().is_some_and(|ties| ties.contains(&Tie::Guardian));
        if approved && self.history.guardian == Some(GuardianDecision::Denied) {
            return Err(ContactError::Contradiction);
        }
        Ok(())
    }

    /// Whose rules hold: the youngest band that is said or possible, or that the caller assumes; and the youngest of all
    /// where nothing is known.
    ///
    /// # Errors
    /// As [`AgeEvidence::range_at`].
    pub fn band(&self, assumed: Option<AgeBand>) -> Result<AgeBand, ContactError> {
        let possible = match self.user.age {
            Some(age) => Some(super::age::band_of(age.range_at(self.now)?[0])),
            None => None,
        };
        Ok([self.user.age_band, possible, assumed].into_iter().flatten().min().unwrap_or_default())
    }
}
