//! What a message can be a sign of.

use serde::{Deserialize, Serialize};

/// Declares the signals with their names.
macro_rules! signals {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Something that a message is a sign of.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Signal {
            $($(#[$doc])* $name,)*
        }

        impl Signal {
            /// All.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Stable name, also as a reason.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

signals! {
    /// Asking how old somebody is, or talking of it.
    AgeProbe = "age-probing",
    /// Asking who is around, who looks at the phone, when somebody is alone.
    SupervisionProbe = "supervision-probing",
    /// Something is to stay between the two, or to be deleted.
    Secrecy = "secrecy",
    /// Others do not understand, are jealous, are to be left.
    Isolation = "isolation",
    /// More praise than there is reason for.
    Flattery = "flattery",
    /// Something for nothing, or for something.
    Gift = "gift",
    /// Going on in another app, or where nobody looks.
    MoveElsewhere = "move-elsewhere",
    /// Asking for a picture of somebody.
    PictureRequest = "picture-request",
    /// Asking for a camera, a call with picture, a private stream.
    CameraRequest = "camera-request",
    /// Talk about bodies, underwear, sex.
    Sexual = "sexual-talk",
    /// Asking where somebody lives, learns, walks.
    LocationProbe = "location-probing",
    /// Asking to meet, to be picked up, to come alone.
    Meeting = "meeting",
    /// Modelling, a job, a casting.
    JobOffer = "job-offer",
    /// Speaking as support, as somebody official, as a friend with a new account.
    Impersonation = "impersonation",
    /// Saying that something will be shown to others.
    ShareThreat = "threat-to-share",
    /// Knowing whom to show it to.
    Audience = "audience-leverage",
    /// Saying that a life, a name, a future ends.
    Ruin = "ruin-framing",
    /// Wanting money, codes, cards.
    Payment = "payment-demand",
    /// Little time.
    Deadline = "deadline",
    /// Blocking, leaving, telling somebody would make it worse.
    AntiEscape = "anti-escape",
    /// Orders, tasks, rules, proofs.
    Obedience = "obedience-demand",
    /// A link, a group, a prize.
    Lure = "lure",
    /// Guilt, debt, love to be proved.
    Pressure = "pressure",
    /// Asking for a password, a code.
    Credentials = "credentials",
    /// Claiming to see through a camera, to control a device.
    DeviceClaim = "device-claim",
    /// Words that do not fit the age that was said.
    AgeSlip = "age-slip",
    /// The user does not want to, is afraid, has had enough.
    Distress = "distress",
    /// The user gives away a number, an address, a school.
    GivesDetails = "gives-details",
    /// Talk about such things: news, lessons, warnings.
    Topic = "topic",
    /// Somebody responsible is part of it.
    AdultPresent = "adult-present",
    /// A joke between people who know each other.
    Playful = "playful",
}

impl Signal {
    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|signal| signal.name() == name)
    }
}

/// How much a rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Everyday talk says the same.
    Weak,
    /// Not often said otherwise.
    Plain,
    /// Hardly ever said otherwise.
    Strong,
}

/// Whose message a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// The other side's.
    Peer,
    /// The user's own.
    User,
    /// Either's.
    Any,
}

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Speaker {
    /// The other side.
    Peer,
    /// The user.
    #[serde(rename = "self")]
    User,
}

impl From {
    /// Whether a speaker's messages are looked at.
    pub fn includes(self, speaker: Speaker) -> bool {
        match self {
            Self::Peer => speaker == Speaker::Peer,
            Self::User => speaker == Speaker::User,
            Self::Any => true,
        }
    }
}
