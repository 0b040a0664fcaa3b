//! Evidence of somebody's age. It is never a number alone: who says so, how sure that is, and since when.

use serde::{Deserialize, Serialize};

use super::facts::{ContactError, Moment};
use crate::policy::AgeBand;

/// The oldest age that is believed, in years.
const OLDEST: u8 = 130;
/// From this age on, somebody is an adult.
const ADULT: u8 = 18;
/// Seconds of a year, the short way.
const YEAR: i64 = 365 * 86_400;
/// For so long, evidence is as good as new: a quarter of a year. Otherwise nobody could be shown to be a minor by a range
/// that ends with 17, as most of them do, the day after.
const FRESH: i64 = YEAR / 4;

/// How an age is known (ISO/IEC 27566-1:2025 tells verification, estimation and inference apart).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// The person said so.
    Declared,
    /// From a document or another authoritative record.
    Verified,
    /// From how the person looks or sounds.
    Estimated,
    /// From what is known otherwise, such as a school account.
    Inferred,
    /// A guardian said so.
    Guardian,
}

/// How sure that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// As sure as the person's word.
    Asserted,
    /// A little surer.
    Basic,
    /// As sure as services usually want it.
    Standard,
    /// Surer.
    Enhanced,
    /// As sure as it gets.
    Strict,
}

/// What is known of somebody's age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgeEvidence {
    /// From and to, in years, both included, at the time of `checked_at`.
    pub range: [u8; 2],
    /// How it is known.
    pub method: Method,
    /// How sure that is.
    pub level: Level,
    /// When it was found out; unknown counts as now.
    #[serde(default)]
    pub checked_at: Option<Moment>,
}

/// What somebody who asks is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// An adult, by whatever evidence: nobody gains by saying so.
    Adult,
    /// Perhaps an adult.
    Unknown,
    /// Said to be a minor, by evidence that anybody could have given.
    SaidMinor,
    /// A minor, from and to this age.
    Minor([u8; 2]),
}

impl AgeEvidence {
    /// The ages that are likely `now`: people grow older after they were asked. The upper end grows by a year after a
    /// quarter of one, so that a minor of last year is not one for ever; the lower end after a whole one.
    ///
    /// # Errors
    /// [`ContactError::Age`] for a range that is none; [`ContactError::Future`] for evidence from the future.
    pub fn range_at(&self, now: Moment) -> Result<[u8; 2], ContactError> {
        let [from, to] = self.range;
        if from > to || to > OLDEST {
            return Err(ContactError::Age);
        }
        let elapsed = now.since(self.checked_at.unwrap_or(now))?;
        let [at_least, at_most] = [elapsed / YEAR, (elapsed + YEAR - FRESH) / YEAR];
        let later = |age: u8, years: i64| (i64::from(age) + years).min(i64::from(OLDEST)) as u8;
        Ok([later(from, at_least), later(to, at_most)])
    }

    /// Whether it takes more than somebody's word: no declaration, and at least [`Level::Standard`].
    pub fn is_strong(&self) -> bool {
        self.method != Method::Declared && self.level >= Level::Standard
    }

    /// What the other side is taken for `now`.
    ///
    /// # Errors
    /// As [`Self::range_at`].
    pub fn party(&self, now: Moment) -> Result<Party, ContactError> {
        let [from, to] = self.range_at(now)?;
        Ok(match (from >= ADULT, to < ADULT) {
            (true, _) => Party::Adult,
            (_, false) => Party::Unknown,
            (_, true) if self.is_strong() => Party::Minor([from, to]),
            (_, true) => Party::SaidMinor,
        })
    }
}

/// The band of an age in years.
pub const fn band_of(age: u8) -> AgeBand {
    match age {
        0..13 => AgeBand::Under13,
        13..16 => AgeBand::From13To15,
        16..ADULT => AgeBand::From16To17,
        _ => AgeBand::Adult,
    }
}

/// Whether all these ages are in the band or in one beside it.
pub fn are_neighbours([from, to]: [u8; 2], band: AgeBand) -> bool {
    let place = |band| match band {
        AgeBand::Under13 => 0u8,
        AgeBand::From13To15 => 1,
        AgeBand::From16To17 => 2,
        AgeBand::Adult => 3,
    };
    [from, to].iter().all(|age| place(band_of(*age)).abs_diff(place(band)) <= 1)
}
