//! What a message can be a sign of.

use serde::{Deserialize, Serialize};

/// Declares the signals with their names and what they have in common.
macro_rules! signals {
    ($($(#[$doc:meta])* $name:ident = $text:literal in $group:ident,)*) => {
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

            /// What it has in common with others.
            pub const fn group(self) -> Group {
                match self {
                    $(Self::$name => Group::$group,)*
                }
            }
        }
    };
}

signals! {
    /// Asking how old somebody is, or talking of it.
    AgeProbe = "age-probing" in Probe,
    /// Asking who is around, who looks at the phone, when somebody is alone.
    SupervisionProbe = "supervision-probing" in Probe,
    /// Something is to stay between the two, or to be deleted.
    Secrecy = "secrecy" in Hide,
    /// Others do not understand, are jealous, are to be left.
    Isolation = "isolation" in Hide,
    /// More praise than there is reason for.
    Flattery = "flattery" in Charm,
    /// Something for nothing, or for something.
    Gift = "gift" in Charm,
    /// Going on in another app, or where nobody looks.
    MoveElsewhere = "move-elsewhere" in Hide,
    /// Asking for a picture of somebody.
    PictureRequest = "picture-request" in Ask,
    /// An intimate picture went to the other side, or was about to: the picture guard says so, no text does.
    IntimatePicture = "intimate-picture" in Ask,
    /// Asking for a camera, a call with picture, a private stream.
    CameraRequest = "camera-request" in Ask,
    /// Talk about bodies, underwear, sex.
    Sexual = "sexual-talk" in Ask,
    /// Asking where somebody lives, learns, walks.
    LocationProbe = "location-probing" in Probe,
    /// Asking to meet, to be picked up, to come alone.
    Meeting = "meeting" in Ask,
    /// Modelling, a job, a casting.
    JobOffer = "job-offer" in Pose,
    /// Speaking as support, as somebody official, as a friend with a new account.
    Impersonation = "impersonation" in Pose,
    /// Saying that something will be shown to others.
    ShareThreat = "threat-to-share" in Threat,
    /// Knowing whom to show it to.
    Audience = "audience-leverage" in Threat,
    /// Saying that a life, a name, a future ends.
    Ruin = "ruin-framing" in Threat,
    /// Wanting money, codes, cards.
    Payment = "payment-demand" in Demand,
    /// Little time.
    Deadline = "deadline" in Demand,
    /// Blocking, leaving, telling somebody would make it worse.
    AntiEscape = "anti-escape" in Threat,
    /// Orders, tasks, rules, proofs.
    Obedience = "obedience-demand" in Demand,
    /// A link, a group, a prize.
    Lure = "lure" in Pose,
    /// Guilt, debt, love to be proved.
    Pressure = "pressure" in Demand,
    /// Asking for a password, a code.
    Credentials = "credentials" in Demand,
    /// Claiming to see through a camera, to control a device.
    DeviceClaim = "device-claim" in Threat,
    /// Words that do not fit the age that was said.
    AgeSlip = "age-slip" in Pose,
    /// The user does not want to, is afraid, has had enough.
    Distress = "distress" in Context,
    /// The user gives away a telephone number.
    GivesNumber = "gives-number" in Context,
    /// The user gives away where they live.
    GivesAddress = "gives-address" in Context,
    /// The user gives away where they learn.
    GivesSchool = "gives-school" in Context,
    /// The user gives away where they can be met.
    GivesPlace = "gives-place" in Context,
    /// Talk about such things: news, lessons, warnings.
    Topic = "topic" in Context,
    /// Somebody responsible is part of it.
    AdultPresent = "adult-present" in Context,
    /// A joke between people who know each other.
    Playful = "playful" in Context,
}

/// What signals have in common: the stages of a conversation that goes wrong, in no order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Group {
    /// Finding out who somebody is, and who looks after them.
    Probe,
    /// Away from everybody else.
    Hide,
    /// Praise and presents.
    Charm,
    /// Wanting pictures, a camera, a meeting.
    Ask,
    /// Being somebody else, or offering what there is not.
    Pose,
    /// What will happen otherwise.
    Threat,
    /// Money, obedience, at once.
    Demand,
    /// What speaks neither for nor against by itself.
    Context,
}

impl Group {
    /// Those that speak against somebody.
    pub const RISKS: [Self; 7] =
        [Self::Probe, Self::Hide, Self::Charm, Self::Ask, Self::Pose, Self::Threat, Self::Demand];
}

impl Signal {
    /// Whether it makes other signs count for less.
    pub const fn speaks_against(self) -> bool {
        matches!(self, Self::Topic | Self::AdultPresent | Self::Playful)
    }

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
