//! The decision, with its reasons and what would have changed it.

use serde::Serialize;

use super::age::{AgeEvidence, Level as Sureness, Method};
use super::conditions::Conditions;
use super::facts::{ContactError, Facts, GuardianDecision, History, Level, Peer, Tie, UserDecision};
use super::rules::{Decision, Rules};
use crate::policy::AgeBand;

/// What may happen, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The caller's name for the contact.
    pub id: Option<String>,
    /// What may happen.
    pub decision: Decision,
    /// Stable codes: the rule that decided, and the conditions that made it match.
    pub reasons: Vec<String>,
    /// Facts that are absent and could have changed the decision.
    pub missing: Vec<&'static str>,
    /// Which state of the rules decided.
    pub policy_version: String,
}

/// Decides about a contact.
///
/// # Errors
/// [`ContactError`] for facts that cannot be; then nothing is allowed.
pub fn decide(facts: &Facts, rules: &Rules) -> Result<Answer, ContactError> {
    facts.validate()?;
    let band = facts.band()?;
    let conditions = Conditions::of_facts(facts, band)?;
    let (decision, reasons) = match rules.of(band).iter().find(|rule| rule.matches(conditions)) {
        Some(rule) => {
            let mut reasons = vec![rule.id.clone()];
            reasons.extend(rule.reasons(conditions).map(String::from));
            (rule.decision(facts.kind, facts.direction), reasons)
        }
        // Tables without gaps have a rule for everybody.
        None => (Decision::Block, vec!["no-rule".into()]),
    };
    let missing = missing(facts, rules, decision);
    let policy_version = rules.version().into();
    Ok(Answer { id: facts.id.clone(), decision, reasons, missing, policy_version })
}

/// The decision alone; facts that cannot be are blocked.
fn decision(facts: &Facts, rules: &Rules) -> Decision {
    let decided = facts.band().and_then(|band| {
        let conditions = Conditions::of_facts(facts, band)?;
        let rule = rules.of(band).iter().find(|rule| rule.matches(conditions));
        Ok(rule.map_or(Decision::Block, |rule| rule.decision(facts.kind, facts.direction)))
    });
    decided.unwrap_or(Decision::Block)
}

/// Absent facts, each of which would change the decision if it were as good, or as bad, as it can be.
fn missing(facts: &Facts, rules: &Rules, decided: Decision) -> Vec<&'static str> {
    let age = |range| {
        Some(AgeEvidence { range, method: Method::Verified, level: Sureness::Strict, checked_at: None })
    };
    let peer = |change: &dyn Fn(&mut Peer)| {
        let mut facts = facts.clone();
        change(&mut facts.peer);
        facts
    };
    let history = |change: &dyn Fn(&mut History)| {
        let mut facts = facts.clone();
        change(&mut facts.history);
        facts
    };
    let Facts { user, peer: known, history: before, conversation_level, .. } = facts;
    let mut missing = Vec::new();
    let mut ask = |name, is_absent: bool, variants: Vec<Facts>| {
        if is_absent && variants.iter().any(|facts| decision(facts, rules) != decided) {
            missing.push(name);
        }
    };
    if user.age.is_none() && user.age_band.is_none() {
        let bands = [AgeBand::From13To15, AgeBand::From16To17, AgeBand::Adult].map(|band| {
            let mut facts = facts.clone();
            facts.user.age_band = Some(band);
            facts
        });
        ask("self.age", true, bands.into());
    }
    let ages = [[5, 9], [13, 13], [16, 16], [40, 40]].map(|range| peer(&|peer| peer.age = age(range)));
    ask("peer.age", known.age.is_none(), ages.into());
    let ties = [Tie::Contacts, Tie::Household].map(|tie| peer(&|peer| peer.ties = Some(vec![tie])));
    ask("peer.ties", known.ties.is_none(), ties.into());
    ask(
        "peer.mutual_contacts",
        known.mutual_contacts.is_none(),
        vec![peer(&|p| p.mutual_contacts = Some(9))],
    );
    ask(
        "peer.account_age_days",
        known.account_age_days.is_none(),
        vec![peer(&|p| p.account_age_days = Some(0))],
    );
    ask(
        "peer.country_mismatch",
        known.country_mismatch.is_none(),
        vec![peer(&|p| p.country_mismatch = Some(true))],
    );
    ask(
        "peer.reports_by_minors",
        known.reports_by_minors.is_none(),
        vec![peer(&|p| p.reports_by_minors = Some(9))],
    );
    ask(
        "peer.blocks_by_minors",
        known.blocks_by_minors.is_none(),
        vec![peer(&|p| p.blocks_by_minors = Some(9))],
    );
    ask(
        "peer.minors_contacted_recently",
        known.minors_contacted_recently.is_none(),
        vec![peer(&|p| p.minors_contacted_recently = Some(99))],
    );
    ask("peer.device_banned", known.device_banned.is_none(), vec![peer(&|p| p.device_banned = Some(true))]);
    let user = [UserDecision::Accepted, UserDecision::Blocked].map(|by| history(&|h| h.user = Some(by)));
    ask("history.user", before.user.is_none(), user.into());
    let guardian =
        [GuardianDecision::Approved, GuardianDecision::Denied].map(|by| history(&|h| h.guardian = Some(by)));
    ask("history.guardian", before.guardian.is_none(), guardian.into());
    let risky = Facts { conversation_level: Some(Level::Warn), ..facts.clone() };
    ask("conversation_level", conversation_level.is_none(), vec![risky]);
    missing
}
