//! Many contacts at once: what a recommender proposes, and whom somebody is connected with already.

use serde::Serialize;
use serde_json::value::RawValue;

use super::decide::{Answer, decide};
use super::facts::{ContactError, Facts, Kind, UserDecision};
use super::rules::{Decision, Rules};
use crate::verdict::Direction;

/// Most contacts of one batch.
pub const MAX_BATCH: usize = 10_000;

/// Whether somebody is suggested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggested {
    /// Place of the facts in the batch.
    pub index: usize,
    /// The caller's name for the contact.
    pub id: Option<String>,
    /// Whether both may see each other as a suggestion.
    pub shown: bool,
    /// The stricter one of both ways.
    pub decision: Decision,
    /// Why; a code of [`ContactError`] for facts that cannot be.
    pub reasons: Vec<String>,
    /// Facts that are absent and could have changed that.
    pub missing: Vec<&'static str>,
}

/// What a look at an existing connection found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Audited {
    /// Place of the facts in the batch.
    pub index: usize,
    /// The caller's name for the contact.
    pub id: Option<String>,
    /// What to do about it.
    pub advice: Advice,
    /// What would be decided about a message now.
    pub decision: Decision,
    /// Why; a code of [`ContactError`] for facts that cannot be.
    pub reasons: Vec<String>,
    /// Facts that are absent and could have changed that.
    pub missing: Vec<&'static str>,
    /// Kinds of contact about which something else than `allow` would be decided.
    pub limits: Vec<(Kind, Decision)>,
}

/// What to do about a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Advice {
    /// Nothing.
    Keep,
    /// Look at it together.
    Review,
    /// End it: it would not come about today.
    End,
}

/// Reads a batch of facts from a JSON array; each is right or wrong by itself.
///
/// # Errors
/// [`ContactError::Form`] if it is no array, [`ContactError::TooMuch`] for more than [`MAX_BATCH`].
pub fn read(json: &str) -> Result<Vec<Result<Facts, ContactError>>, ContactError> {
    // Nearly always all are right, and reading them once is enough.
    if let Ok(facts) = serde_json::from_str::<Vec<Facts>>(json) {
        let is_few = facts.len() <= MAX_BATCH;
        let checked = |facts: Facts| facts.validate().map(|()| facts);
        return is_few.then(|| facts.into_iter().map(checked).collect()).ok_or(ContactError::TooMuch);
    }
    let facts: Vec<&RawValue> = serde_json::from_str(json).map_err(|_| ContactError::Form)?;
    if facts.len() > MAX_BATCH {
        return Err(ContactError::TooMuch);
    }
    Ok(facts.into_iter().map(|facts| Facts::from_json(facts.get())).collect())
}

/// What is left of a recommender's output: whoever either side must not see is not shown. The kind of the facts is taken
/// to be a suggestion, and both ways are asked about. Answers are in the order of the facts.
///
/// # Errors
/// [`ContactError::TooMuch`] for more than [`MAX_BATCH`].
pub fn filter_suggestions(
    facts: Vec<Result<Facts, ContactError>>,
    rules: &Rules,
) -> Result<Vec<Suggested>, ContactError> {
    each(
        facts,
        |index, facts| {
            let facts = Facts { kind: Kind::Suggestion, ..facts };
            let other = Facts { direction: facts.direction.reverse(), ..facts.clone() };
            let (one, other) = (decide(&facts, rules)?, decide(&other, rules)?);
            let Answer { decision, reasons, missing, .. } =
                if other.decision > one.decision { other } else { one };
            let shown = matches!(decision, Decision::Allow | Decision::Confirm);
            Ok(Suggested { index, id: facts.id.clone(), shown, decision, reasons: owned(&reasons), missing })
        },
        |index, reason| Suggested {
            index,
            id: None,
            shown: false,
            decision: Decision::Hide,
            reasons: vec![reason],
            missing: Vec::new(),
        },
    )
}

/// A look at everybody whom somebody is connected with: would it come about today? Where facts do not say what the user
/// decided, they are taken to have let the other side in, since that is how connections come about. The worst come first.
///
/// # Errors
/// [`ContactError::TooMuch`] for more than [`MAX_BATCH`].
pub fn audit_connections(
    facts: Vec<Result<Facts, ContactError>>,
    rules: &Rules,
) -> Result<Vec<Audited>, ContactError> {
    let mut audited = each(
        facts,
        |index, mut facts| {
            facts.history.user.get_or_insert(UserDecision::Accepted);
            facts.direction = Direction::Incoming;
            let mut limits = Vec::new();
            for kind in Kind::ALL {
                let facts = Facts { kind, ..facts.clone() };
                let decision = decide(&facts, rules)?.decision;
                if decision != Decision::Allow {
                    limits.push((kind, decision));
                }
            }
            facts.kind = Kind::Message;
            let Answer { decision, reasons, missing, .. } = decide(&facts, rules)?;
            let advice = match decision {
                Decision::Allow => Advice::Keep,
                Decision::Confirm | Decision::Quarantine | Decision::AskGuardian => Advice::Review,
                Decision::Hide | Decision::Block => Advice::End,
            };
            Ok(Audited {
                index,
                id: facts.id.clone(),
                advice,
                decision,
                reasons: owned(&reasons),
                missing,
                limits,
            })
        },
        |index, reason| Audited {
            index,
            id: None,
            advice: Advice::Review,
            decision: Decision::Block,
            reasons: vec![reason],
            missing: Vec::new(),
            limits: Vec::new(),
        },
    )?;
    audited.sort_by_key(|audited| core::cmp::Reverse((audited.advice, audited.decision)));
    Ok(audited)
}

fn each<T>(
    facts: Vec<Result<Facts, ContactError>>,
    answer: impl Fn(usize, Facts) -> Result<T, ContactError>,
    refused: impl Fn(usize, String) -> T,
) -> Result<Vec<T>, ContactError> {
    if facts.len() > MAX_BATCH {
        return Err(ContactError::TooMuch);
    }
    let answered =
        facts.into_iter().enumerate().map(|(i, facts)| (i, facts.and_then(|facts| answer(i, facts))));
    Ok(answered.map(|(i, answer)| answer.unwrap_or_else(|error| refused(i, error.code().into()))).collect())
}

fn owned(reasons: &[&str]) -> Vec<String> {
    reasons.iter().map(|reason| String::from(*reason)).collect()
}
