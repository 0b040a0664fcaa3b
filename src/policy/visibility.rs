//! What others see of the user where nobody chose. The host shows and hides; these are the values it begins with.

use serde::{Deserialize, Serialize};

/// What others see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visibility {
    /// Who sees the profile.
    pub profile: Audience,
    /// Who sees whom the user is connected with.
    pub connection_list: Audience,
    /// Whether the user appears in the lists of others that their visitors see.
    pub in_others_lists: bool,
    /// Where the user is.
    pub location: Location,
    /// Whether sharing a location ends with the session.
    pub location_resets: bool,
    /// Online status, read receipts, typing.
    pub presence: Switch,
}

/// Who sees something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// The user only.
    Nobody,
    /// Connections.
    Connections,
    /// Everyone.
    Everyone,
}

/// When the location is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Location {
    /// Never by itself.
    Off,
    /// When the user is asked, each time.
    OnRequest,
    /// Always.
    On,
}

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Switch {
    /// Off.
    Off,
    /// On.
    On,
}
