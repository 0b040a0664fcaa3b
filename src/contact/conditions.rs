//! The facts as the rules see them: conditions, each true or not.

use super::age::{Party, are_neighbours};
use super::facts::{Facts, GuardianDecision, Level, Tie, UserDecision};
use crate::policy::AgeBand;

/// Minors contacted in the last days from which on that is a sign of danger: more than a class mate's new friends.
const MANY_MINORS: u32 = 5;
/// Age of an account, in days, below which it is one: made for a purpose, most of them are gone within a month.
const YOUNG_ACCOUNT: u32 = 30;

/// Declares the conditions with their names.
macro_rules! conditions {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Something that rules ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Condition {
            $($(#[$doc])* $name,)*
        }

        impl Condition {
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

conditions! {
    /// The user has blocked the other side.
    Blocked = "blocked-by-user",
    /// A guardian has said no.
    Denied = "denied-by-guardian",
    /// The device was banned before.
    Banned = "device-banned",
    /// A guardian has said yes.
    Approved = "approved-by-guardian",
    /// The user has let the other side in before.
    Accepted = "accepted-by-user",
    /// The same household.
    Household = "same-household",
    /// Some verified tie.
    Tied = "tie",
    /// Contacts that both share.
    Mutual = "mutual-contacts",
    /// An adult.
    Adult = "adult",
    /// Perhaps an adult.
    UnknownAge = "age-unknown",
    /// Said to be a minor.
    SaidMinor = "age-not-verified",
    /// A minor.
    Minor = "minor",
    /// A minor of the user's band or one beside it.
    Neighbour = "minor-of-near-age",
    /// Minors have reported the other side.
    Reported = "reported-by-minors",
    /// Minors have blocked the other side.
    BlockedByMinors = "blocked-by-minors",
    /// Many minors were written to.
    ManyMinors = "many-minors-contacted",
    /// The account is new.
    YoungAccount = "young-account",
    /// Another country.
    OtherCountry = "other-country",
    /// The conversation is at `caution` or `warn`.
    Risky = "conversation-risk",
}

/// The signs of danger among the conditions.
pub const DANGERS: [Condition; 5] = [
    Condition::Reported,
    Condition::BlockedByMinors,
    Condition::ManyMinors,
    Condition::YoungAccount,
    Condition::OtherCountry,
];

/// Conditions that hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Conditions(u32);

impl Conditions {
    /// Every one, which no contact has.
    pub const EVERY: Self = Self(u32::MAX);

    /// Of every contact that there can be.
    pub fn possible() -> impl Iterator<Item = Self> {
        (0..1 << Condition::ALL.len()).map(Self).filter(|conditions| conditions.is_possible())
    }

    /// These.
    pub const fn of(conditions: &[Condition]) -> Self {
        let mut all = Self(0);
        let mut rest = conditions;
        while let [first, others @ ..] = rest {
            all = all.with(*first, true);
            rest = others;
        }
        all
    }

    /// With this one as given.
    pub const fn with(self, condition: Condition, holds: bool) -> Self {
        let bit = 1 << condition as u8;
        Self(if holds { self.0 | bit } else { self.0 & !bit })
    }

    /// Whether it holds.
    pub const fn has(self, condition: Condition) -> bool {
        self.0 & 1 << condition as u8 != 0
    }

    /// Whether all of these hold.
    pub const fn has_all(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// Whether some of these hold.
    pub const fn has_some(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// Whether none is named.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those that hold here and there.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Those that hold here or there.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those that hold here but not there.
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Those that hold.
    pub fn iter(self) -> impl Iterator<Item = Condition> {
        Condition::ALL.iter().copied().filter(move |condition| self.has(*condition))
    }

    /// What follows from facts, for a user of that band and somebody who is taken for that.
    pub fn of_facts(facts: &Facts, party: Party, band: AgeBand) -> Self {
        let Facts { peer, history, .. } = facts;
        let ties = peer.ties.as_deref().unwrap_or_default();
        let some = |count: Option<u32>, least: u32| count.is_some_and(|count| count >= least);
        let near = matches!(party, Party::Minor(range) if are_neighbours(range, band));
        let approved = history.guardian == Some(GuardianDecision::Approved) || ties.contains(&Tie::Guardian);
        let holds = |condition| match condition {
            Condition::Blocked => history.user == Some(UserDecision::Blocked),
            Condition::Denied => history.guardian == Some(GuardianDecision::Denied),
            Condition::Banned => peer.device_banned == Some(true),
            Condition::Approved => approved,
            Condition::Accepted => history.user == Some(UserDecision::Accepted),
            Condition::Household => ties.contains(&Tie::Household),
            Condition::Tied => !ties.is_empty(),
            Condition::Mutual => some(peer.mutual_contacts, 1),
            Condition::Adult => party == Party::Adult,
            Condition::UnknownAge => party == Party::Unknown,
            Condition::SaidMinor => party == Party::SaidMinor,
            Condition::Minor => matches!(party, Party::Minor(_)),
            Condition::Neighbour => near,
            Condition::Reported => some(peer.reports_by_minors, 1),
            Condition::BlockedByMinors => some(peer.blocks_by_minors, 1),
            Condition::ManyMinors => some(peer.minors_contacted_recently, MANY_MINORS),
            Condition::YoungAccount => peer.account_age_days.is_some_and(|days| days < YOUNG_ACCOUNT),
            Condition::OtherCountry => peer.country_mismatch == Some(true),
            Condition::Risky => facts.conversation_level >= Some(Level::Caution),
        };
        Condition::ALL.iter().fold(Self::default(), |all, condition| all.with(*condition, holds(*condition)))
    }

    /// Whether facts can be like this: one kind of party, nobody near in age who is no minor, no household without a tie,
    /// not accepted and blocked at once.
    pub const fn is_possible(self) -> bool {
        const PARTY: Conditions = Conditions::of(&[
            Condition::Adult,
            Condition::UnknownAge,
            Condition::SaidMinor,
            Condition::Minor,
        ]);
        (self.0 & PARTY.0).count_ones() == 1
            && (self.has(Condition::Minor) || !self.has(Condition::Neighbour))
            && (self.has(Condition::Tied) || !self.has(Condition::Household))
            && !(self.has(Condition::Accepted) && self.has(Condition::Blocked))
            && !(self.has(Condition::Approved) && self.has(Condition::Denied))
    }
}
