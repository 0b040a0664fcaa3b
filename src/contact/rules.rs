//! The table of an age band, as data: rules in their order, of which the first that matches decides.
//!
//! The default tables are in `rules.json`; which deployed policies and clauses they follow stands with each rule. A table
//! is checked when it is read: every contact that there can be must meet a rule, and every rule a contact.

use core::fmt;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::conditions::{Condition, Conditions, DANGERS};
use super::facts::Kind;
use crate::policy::AgeBand;
use crate::verdict::Direction;

const DEFAULTS: &str = include_str!("rules.json");

/// What may happen, from mild to strict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// It may.
    Allow,
    /// The user is asked first.
    Confirm,
    /// Kept apart, without a preview and without a sound, where the user may look when they like.
    Quarantine,
    /// A guardian is asked first.
    AskGuardian,
    /// Not shown.
    Hide,
    /// It may not.
    Block,
}

/// Why rules were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RulesError {
    /// Not JSON of a table's form, or a condition that there is not.
    Form,
    /// A rule that asks for what it excludes.
    Contradiction,
    /// A rule that is never reached: others before it take all that it would.
    Shadowed,
    /// A contact for which there is no rule.
    Gap,
    /// No table for a band, or two.
    Bands,
}

impl RulesError {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Form => "rules/form",
            Self::Contradiction => "rules/contradiction",
            Self::Shadowed => "rules/shadowed",
            Self::Gap => "rules/gap",
            Self::Bands => "rules/bands",
        }
    }
}

impl fmt::Display for RulesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl core::error::Error for RulesError {}

/// The tables of all bands.
#[derive(Clone, Debug)]
pub struct Rules {
    version: String,
    tables: Vec<(AgeBand, Vec<Rule>)>,
}

/// One rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name in its table.
    pub id: String,
    all: Conditions,
    any: Vec<Conditions>,
    none: Conditions,
    incoming: [Decision; Kind::ALL.len()],
    outgoing: [Decision; Kind::ALL.len()],
    /// Whose demands it meets, such as `ofcom-icu-f1`.
    pub clauses: Vec<String>,
}

impl Rules {
    /// The default tables.
    ///
    /// # Errors
    /// Never, as they are part of the crate and tested; the type says so that no panic is needed.
    pub fn defaults() -> Result<Self, RulesError> {
        // That they pass the check, a test knows.
        Self::read(DEFAULTS, false)
    }

    /// Reads tables from JSON and checks them.
    ///
    /// # Errors
    /// [`RulesError`] says what is wrong with them.
    pub fn from_json(json: &str) -> Result<Self, RulesError> {
        Self::read(json, true)
    }

    fn read(json: &str, is_checked: bool) -> Result<Self, RulesError> {
        let File { version, tables } = serde_json::from_str(json).map_err(|_| RulesError::Form)?;
        let bands = [AgeBand::Under13, AgeBand::From13To15, AgeBand::From16To17, AgeBand::Adult];
        let told: Vec<AgeBand> = tables.iter().map(|table| table.age_band).collect();
        if told.len() != bands.len() || !bands.iter().all(|band| told.contains(band)) {
            return Err(RulesError::Bands);
        }
        let tables: Result<Vec<_>, RulesError> = tables
            .into_iter()
            .map(|table| {
                let rules: Result<Vec<Rule>, _> = table.rules.into_iter().map(Rule::read).collect();
                let rules = rules?;
                if is_checked {
                    check(&rules)?;
                }
                Ok((table.age_band, rules))
            })
            .collect();
        Ok(Self { version, tables: tables? })
    }

    /// Names this state of the tables.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The rules of a band, in their order.
    pub fn of(&self, band: AgeBand) -> &[Rule] {
        self.tables.iter().find(|(of, _)| *of == band).map_or(&[], |(_, rules)| rules)
    }
}

impl Rule {
    fn read(form: RuleForm) -> Result<Self, RulesError> {
        let When { all, any, none } = form.when;
        let incoming = form.then.by_kind(None)?;
        let outgoing = match form.then_outgoing {
            None => incoming,
            Some(then) => then.by_kind(Some(&incoming))?,
        };
        let rule = Self {
            id: form.id,
            all: named(&all)?,
            any: any.iter().map(|any| named(any)).collect::<Result<_, _>>()?,
            none: named(&none)?,
            incoming,
            outgoing,
            clauses: form.clauses,
        };
        let asks_for_none = rule.any.iter().any(|any| any.is_empty());
        if rule.all.has_some(rule.none) || asks_for_none { Err(RulesError::Contradiction) } else { Ok(rule) }
    }

    /// Whether the rule is for contacts like this.
    pub fn matches(&self, conditions: Conditions) -> bool {
        conditions.has_all(self.all)
            && !conditions.has_some(self.none)
            && self.any.iter().all(|any| conditions.has_some(*any))
    }

    /// What it says.
    pub fn decision(&self, kind: Kind, direction: Direction) -> Decision {
        let table = match direction {
            Direction::Incoming => &self.incoming,
            Direction::Outgoing => &self.outgoing,
        };
        Kind::ALL
            .iter()
            .zip(table)
            .find(|(of, _)| **of == kind)
            .map_or(Decision::Block, |(_, decision)| *decision)
    }

    /// The conditions that made it match, in words that stay.
    pub fn reasons(&self, conditions: Conditions) -> impl Iterator<Item = &'static str> {
        let asked = |condition: &Condition| {
            let one = Conditions::of(&[*condition]);
            self.all.has_some(one) || self.any.iter().any(|any| any.has_some(one))
        };
        conditions.iter().filter(asked).map(Condition::name).collect::<Vec<_>>().into_iter()
    }
}

/// Goes through every contact that there can be. The signs of danger are interchangeable for all that rules can ask of
/// them one by one or together, but are gone through as well: there are half a million cases, and they take milliseconds.
fn check(rules: &[Rule]) -> Result<(), RulesError> {
    let mut reached = vec![false; rules.len()];
    for bits in 0..1u32 << Condition::ALL.len() {
        let conditions = Condition::ALL
            .iter()
            .enumerate()
            .fold(Conditions::default(), |all, (i, condition)| all.with(*condition, bits >> i & 1 == 1));
        if !conditions.is_possible() {
            continue;
        }
        let first = rules.iter().position(|rule| rule.matches(conditions)).ok_or(RulesError::Gap)?;
        reached[first] = true;
    }
    if reached.iter().all(|reached| *reached) { Ok(()) } else { Err(RulesError::Shadowed) }
}

/// Conditions by name; `danger` is any of the signs of danger.
fn named(names: &[String]) -> Result<Conditions, RulesError> {
    let mut conditions = Conditions::default();
    for name in names {
        if name == "danger" {
            conditions = DANGERS.iter().fold(conditions, |all, danger| all.with(*danger, true));
            continue;
        }
        let condition =
            Condition::ALL.iter().find(|condition| condition.name() == name).ok_or(RulesError::Form)?;
        conditions = conditions.with(*condition, true);
    }
    Ok(conditions)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: String,
    tables: Vec<TableForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableForm {
    age_band: AgeBand,
    rules: Vec<RuleForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleForm {
    id: String,
    when: When,
    then: Then,
    #[serde(default)]
    then_outgoing: Option<Then>,
    #[serde(default)]
    clauses: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct When {
    /// All of these hold.
    all: Vec<String>,
    /// Of each group, at least one holds.
    any: Vec<Vec<String>>,
    /// None of these holds.
    none: Vec<String>,
}

/// Decisions by kind; `others` for those that are not named.
#[derive(Deserialize)]
struct Then(BTreeMap<Named, Decision>);

#[derive(Clone, Copy, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(untagged)]
enum Named {
    Kind(Kind),
    Others(Others),
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
enum Others {
    Others,
}

impl Then {
    fn by_kind(
        &self,
        otherwise: Option<&[Decision; Kind::ALL.len()]>,
    ) -> Result<[Decision; Kind::ALL.len()], RulesError> {
        let others = self.0.get(&Named::Others(Others::Others));
        let mut decisions = [Decision::Block; Kind::ALL.len()];
        for (i, kind) in Kind::ALL.iter().enumerate() {
            let told = self.0.get(&Named::Kind(*kind)).or(others);
            decisions[i] = *told.or(otherwise.map(|otherwise| &otherwise[i])).ok_or(RulesError::Form)?;
        }
        Ok(decisions)
    }
}
