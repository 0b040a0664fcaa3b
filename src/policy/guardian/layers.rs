//! What holds in the end: the preset, what a guardian has set over it, and what a school or an administrator asks for
//! above both.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::settings::{MAX_APPROVALS, MAX_PROFILES, Relaxed, Settings};
use super::{GuardianError, State};
use crate::contact::facts::{GuardianDecision, Moment};
use crate::hash::list::check_text;
use crate::policy::{AgeBand, Policy, PolicyError};

/// Most characters of a manager's name.
const MAX_NAME: usize = 64;

/// What a school or an administrator asks for, as the host has it from them: from managed storage, say. It only ever
/// makes things stricter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Managed {
    /// Who asks, 1…64 characters. It is told to the minor.
    pub name: String,
    /// The oldest band whose rules may hold.
    #[serde(default)]
    pub age_band: Option<AgeBand>,
    /// Names of regulator profiles, at most 8.
    #[serde(default)]
    pub profiles: Vec<String>,
    /// Whether a guardian may make rules milder for a while.
    #[serde(default = "yes")]
    pub relaxations: bool,
    /// Contacts that are denied, at most 500.
    #[serde(default)]
    pub denied: Vec<String>,
}

const fn yes() -> bool {
    true
}

/// Something that makes what holds another thing than the preset, for the minor to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// Settings are there and do not hold, so that the strictest preset does.
    SettingsBroken,
    /// A guardian has set something.
    Guardian,
    /// The rules for pictures are milder for a while.
    PicturesRelaxed,
    /// The rules for contacts are milder for a while.
    ContactsRelaxed,
    /// Somebody manages this device.
    Managed,
}

/// What holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Layered {
    /// The policy, without the profiles over it.
    pub policy: Policy,
    /// Names of the profiles over it.
    pub profiles: Vec<String>,
    /// What was decided about contacts.
    pub decisions: BTreeMap<String, GuardianDecision>,
    /// What makes it so.
    pub because: Vec<Because>,
    /// Who manages this device.
    pub managed_by: Option<String>,
    /// Until when this is so, if a time of milder rules ends by itself.
    pub until: Option<Moment>,
}

impl Managed {
    /// Reads what somebody asks for, and checks it.
    ///
    /// # Errors
    /// [`GuardianError::Text`] for a name that is none or what is no such JSON, [`GuardianError::TooMany`].
    pub fn from_json(json: &str) -> Result<Self, GuardianError> {
        let managed: Self = serde_json::from_str(json).map_err(|_| GuardianError::Text)?;
        check_text(&managed.name).map_err(|()| GuardianError::Text)?;
        if !(1..=MAX_NAME).contains(&managed.name.chars().count()) {
            return Err(GuardianError::Text);
        }
        if managed.profiles.len() > MAX_PROFILES || managed.denied.len() > MAX_APPROVALS {
            return Err(GuardianError::TooMany);
        }
        Ok(managed)
    }
}

/// What holds `now`. Where nothing is set up, the rules of `unset`, the band that the app has for its user; where
/// settings are broken, the strictest.
///
/// # Errors
/// Never, as presets are part of the crate and tested; the type says so that no panic is needed.
pub fn layers(
    state: &State,
    unset: AgeBand,
    managed: Option<&Managed>,
    now: Moment,
) -> Result<Layered, PolicyError> {
    let mut because = Vec::new();
    let settings = match state {
        State::NotSetUp => None,
        State::Open(opened) => {
            because.push(Because::Guardian);
            Some(&opened.settings)
        }
        State::Broken(_) => {
            because.push(Because::SettingsBroken);
            None
        }
    };
    let set = match state {
        State::NotSetUp => unset,
        State::Open(opened) => opened.settings.age_band,
        State::Broken(_) => AgeBand::Under13,
    };
    let oldest = managed.and_then(|managed| managed.age_band).unwrap_or(AgeBand::Adult);
    let band = set.min(oldest);
    let may_relax = managed.is_none_or(|managed| managed.relaxations);
    let relaxed = |what: Relaxed| match settings {
        Some(settings) if may_relax => settings.band_for(what, now).min(oldest),
        _ => band,
    };
    let mut policy = Policy::preset(band)?;
    for (what, code) in
        [(Relaxed::Pictures, Because::PicturesRelaxed), (Relaxed::Contacts, Because::ContactsRelaxed)]
    {
        let milder = relaxed(what);
        if milder == band {
            continue;
        }
        because.push(code);
        let of = Policy::preset(milder)?;
        match what {
            Relaxed::Contacts => policy.contact = of.contact,
            Relaxed::Pictures | Relaxed::All => (policy.picture, policy.pause) = (of.picture, of.pause),
        }
    }
    let until = settings.filter(|_| may_relax).and_then(|settings| next_end(settings, now));
    let mut profiles: Vec<String> = settings.map(|settings| settings.profiles.clone()).unwrap_or_default();
    let mut decisions: BTreeMap<String, GuardianDecision> = settings
        .into_iter()
        .flat_map(|settings| &settings.approvals)
        .map(|approval| (approval.contact.clone(), approval.decision))
        .collect();
    if let Some(managed) = managed {
        because.push(Because::Managed);
        profiles.extend(
            managed.profiles.iter().filter(|name| !profiles.contains(name)).cloned().collect::<Vec<_>>(),
        );
        decisions.extend(managed.denied.iter().map(|contact| (contact.clone(), GuardianDecision::Denied)));
    }
    if let Some(settings) = settings {
        policy.version = format!("{}+guardian.{}", policy.version, settings.revision);
    }
    let managed_by = managed.map(|managed| managed.name.clone());
    Ok(Layered { policy, profiles, decisions, because, managed_by, until })
}

fn next_end(settings: &Settings, now: Moment) -> Option<Moment> {
    let running = settings.relaxations.iter().filter(|relaxation| relaxation.from <= now);
    running.map(|relaxation| relaxation.until).filter(|until| now < *until).min()
}
