//! The decision, with its reasons and what would have changed it.

use serde::Serialize;

use super::age::{Party, are_neighbours};
use super::conditions::{Condition, Conditions};
use super::facts::{ContactError, Facts, Kind};
use super::rules::{Decision, Rules};
use crate::policy::AgeBand;

/// What may happen, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer<'a> {
    /// The caller's name for the contact.
    pub id: Option<&'a str>,
    /// What may happen.
    pub decision: Decision,
    /// Stable codes: what a regulator asks for if that decided, the rule of the table, and the conditions that made it
    /// match.
    pub reasons: Vec<&'a str>,
    /// Facts that are absent and could have changed the decision.
    pub missing: Vec<&'static str>,
    /// Which state of the rules decided.
    pub policy_version: &'a str,
    /// What to tell the user now, in codes, where a profile asks for that.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tell: Vec<&'a str>,
}

/// Decides about a contact.
///
/// # Errors
/// [`ContactError`] for facts that cannot be; then nothing is allowed.
pub fn decide<'a>(facts: &'a Facts, rules: &'a Rules) -> Result<Answer<'a>, ContactError> {
    let case = Case::read(facts, rules)?;
    let ruled = rules.decide(case.band, case.conditions, facts.kind, facts.direction);
    let mut reasons = Vec::with_capacity(8);
    reasons.extend(ruled.floor.map(|floor| floor.id.as_str()));
    match ruled.rule {
        Some(rule) => {
            reasons.push(rule.id.as_str());
            rule.reasons(case.conditions).for_each(|reason| reasons.push(reason));
        }
        None => reasons.push("no-rule"),
    }
    Ok(Answer {
        id: facts.id.as_deref(),
        decision: ruled.decision,
        reasons,
        missing: case.missing(ruled.decision),
        policy_version: rules.version(case.band),
        tell: moment(facts).map_or_else(Vec::new, |moment| rules.tell(case.band, moment)),
    })
}

/// The moment at which a user learns something, if a kind of contact is one.
fn moment(facts: &Facts) -> Option<&'static str> {
    match facts.kind {
        Kind::ConnectRequest => Some("connect-request"),
        Kind::MessageRequest => Some("message-request"),
        Kind::Message if facts.history.user.is_none() => Some("first-message"),
        Kind::LocationShare => Some("location-share"),
        _ => None,
    }
}

/// A contact as the rules see it.
struct Case<'a> {
    facts: &'a Facts,
    rules: &'a Rules,
    band: AgeBand,
    party: Party,
    conditions: Conditions,
}

impl<'a> Case<'a> {
    fn read(facts: &'a Facts, rules: &'a Rules) -> Result<Self, ContactError> {
        facts.validate()?;
        let band = facts.band(rules.band())?;
        let party = facts.peer.age.map_or(Ok(Party::Unknown), |age| age.party(facts.now))?;
        let conditions = Conditions::of_facts(facts, party, band);
        Ok(Self { facts, rules, band, party, conditions })
    }

    /// Absent facts, each of which would change the decision if it were as good, or as bad, as it can be.
    fn missing(&self, decided: Decision) -> Vec<&'static str> {
        let Facts { user, kind, direction, .. } = self.facts;
        let differs = |band: AgeBand, conditions: Conditions| {
            self.rules.decide(band, conditions, *kind, *direction).decision != decided
        };
        let mut missing = Vec::with_capacity(8);
        if user.age.is_none() && user.age_band.is_none() {
            // Facts make somebody younger than the policy says, never older.
            let bands =
                AgeBand::ALL.iter().filter(|band| self.rules.band().is_none_or(|most| **band <= most));
            let mut others = bands.map(|band| {
                let near = matches!(self.party, Party::Minor(range) if are_neighbours(range, *band));
                differs(*band, self.conditions.with(Condition::Neighbour, near))
            });
            if others.any(|differs| differs) {
                missing.push("self.age");
            }
        }
        let absent = OPTIONAL.iter().filter(|fact| (fact.is_absent)(self.facts));
        let decisive = absent.filter(|fact| {
            let changed = fact.changes.iter().map(|on| self.conditions.without(fact.instead_of).or(*on));
            changed
                .filter(|conditions| conditions.is_possible())
                .any(|conditions| differs(self.band, conditions))
        });
        missing.extend(decisive.map(|fact| fact.name));
        missing
    }
}

/// A fact that may be absent, and the conditions that it could bring.
struct Optional {
    name: &'static str,
    is_absent: fn(&Facts) -> bool,
    instead_of: Conditions,
    changes: &'static [Conditions],
}

/// A fact that brings one condition or another.
macro_rules! optional {
    ($name:literal, $is_absent:expr, $([$($condition:ident),+]),+) => {
        optional!($name, $is_absent, instead of [], $([$($condition),+]),+)
    };
    ($name:literal, $is_absent:expr, instead of [$($old:ident),*], $([$($condition:ident),+]),+) => {
        Optional {
            name: $name,
            is_absent: $is_absent,
            instead_of: Conditions::of(&[$(Condition::$old),*]),
            changes: &[$(Conditions::of(&[$(Condition::$condition),+])),+],
        }
    };
}

/// Every fact about a contact that may be absent; the user's own age is seen to apart, as it decides which table holds.
const OPTIONAL: [Optional; 12] = [
    optional!(
        "peer.age", |facts| facts.peer.age.is_none(),
        instead of [UnknownAge],
        [Minor, Neighbour], [Minor], [SaidMinor], [Adult]
    ),
    optional!("peer.ties", |facts| facts.peer.ties.is_none(), [Tied], [Tied, Household], [Tied, Approved]),
    optional!("peer.mutual_contacts", |facts| facts.peer.mutual_contacts.is_none(), [Mutual]),
    optional!("peer.account_age_days", |facts| facts.peer.account_age_days.is_none(), [YoungAccount]),
    optional!("peer.country_mismatch", |facts| facts.peer.country_mismatch.is_none(), [OtherCountry]),
    optional!("peer.reports_by_minors", |facts| facts.peer.reports_by_minors.is_none(), [Reported]),
    optional!("peer.blocks_by_minors", |facts| facts.peer.blocks_by_minors.is_none(), [BlockedByMinors]),
    optional!(
        "peer.minors_contacted_recently",
        |facts| facts.peer.minors_contacted_recently.is_none(),
        [ManyMinors]
    ),
    optional!("peer.device_banned", |facts| facts.peer.device_banned.is_none(), [Banned]),
    optional!("history.user", |facts| facts.history.user.is_none(), [Accepted], [Blocked]),
    optional!("history.guardian", |facts| facts.history.guardian.is_none(), [Approved], [Denied]),
    optional!("conversation_level", |facts| facts.conversation_level.is_none(), [Risky]),
];
