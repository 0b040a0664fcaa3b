//! What follows when a picture is paused, and what its file loses before it goes out.

use serde::{Deserialize, Serialize};

/// Rules for the pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PausePolicy {
    /// Who can let a picture go on that is to be asked about. One that is blocked does not go on, whoever says so.
    pub way_on: WayOn,
    /// What happens to where and when a picture was taken, and whatever else its file says, before it goes out.
    pub metadata: MetadataRule,
}

/// Who can let a paused picture go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WayOn {
    /// The user, by a step of its own.
    Deliberate,
    /// A guardian, by the PIN.
    Guardian,
    /// Nobody.
    None,
}

/// What happens to a picture's metadata before it goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MetadataRule {
    /// It goes along.
    Keep,
    /// The user is asked.
    Ask,
    /// It is removed, and the user is told.
    Remove,
}
