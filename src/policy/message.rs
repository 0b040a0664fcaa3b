//! How early conversations are spoken up about.

use serde::{Deserialize, Serialize};

use crate::verdict::Action;

/// Rules for conversations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessagePolicy {
    /// How little is enough to speak up.
    pub sensitivity: Sensitivity,
    /// What to do before a phone number, an address, a school or a meeting place goes to an unknown adult.
    pub outgoing_details: Action,
}

/// How little is enough to speak up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sensitivity {
    /// Conversations are not looked at.
    Off,
    /// Several signs, or one that is beyond doubt.
    Standard,
    /// Fewer.
    High,
    /// The first sign that is more than an everyday word.
    Highest,
}
