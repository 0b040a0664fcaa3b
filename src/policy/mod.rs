//! Policies: data that says what follows from what was seen, with a preset for each age band.
//!
//! - [`picture`]: thresholds for pictures, and what to do with those that could not be checked.
//! - `contact`: the table of [`crate::contact::rules`].
//! - [`visibility`]: what others see of the user, as a host sets it when nobody chose.
//! - [`message`]: how early conversations are spoken up about.
//! - [`pause`]: who can let a paused picture go on, and what its file loses before.
//! - [`oversight`]: what a guardian sees and decides, and for how long protection can be lowered.
//! - [`profile`]: what regulators ask for, laid over a policy.
//!
//! The presets are in `presets/`; why each value is as it is stands in the project's `DESIGN.md`. A policy of one's own has
//! the same form and is checked when it is read.

pub mod guardian;
pub mod message;
pub mod oversight;
pub mod pause;
pub mod picture;
pub mod profile;
pub mod visibility;

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::contact::rules::{RuleForm, RulesError, Table};
use crate::verdict::Action;
use message::MessagePolicy;
use oversight::{GuardianPolicy, RelaxationPolicy};
use pause::PausePolicy;
pub use picture::{ListedRules, PicturePolicy, PictureRules, PictureView, Thresholds, TileRules};
use visibility::Visibility;

/// Who is protected. The youngest is the default, because unknown age fails towards the minor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AgeBand {
    /// Under 13.
    #[default]
    #[serde(rename = "under-13")]
    Under13,
    /// 13 to 15.
    #[serde(rename = "13-15")]
    From13To15,
    /// 16 and 17.
    #[serde(rename = "16-17")]
    From16To17,
    /// Adults who opt in.
    #[serde(rename = "adult")]
    Adult,
}

impl AgeBand {
    /// All, the youngest first.
    pub const ALL: [Self; 4] = [Self::Under13, Self::From13To15, Self::From16To17, Self::Adult];
}

/// A policy for one age band.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Policy {
    /// Names this state of the policy, 1…64 characters; goes into every verdict.
    pub version: String,
    /// Whom it is for.
    pub age_band: AgeBand,
    /// Pictures.
    pub picture: PicturePolicy,
    /// Who may reach the user, and whom the user may reach.
    pub contact: Table,
    /// What others see of the user where nobody chose.
    pub visibility: Visibility,
    /// Conversations.
    pub message: MessagePolicy,
    /// The pause.
    pub pause: PausePolicy,
    /// What a guardian sees and decides.
    pub guardian: GuardianPolicy,
    /// Lowering protection for a while.
    pub relaxations: RelaxationPolicy,
}

/// A policy as it is written down: what is left out, beside pictures, is the preset's.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    version: String,
    age_band: AgeBand,
    picture: PicturePolicy,
    contact: Option<Vec<RuleForm>>,
    visibility: Option<Visibility>,
    message: Option<MessagePolicy>,
    pause: Option<PausePolicy>,
    guardian: Option<GuardianPolicy>,
    relaxations: Option<RelaxationPolicy>,
}

/// What presets say beside pictures and contacts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Defaults {
    age_band: AgeBand,
    visibility: Visibility,
    message: MessagePolicy,
    pause: PausePolicy,
    guardian: GuardianPolicy,
    relaxations: RelaxationPolicy,
}

/// Why a policy was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PolicyError {
    /// Not JSON of a policy's form: a missing, unknown or mistyped field.
    Form,
    /// A threshold outside 0…1, or a milder action that begins above a stricter one.
    Thresholds,
    /// `unchecked`, or an action for listed pictures or for details in messages, says `unchecked`.
    Unchecked,
    /// An empty or overlong version.
    Version,
    /// The contact table is not one.
    Contact(RulesError),
    /// A guardian would see or decide what the age band does not let them, or without the user being told.
    Covert,
    /// Protection could be lowered for longer than a week.
    Relaxations,
    /// There is no profile of that name, or it is not of a profile's form.
    Profile,
}

impl PolicyError {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Form => "policy/form",
            Self::Thresholds => "policy/thresholds",
            Self::Unchecked => "policy/unchecked",
            Self::Version => "policy/version",
            Self::Contact(error) => error.code(),
            Self::Covert => "policy/covert",
            Self::Relaxations => "policy/relaxations",
            Self::Profile => "policy/profile",
        }
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => "the policy has a missing, unknown or mistyped field",
            Self::Thresholds => {
                "a threshold is outside 0 to 1, or a milder action begins above a stricter one"
            }
            Self::Unchecked => "what to do with an unchecked picture cannot be \"unchecked\"",
            Self::Version => "the policy's version must have 1 to 64 characters",
            Self::Contact(error) => return error.fmt(f),
            Self::Covert => "a guardian cannot see or decide that at this age, or not unknown to the user",
            Self::Relaxations => "protection can be lowered for a week at most",
            Self::Profile => "there is no such profile",
        })
    }
}

impl core::error::Error for PolicyError {}

impl From<RulesError> for PolicyError {
    fn from(error: RulesError) -> Self {
        Self::Contact(error)
    }
}

const DEFAULTS: &str = include_str!("presets/others.json");
const MAX_VERSION: usize = 64;

impl Policy {
    /// The preset for an age band.
    ///
    /// # Errors
    /// Never, as the presets are part of the crate and tested; the type says so that no panic is needed.
    pub fn preset(band: AgeBand) -> Result<Self, PolicyError> {
        let PictureView { version, age_band, picture } = PictureView::preset(band)?;
        let defaults: Vec<Defaults> = serde_json::from_str(DEFAULTS).map_err(|_| PolicyError::Form)?;
        let others = defaults.into_iter().find(|others| others.age_band == band).ok_or(PolicyError::Form)?;
        let Defaults { visibility, message, pause, guardian, relaxations, .. } = others;
        let contact = Table::preset(band)?;
        Ok(Self { version, age_band, picture, contact, visibility, message, pause, guardian, relaxations })
    }

    /// Reads a policy from JSON and checks it. What it leaves out, beside pictures, is the preset's.
    ///
    /// # Errors
    /// [`PolicyError`] says what is wrong with it.
    pub fn from_json(json: &str) -> Result<Self, PolicyError> {
        let form: Form = serde_json::from_str(json).map_err(|_| PolicyError::Form)?;
        let preset = Self::preset(form.age_band)?;
        let policy = Self {
            version: form.version,
            age_band: form.age_band,
            picture: form.picture,
            contact: form.contact.map_or(Ok(preset.contact), Table::read)?,
            visibility: form.visibility.unwrap_or(preset.visibility),
            message: form.message.unwrap_or(preset.message),
            pause: form.pause.unwrap_or(preset.pause),
            guardian: form.guardian.unwrap_or(preset.guardian),
            relaxations: form.relaxations.unwrap_or(preset.relaxations),
        };
        policy.validate()?;
        Ok(policy)
    }

    fn validate(&self) -> Result<(), PolicyError> {
        is_version(&self.version)?;
        self.picture.validate()?;
        if self.message.outgoing_details == Action::Unchecked {
            return Err(PolicyError::Unchecked);
        }
        self.guardian.validate(self.age_band)?;
        self.relaxations.validate()
    }
}

fn is_version(version: &str) -> Result<(), PolicyError> {
    let length = version.chars().count();
    if (1..=MAX_VERSION).contains(&length) { Ok(()) } else { Err(PolicyError::Version) }
}
