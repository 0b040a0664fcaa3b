//! What a guardian sees and decides, and what never, for the minor to know: fixed for each age band, as stable codes.

use serde::{Serialize, Serializer};

use crate::policy::AgeBand;

macro_rules! codes {
    ($(#[$about:meta])* $name:ident { $($(#[$what:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$what])* $variant,)*
        }

        impl $name {
            /// Stable code.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)*
                }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }
    };
}

codes! {
    /// What a guardian sees.
    Sees {
        /// What is set.
        Settings = "settings",
        /// Which contacts the minor asks to be let in.
        ApprovalRequests = "approval-requests",
        /// Contacts that were approved.
        ApprovedContacts = "approved-contacts",
        /// How often the filter paused.
        PauseCounts = "pause-counts",
    }
}

codes! {
    /// What a guardian decides.
    Decides {
        /// Whose rules hold.
        AgeBand = "age-band",
        /// Which regulator profiles hold.
        Profiles = "profiles",
        /// Who may be in contact.
        ContactApprovals = "contact-approvals",
        /// Times of milder rules.
        Relaxations = "relaxations",
        /// The PIN, and the recovery code with it.
        Pin = "pin",
    }
}

codes! {
    /// What no guardian ever sees.
    Never {
        /// Pictures.
        Pictures = "pictures",
        /// Messages.
        Messages = "messages",
        /// What the filter thinks of a picture or a person.
        Scores = "scores",
        /// Hashes of pictures.
        Hashes = "hashes",
        /// Whether help was looked for.
        HelpUsed = "help-used",
        /// What the minor wrote down.
        Journal = "journal",
    }
}

/// What is told to the minor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// What a guardian sees.
    pub sees: &'static [Sees],
    /// What a guardian decides.
    pub decides: &'static [Decides],
    /// What no guardian ever sees, whatever the band.
    pub never: &'static [Never],
}

/// What is told in an age band.
pub const fn told(band: AgeBand) -> Told {
    use Never::{Hashes, HelpUsed, Journal, Messages, Pictures, Scores};
    let sees: &'static [Sees] = match band {
        AgeBand::Under13 => {
            &[Sees::Settings, Sees::ApprovalRequests, Sees::ApprovedContacts, Sees::PauseCounts]
        }
        AgeBand::From13To15 => &[Sees::Settings, Sees::ApprovalRequests, Sees::ApprovedContacts],
        AgeBand::From16To17 => &[Sees::Settings],
        AgeBand::Adult => &[],
    };
    Told { sees, decides: decides(band), never: &[Pictures, Messages, Scores, Hashes, HelpUsed, Journal] }
}

/// What a guardian decides in an age band.
pub(super) const fn decides(band: AgeBand) -> &'static [Decides] {
    use Decides::{ContactApprovals, Pin, Profiles, Relaxations};
    match band {
        AgeBand::Under13 | AgeBand::From13To15 => {
            &[Decides::AgeBand, Profiles, ContactApprovals, Relaxations, Pin]
        }
        AgeBand::From16To17 => &[Decides::AgeBand, Profiles, Relaxations, Pin],
        AgeBand::Adult => &[],
    }
}
