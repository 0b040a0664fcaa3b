//! The table of an age band, as data: rules in their order, of which the first that matches decides.
//!
//! The default tables are in `policy/presets/contact.json`. A table is checked when it is read: every contact that there
//! can be must meet a rule, and every rule a contact. What a regulator asks for lies over the tables as floors
//! ([`crate::policy::profile`]): decisions become stricter by them, never milder.

use core::fmt;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::conditions::{Condition, Conditions, DANGERS};
use super::facts::Kind;
use crate::policy::profile::{Profile, Tell};
use crate::policy::{AgeBand, Policy};
use crate::verdict::Direction;

const DEFAULTS: &str = include_str!("../policy/presets/contact.json");
/// Most rules of a table.
const MAX_RULES: usize = 64;
/// Most groups of which a rule asks for one each.
const MAX_ANY: usize = 4;
/// Longest name of a rule, in bytes.
const MAX_ID: usize = 64;

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
    /// More than 64 rules, or a rule with more than four groups, or two rules of one name.
    TooMuch,
}

impl RulesError {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Form => "rules/form",
            Self::Contradiction => "rules/contradiction",
            Self::Shadowed => "rules/shadowed",
            Self::Gap => "rules/gap",
            Self::TooMuch => "rules/too-much",
        }
    }
}

impl fmt::Display for RulesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl core::error::Error for RulesError {}

/// The table of an age band.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(into = "Vec<RuleForm>")]
pub struct Table(Vec<Rule>);

/// One rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its name in its table.
    pub id: String,
    when: When,
    incoming: [Decision; Kind::ALL.len()],
    outgoing: [Decision; Kind::ALL.len()],
    form: RuleForm,
}

/// What a rule asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    all: Conditions,
    none: Conditions,
    any: [Conditions; MAX_ANY],
}

/// What was decided, and why.
#[derive(Clone, Copy, Debug)]
pub struct Ruled<'r> {
    /// What may happen.
    pub decision: Decision,
    /// The rule of the table.
    pub rule: Option<&'r Rule>,
    /// What a regulator asks for, where that is stricter.
    pub floor: Option<&'r Floor>,
}

/// A decision that a regulator does not want to see undercut.
#[derive(Clone, Debug, PartialEq)]
pub struct Floor {
    /// Its name, as a reason.
    pub id: String,
    bands: Vec<AgeBand>,
    kinds: Vec<Kind>,
    directions: Vec<Direction>,
    when: When,
    at_least: Decision,
}

/// The tables of all bands, and what lies over them.
#[derive(Clone, Debug)]
pub struct Rules {
    band: Option<AgeBand>,
    tables: [Table; 4],
    versions: [String; 4],
    floors: Vec<Floor>,
    tells: Vec<(Vec<AgeBand>, Tell)>,
}

impl Table {
    /// The default table of a band.
    ///
    /// # Errors
    /// Never, as they are part of the crate and tested; the type says so that no panic is needed.
    pub fn preset(band: AgeBand) -> Result<Self, RulesError> {
        let tables: Vec<Preset> = serde_json::from_str(DEFAULTS).map_err(|_| RulesError::Form)?;
        let of_band = tables.into_iter().find(|table| table.age_band == band).ok_or(RulesError::Gap)?;
        // That it passes the check, a test knows.
        Self::compile(of_band.rules)
    }

    /// Reads a table and checks it.
    ///
    /// # Errors
    /// [`RulesError`] says what is wrong with it.
    pub fn read(rules: Vec<RuleForm>) -> Result<Self, RulesError> {
        let table = Self::compile(rules)?;
        table.check()?;
        Ok(table)
    }

    /// The rules in their order.
    pub fn rules(&self) -> &[Rule] {
        &self.0
    }

    fn compile(rules: Vec<RuleForm>) -> Result<Self, RulesError> {
        let rules: Vec<Rule> = rules.into_iter().map(Rule::read).collect::<Result<_, _>>()?;
        let is_twice = |i: usize| rules[..i].iter().any(|other| other.id == rules[i].id);
        if rules.len() > MAX_RULES || (0..rules.len()).any(is_twice) {
            return Err(RulesError::TooMuch);
        }
        Ok(Self(rules))
    }

    /// Goes through every contact that there can be. There are half a million, and it takes milliseconds.
    fn check(&self) -> Result<(), RulesError> {
        let mut reached = vec![false; self.0.len()];
        for conditions in Conditions::possible() {
            let first =
                self.0.iter().position(|rule| rule.when.matches(conditions)).ok_or(RulesError::Gap)?;
            reached[first] = true;
        }
        if reached.iter().all(|reached| *reached) { Ok(()) } else { Err(RulesError::Shadowed) }
    }
}

impl From<Table> for Vec<RuleForm> {
    fn from(table: Table) -> Self {
        table.0.into_iter().map(|rule| rule.form).collect()
    }
}

impl Rules {
    /// The default tables.
    ///
    /// # Errors
    /// Never, as they are part of the crate and tested; the type says so that no panic is needed.
    pub fn defaults() -> Result<Self, RulesError> {
        let tables: Vec<Preset> = serde_json::from_str(DEFAULTS).map_err(|_| RulesError::Form)?;
        let mut presets = AgeBand::ALL.map(|band| tables.iter().find(|table| table.age_band == band));
        let mut table = |i: usize| -> Result<(Table, String), RulesError> {
            let Preset { version, rules, .. } = presets[i].take().ok_or(RulesError::Gap)?;
            Ok((Table::compile(rules.clone())?, version.clone()))
        };
        let [(a, va), (b, vb), (c, vc), (d, vd)] = [table(0)?, table(1)?, table(2)?, table(3)?];
        let (tables, versions) = ([a, b, c, d], [va, vb, vc, vd]);
        Ok(Self { band: None, tables, versions, floors: Vec::new(), tells: Vec::new() })
    }

    /// The default tables with a policy's own for its band. Its band is the user's where facts say nothing or an older
    /// one.
    ///
    /// # Errors
    /// As [`Self::defaults`].
    pub fn of_policy(policy: &Policy) -> Result<Self, RulesError> {
        let mut rules = Self::defaults()?;
        let place = policy.age_band as usize;
        rules.band = Some(policy.age_band);
        rules.tables[place] = policy.contact.clone();
        rules.versions[place].clone_from(&policy.version);
        Ok(rules)
    }

    /// The same with a profile over it.
    #[must_use]
    pub fn under(mut self, profile: &Profile) -> Self {
        self.floors.extend(profile.floors());
        self.tells.extend(profile.tells().map(|tell| (profile.bands.clone(), tell.clone())));
        for band in &profile.bands {
            let version = &mut self.versions[*band as usize];
            *version = format!("{version}+{}@{}", profile.id, profile.version);
        }
        self
    }

    /// The band of a user of whom facts say nothing.
    pub fn band(&self) -> Option<AgeBand> {
        self.band
    }

    /// Names this state of a band's rules.
    pub fn version(&self, band: AgeBand) -> &str {
        &self.versions[band as usize]
    }

    /// The table of a band.
    pub fn of(&self, band: AgeBand) -> &Table {
        &self.tables[band as usize]
    }

    /// What is decided about such a contact.
    pub fn decide(&self, band: AgeBand, conditions: Conditions, kind: Kind, way: Direction) -> Ruled<'_> {
        let rule = self.of(band).0.iter().find(|rule| rule.when.matches(conditions));
        // Tables have no gaps; if one had, nothing would be allowed.
        let decided = rule.map_or(Decision::Block, |rule| rule.decision(kind, way));
        let floor = self.floors.iter().filter(|floor| floor.is_for(band, conditions, kind, way));
        let floor = floor.max_by_key(|floor| floor.at_least).filter(|floor| floor.at_least > decided);
        let decision = floor.map_or(decided, |floor| floor.at_least);
        Ruled { decision, rule, floor }
    }

    /// What to tell the user at a moment, in codes, without doubles.
    pub fn tell<'r>(&'r self, band: AgeBand, moment: &str) -> Vec<&'r str> {
        let tells = self.tells.iter().filter(|(bands, tell)| bands.contains(&band) && tell.moment == moment);
        let mut codes: Vec<&str> = Vec::new();
        for code in tells.flat_map(|(_, tell)| &tell.codes) {
            if !codes.contains(&code.as_str()) {
                codes.push(code);
            }
        }
        codes
    }
}

impl Rule {
    fn read(form: RuleForm) -> Result<Self, RulesError> {
        if !is_name(&form.id) {
            return Err(RulesError::Form);
        }
        let incoming = form.then.by_kind(None)?;
        let outgoing = match &form.then_outgoing {
            None => incoming,
            Some(then) => then.by_kind(Some(&incoming))?,
        };
        Ok(Self { id: form.id.clone(), when: When::read(&form.when)?, incoming, outgoing, form })
    }

    /// Whether the rule is for contacts like this.
    pub fn matches(&self, conditions: Conditions) -> bool {
        self.when.matches(conditions)
    }

    /// What it says.
    pub fn decision(&self, kind: Kind, direction: Direction) -> Decision {
        match direction {
            Direction::Incoming => self.incoming[kind as usize],
            Direction::Outgoing => self.outgoing[kind as usize],
        }
    }

    /// The conditions that made it match, in words that stay.
    pub fn reasons(&self, conditions: Conditions) -> impl Iterator<Item = &'static str> {
        self.when.asked().and(conditions).iter().map(Condition::name)
    }
}

impl When {
    /// # Errors
    /// [`RulesError`] for conditions that there are not, that contradict each other, or that are too many.
    pub fn read(form: &WhenForm) -> Result<Self, RulesError> {
        let WhenForm { all, any, none } = form;
        let (all, none) = (named(all)?, named(none)?);
        if any.len() > MAX_ANY {
            return Err(RulesError::TooMuch);
        }
        let mut groups = [Conditions::EVERY; MAX_ANY];
        for (group, names) in groups.iter_mut().zip(any) {
            *group = named(names)?;
        }
        let is_impossible = |group: &Conditions| group.without(none).is_empty();
        if all.has_some(none) || groups.iter().any(is_impossible) {
            return Err(RulesError::Contradiction);
        }
        Ok(Self { all, none, any: groups })
    }

    /// Whether it is so. There is always some condition, if only how old somebody is; so a group of all conditions, which
    /// stands for no group, is always met.
    pub const fn matches(&self, conditions: Conditions) -> bool {
        let [a, b, c, d] = self.any;
        conditions.has_all(self.all)
            && !conditions.has_some(self.none)
            && conditions.has_some(a)
            && conditions.has_some(b)
            && conditions.has_some(c)
            && conditions.has_some(d)
    }

    /// Every condition that is asked for by name.
    fn asked(&self) -> Conditions {
        let groups = self.any.into_iter().filter(|group| *group != Conditions::EVERY);
        groups.fold(self.all, Conditions::or)
    }
}

impl Floor {
    /// From the form of a profile.
    ///
    /// # Errors
    /// [`RulesError`] as for a table's rule.
    pub fn read(form: &FloorForm, bands: &[AgeBand]) -> Result<Self, RulesError> {
        let FloorForm { id, kinds, directions, when, at_least } = form;
        if !is_name(id) || kinds.is_empty() || directions.is_empty() {
            return Err(RulesError::Form);
        }
        let when = When::read(when)?;
        let (bands, kinds, directions) = (bands.to_vec(), kinds.clone(), directions.clone());
        Ok(Self { id: id.clone(), bands, kinds, directions, when, at_least: *at_least })
    }

    fn is_for(&self, band: AgeBand, conditions: Conditions, kind: Kind, way: Direction) -> bool {
        self.kinds.contains(&kind)
            && self.directions.contains(&way)
            && self.bands.contains(&band)
            && self.when.matches(conditions)
    }

    /// Whether a table goes below it for some contact.
    pub fn is_undercut(&self, band: AgeBand, table: &Table) -> bool {
        let asked = |kind: Kind| self.directions.iter().map(move |way| (kind, *way));
        let asked: Vec<_> = self.kinds.iter().copied().flat_map(asked).collect();
        self.bands.contains(&band)
            && Conditions::possible().filter(|conditions| self.when.matches(*conditions)).any(|conditions| {
                let rule = table.0.iter().find(|rule| rule.when.matches(conditions));
                rule.is_some_and(|rule| {
                    asked.iter().any(|(kind, way)| rule.decision(*kind, *way) < self.at_least)
                })
            })
    }
}

/// Whether it is the name of a rule or a profile: 1…64 lower-case letters, digits and hyphens.
pub(crate) fn is_name(name: &str) -> bool {
    let is_part = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
    (1..=MAX_ID).contains(&name.len()) && name.bytes().all(is_part)
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

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Preset {
    version: String,
    age_band: AgeBand,
    rules: Vec<RuleForm>,
}

/// A rule as it is written down.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleForm {
    id: String,
    when: WhenForm,
    then: Then,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    then_outgoing: Option<Then>,
}

/// A floor as it is written down.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FloorForm {
    id: String,
    kinds: Vec<Kind>,
    directions: Vec<Direction>,
    #[serde(default)]
    when: WhenForm,
    at_least: Decision,
}

/// What a rule asks for, as it is written down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WhenForm {
    /// All of these hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    all: Vec<String>,
    /// Of each group, at least one holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    any: Vec<Vec<String>>,
    /// None of these holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    none: Vec<String>,
}

/// Decisions by kind; `others` for those that are not named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Then(BTreeMap<Named, Decision>);

#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(untagged)]
enum Named {
    Kind(Kind),
    Others(Others),
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
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
