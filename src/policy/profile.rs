//! What regulators ask for, as data: each clause with what follows from it here, and what stays with the host.
//!
//! A profile lies over a policy: decisions about contacts become at least as strict as it says, settings take the values
//! that it accepts, and the user is told things at certain moments. It can also be held against a policy to see which of
//! its clauses that one meets by itself.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{AgeBand, Policy, PolicyError, is_version};
use crate::contact::rules::{Floor, FloorForm, is_name};

/// The profiles that come with the crate.
const PROFILES: &[(&str, &str)] = &[
    ("ofcom-icu", include_str!("profiles/ofcom-icu.json")),
    ("eu-dsa-28", include_str!("profiles/eu-dsa-28.json")),
    ("ico-children", include_str!("profiles/ico-children.json")),
];

/// The parts of a policy whose settings a profile may set.
const PARTS: [&str; 6] = ["picture", "visibility", "message", "pause", "guardian", "relaxations"];
/// The moments at which a user may be told something.
const MOMENTS: [&str; 8] = [
    "connect-request",
    "new-connection",
    "message-request",
    "first-message",
    "location-share",
    "lowering-a-default",
    "block-or-report",
    "guardian-active",
];

/// What a regulator asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Its name.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Names this state of it.
    pub version: String,
    /// Whom it protects.
    pub bands: Vec<AgeBand>,
    /// Where the demands stand.
    pub sources: Vec<Source>,
    /// The demands.
    pub clauses: Vec<Clause>,
}

/// Where demands stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What it is called.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Its address.
    pub url: String,
    /// Its day.
    pub dated: String,
    /// How it was read when the profile was written.
    pub read: Reading,
}

/// How a source was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// The text itself.
    Full,
    /// A summary by somebody.
    Summary,
    /// Neither could be opened.
    CommonKnowledge,
}

/// A demand, and what follows from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Its name in the source.
    pub clause: String,
    /// What it asks for.
    pub demand: String,
    /// Place of its source in the profile.
    pub source: usize,
    /// Decisions about contacts that are not undercut.
    #[serde(default)]
    pub contact: Vec<FloorForm>,
    /// Values that settings have.
    #[serde(default)]
    pub settings: Vec<Setting>,
    /// What the user is told.
    #[serde(default)]
    pub tell: Vec<Tell>,
    /// What stays with the host.
    pub host: Option<String>,
}

/// Values that a setting may have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// The setting, as a JSON pointer (RFC 6901) into a policy's pictures, visibility, messages, pause, guardian or relaxations.
    pub at: String,
    /// What it may be; the first is taken where it is something else.
    pub is: Vec<Value>,
}

/// What the user is told at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tell {
    /// The moment.
    pub moment: String,
    /// What, in codes.
    pub codes: Vec<String>,
}

/// Whether a policy meets a clause by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The clause.
    pub clause: String,
    /// Whether it does. What the user is told comes from the profile alone, so a clause that only asks for that is met
    /// where the profile is in force.
    pub is_met: bool,
    /// Names of the floors that are undercut, and settings that have another value.
    pub short_of: Vec<String>,
    /// What stays with the host in any case.
    pub host: Option<String>,
}

impl Setting {
    fn accepts(&self, found: &Value) -> bool {
        self.is.iter().any(|value| match (value.as_f64(), found.as_f64()) {
            // `1` and `1.0` are the same number.
            (Some(value), Some(found)) => value == found,
            _ => value == found,
        })
    }

    /// Whether it is a single setting of a policy, and each of its values one that a policy can have. Contacts are for
    /// floors, and whose policy it is is not a profile's business.
    fn fits(&self, preset: &Value) -> Result<(), PolicyError> {
        let mut parts = self.at.split('/');
        let is_part = parts.next() == Some("") && parts.next().is_some_and(|part| PARTS.contains(&part));
        let is_single = preset.pointer(&self.at).is_some_and(|found| !found.is_object());
        if !is_part || !is_single || parts.next().is_none() || self.is.is_empty() {
            return Err(PolicyError::Profile);
        }
        self.is.iter().try_for_each(|value| {
            let mut changed = preset.clone();
            *changed.pointer_mut(&self.at).ok_or(PolicyError::Profile)? = value.clone();
            Policy::from_json(&changed.to_string()).map(drop)
        })
    }
}

impl Profile {
    /// Names of the profiles that come with the crate.
    pub fn names() -> impl Iterator<Item = &'static str> {
        PROFILES.iter().map(|(name, _)| *name)
    }

    /// A profile that comes with the crate.
    ///
    /// # Errors
    /// [`PolicyError::Profile`] if there is none of that name.
    pub fn named(name: &str) -> Result<Self, PolicyError> {
        let found = PROFILES.iter().find(|(of, _)| *of == name).ok_or(PolicyError::Profile)?;
        Self::from_json(found.1)
    }

    /// A profile by its name, if the JSON is a text, or else one of one's own.
    ///
    /// # Errors
    /// As [`Self::named`] and [`Self::from_json`].
    pub fn read(json: &str) -> Result<Self, PolicyError> {
        match serde_json::from_str::<String>(json) {
            Ok(name) => Self::named(&name),
            Err(_) => Self::from_json(json),
        }
    }

    /// Reads a profile from JSON and checks it.
    ///
    /// # Errors
    /// [`PolicyError::Profile`] if it is not of a profile's form, [`PolicyError::Contact`] for a floor that is none.
    pub fn from_json(json: &str) -> Result<Self, PolicyError> {
        let profile: Self = serde_json::from_str(json).map_err(|_| PolicyError::Profile)?;
        let is_twice = |i: usize| profile.bands[..i].contains(&profile.bands[i]);
        if !is_name(&profile.id)
            || profile.bands.is_empty()
            || (0..profile.bands.len()).any(is_twice)
            || !profile.clauses.iter().all(|clause| clause.source < profile.sources.len())
            || !profile.tells().all(|tell| MOMENTS.contains(&tell.moment.as_str()))
        {
            return Err(PolicyError::Profile);
        }
        is_version(&profile.version)?;
        for floor in profile.clauses.iter().flat_map(|clause| &clause.contact) {
            Floor::read(floor, &profile.bands)?;
        }
        for band in &profile.bands {
            let preset = serde_json::to_value(Policy::preset(*band)?).map_err(|_| PolicyError::Form)?;
            profile
                .clauses
                .iter()
                .flat_map(|clause| &clause.settings)
                .try_for_each(|one| one.fits(&preset))?;
        }
        Ok(profile)
    }

    /// The policy with the settings that the profile accepts. Decisions about contacts are for
    /// [`crate::contact::Rules::under`].
    ///
    /// # Errors
    /// [`PolicyError`] if a setting cannot have the value that the profile asks for.
    pub fn apply(&self, policy: &Policy) -> Result<Policy, PolicyError> {
        if !self.bands.contains(&policy.age_band) {
            return Ok(policy.clone());
        }
        let mut value = serde_json::to_value(policy).map_err(|_| PolicyError::Form)?;
        for setting in self.clauses.iter().flat_map(|clause| &clause.settings) {
            let found = value.pointer_mut(&setting.at).ok_or(PolicyError::Profile)?;
            if let (false, Some(first)) = (setting.accepts(found), setting.is.first()) {
                *found = first.clone();
            }
        }
        Policy::from_json(&value.to_string())
    }

    /// Holds the profile against a policy.
    ///
    /// # Errors
    /// [`PolicyError`] as [`Self::apply`].
    pub fn audit(&self, policy: &Policy) -> Result<Vec<Finding>, PolicyError> {
        let value = serde_json::to_value(policy).map_err(|_| PolicyError::Form)?;
        let findings = self.clauses.iter().map(|clause| {
            let mut short_of = Vec::new();
            for form in &clause.contact {
                let floor = Floor::read(form, &self.bands)?;
                if floor.is_undercut(policy.age_band, &policy.contact) {
                    short_of.push(floor.id);
                }
            }
            let differs =
                |setting: &&Setting| !value.pointer(&setting.at).is_some_and(|found| setting.accepts(found));
            let settings = clause.settings.iter().filter(|_| self.bands.contains(&policy.age_band));
            short_of.extend(settings.filter(differs).map(|setting| setting.at.clone()));
            let (clause, host) = (clause.clause.clone(), clause.host.clone());
            Ok(Finding { clause, is_met: short_of.is_empty(), short_of, host })
        });
        findings.collect()
    }

    /// Decisions that are not undercut.
    pub fn floors(&self) -> impl Iterator<Item = Floor> {
        // They were read when the profile was.
        self.clauses
            .iter()
            .flat_map(|clause| &clause.contact)
            .filter_map(|form| Floor::read(form, &self.bands).ok())
    }

    /// What the user is told.
    pub fn tells(&self) -> impl Iterator<Item = &Tell> {
        self.clauses.iter().flat_map(|clause| &clause.tell)
    }
}
