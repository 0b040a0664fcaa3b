//! What a conversation looks like, and what helps then. In codes: the words are the app's, or come with the package's
//! pages.

use serde::Serialize;

use super::judge::Score;
use super::signal::Signal;

/// What a conversation looks like most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pattern {
    /// A threat to show something, for money or more pictures.
    Sextortion,
    /// Control over somebody's life, by somebody near or far.
    Coercion,
    /// Pictures or a camera are asked for.
    PictureRequest,
    /// Trust is being made for something that nobody else is to know of.
    Grooming,
    /// A meeting, or the way to one.
    Meeting,
    /// Somebody who is not who they say, after a password or a code.
    Impersonation,
    /// An offer that is none: presents, jobs, groups, links.
    FalseOffer,
}

impl Pattern {
    /// All; of two that a conversation looks like as much, the first is said.
    pub const ALL: [Self; 7] = [
        Self::Sextortion,
        Self::Coercion,
        Self::PictureRequest,
        Self::Grooming,
        Self::Meeting,
        Self::Impersonation,
        Self::FalseOffer,
    ];

    /// What speaks for it.
    const fn signals(self) -> &'static [Signal] {
        use Signal as S;
        match self {
            Self::Sextortion => &[
                S::ShareThreat,
                S::Audience,
                S::Ruin,
                S::Payment,
                S::Deadline,
                S::AntiEscape,
                S::DeviceClaim,
            ],
            Self::Coercion => &[S::Obedience, S::Pressure],
            Self::PictureRequest => &[S::PictureRequest, S::CameraRequest, S::IntimatePicture],
            Self::Grooming => &[
                S::Secrecy,
                S::Isolation,
                S::AgeProbe,
                S::SupervisionProbe,
                S::Flattery,
                S::Sexual,
                S::MoveElsewhere,
                S::AgeSlip,
            ],
            Self::Meeting => &[S::Meeting, S::LocationProbe],
            Self::Impersonation => &[S::Impersonation, S::Credentials],
            Self::FalseOffer => &[S::Gift, S::JobOffer, S::Lure],
        }
    }

    /// What a conversation looks like most, if like anything.
    pub fn of(score: &Score) -> Option<Self> {
        let weight = |pattern: &Self| {
            pattern.signals().iter().map(|signal| score.of[*signal as usize].max(0)).sum::<i32>()
        };
        // The last of equal ones would be taken.
        let most = Self::ALL.into_iter().rev().max_by_key(weight)?;
        (weight(&most) > 0).then_some(most)
    }

    /// What helps, the most urgent first.
    pub const fn advice(self) -> &'static [Advice] {
        use Advice as A;
        match self {
            Self::Sextortion => &[
                A::NotYourFault,
                A::DoNotPay,
                A::StopReplying,
                A::KeepMessages,
                A::TellSomeone,
                A::RemovalServices,
                A::BlockAndReport,
            ],
            Self::Coercion => &[A::NotYourFault, A::YouMaySayNo, A::TellSomeone, A::KeepMessages, A::GetHelp],
            Self::PictureRequest => &[A::YouMaySayNo, A::DoNotSend, A::TellSomeone, A::BlockAndReport],
            Self::Grooming => &[A::YouMaySayNo, A::NoSecrets, A::TellSomeone, A::BlockAndReport],
            Self::Meeting => &[A::DoNotMeetAlone, A::KeepDetails, A::TellSomeone, A::BlockAndReport],
            Self::Impersonation => &[A::CheckWho, A::KeepCodes, A::TellSomeone, A::BlockAndReport],
            Self::FalseOffer => &[A::CheckWho, A::NothingForFree, A::TellSomeone, A::BlockAndReport],
        }
    }
}

/// What helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Advice {
    /// Whoever threatens is to blame.
    NotYourFault,
    /// Paying does not make it stop.
    DoNotPay,
    /// Stop answering.
    StopReplying,
    /// Keep the messages, they are evidence.
    KeepMessages,
    /// Tell somebody whom you trust.
    TellSomeone,
    /// There are services that keep pictures from being spread.
    RemovalServices,
    /// Block and report.
    BlockAndReport,
    /// Nobody has to do this.
    YouMaySayNo,
    /// Send nothing now.
    DoNotSend,
    /// Who asks for secrets has a reason.
    NoSecrets,
    /// Not alone, not without somebody knowing.
    DoNotMeetAlone,
    /// Keep number, address and school to yourself.
    KeepDetails,
    /// Ask on another way whether it is really they.
    CheckWho,
    /// Passwords and codes are for nobody.
    KeepCodes,
    /// What costs nothing costs something else.
    NothingForFree,
    /// A helpline listens.
    GetHelp,
}
