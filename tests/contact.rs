//! Who may reach whom: the default tables, gone through whole, and facts that cannot be.

use pausepoint::contact::conditions::{Condition, Conditions, DANGERS};
use pausepoint::contact::facts::Kind;
use pausepoint::contact::{ContactError, Decision, Facts, Rules, RulesError, decide};
use pausepoint::{AgeBand, Direction, Policy, PolicyError};

const BANDS: [AgeBand; 4] = [AgeBand::Under13, AgeBand::From13To15, AgeBand::From16To17, AgeBand::Adult];
const WAYS: [Direction; 2] = [Direction::Incoming, Direction::Outgoing];

fn rules() -> Rules {
    Rules::defaults().expect("the default tables are valid")
}

fn decision(rules: &Rules, band: AgeBand, conditions: Conditions, kind: Kind, way: Direction) -> Decision {
    let ruled = rules.decide(band, conditions, kind, way);
    assert!(ruled.rule.is_some(), "no gaps");
    ruled.decision
}

#[test]
fn more_danger_is_never_milder() {
    let rules = rules();
    let risks: Vec<Condition> = [Condition::Blocked, Condition::Denied, Condition::Banned, Condition::Risky]
        .into_iter()
        .chain(DANGERS)
        .collect();
    for band in BANDS {
        for conditions in Conditions::possible() {
            for risk in risks.iter().filter(|risk| !conditions.has(**risk)) {
                let worse = conditions.with(*risk, true).with(
                    Condition::Accepted,
                    conditions.has(Condition::Accepted) && *risk != Condition::Blocked,
                );
                if !worse.is_possible() {
                    continue;
                }
                for (kind, way) in Kind::ALL.into_iter().flat_map(|kind| WAYS.map(|way| (kind, way))) {
                    let (before, after) = (
                        decision(&rules, band, conditions, kind, way),
                        decision(&rules, band, worse, kind, way),
                    );
                    let names: Vec<_> = conditions.iter().map(Condition::name).collect();
                    assert!(
                        after >= before,
                        "{band:?} {kind:?} {way:?}: {names:?} and {}: {before:?} → {after:?}",
                        risk.name()
                    );
                }
            }
        }
    }
}

#[test]
fn more_trust_is_never_stricter() {
    let rules = rules();
    let trust = [
        Condition::Approved,
        Condition::Household,
        Condition::Tied,
        Condition::Mutual,
        Condition::Accepted,
        Condition::Neighbour,
    ];
    for band in BANDS {
        for conditions in Conditions::possible() {
            for more in trust.iter().filter(|more| !conditions.has(**more)) {
                let trusted = conditions.with(*more, true);
                if !trusted.is_possible() {
                    continue;
                }
                for (kind, way) in Kind::ALL.into_iter().flat_map(|kind| WAYS.map(|way| (kind, way))) {
                    let of = |conditions| decision(&rules, band, conditions, kind, way);
                    let names: Vec<_> = conditions.iter().map(Condition::name).collect();
                    let (before, after) = (of(conditions), of(trusted));
                    assert!(
                        after <= before,
                        "{band:?} {kind:?} {way:?}: {names:?} and {}: {before:?} → {after:?}",
                        more.name()
                    );
                }
            }
        }
    }
}

#[test]
fn an_adult_or_unknown_age_is_never_let_in_more_easily_than_a_minor() {
    let rules = rules();
    let steps = [Condition::Minor, Condition::SaidMinor, Condition::UnknownAge, Condition::Adult];
    for band in &BANDS[..3] {
        for conditions in Conditions::possible().filter(|conditions| conditions.has(Condition::Minor)) {
            for (kind, way) in Kind::ALL.into_iter().flat_map(|kind| WAYS.map(|way| (kind, way))) {
                let of = |step: Condition| {
                    let changed = conditions
                        .with(Condition::Minor, false)
                        .with(Condition::Neighbour, false)
                        .with(step, true);
                    decision(&rules, *band, changed, kind, way)
                };
                let with_age = decision(&rules, *band, conditions, kind, way);
                let [minor, said, unknown, adult] = steps.map(of);
                let names: Vec<_> = conditions.iter().map(Condition::name).collect();
                assert!(
                    with_age <= minor && minor <= said && said <= unknown && unknown == adult,
                    "{band:?} {kind:?} {way:?} {names:?}: {with_age:?} {minor:?} {said:?} {unknown:?} {adult:?}"
                );
            }
        }
    }
}

#[test]
fn shared_contacts_never_outweigh_an_adult_without_a_tie() {
    let rules = rules();
    for band in &BANDS[..3] {
        for conditions in
            Conditions::possible().filter(|c| c.has(Condition::Adult) || c.has(Condition::UnknownAge))
        {
            let farmed = conditions.with(Condition::Mutual, true);
            for (kind, way) in Kind::ALL.into_iter().flat_map(|kind| WAYS.map(|way| (kind, way))) {
                let of = |conditions| decision(&rules, *band, conditions, kind, way);
                assert_eq!(of(conditions.with(Condition::Mutual, false)), of(farmed));
            }
        }
    }
}

fn facts(rest: &str) -> String {
    format!(r#"{{"id":"c","now":"2026-11-22T10:00:00Z",{rest}}}"#)
}

fn answer(rest: &str) -> (Decision, Vec<String>, Vec<&'static str>) {
    let facts = Facts::from_json(&facts(rest)).expect("facts");
    let rules = rules();
    let answer = decide(&facts, &rules).expect("an answer");
    (answer.decision, answer.reasons.into_iter().map(String::from).collect(), answer.missing)
}

#[test]
fn nothing_known_is_a_child_and_a_grown_stranger() {
    let (decision, reasons, missing) = answer(r#""kind":"message""#);
    assert_eq!(
        (decision, reasons),
        (Decision::Block, vec!["grown-stranger".to_owned(), "age-unknown".into()])
    );
    for fact in ["self.age", "peer.age", "peer.ties", "history.guardian"] {
        assert!(missing.contains(&fact), "{fact}: {missing:?}");
    }
    assert!(!missing.contains(&"peer.mutual_contacts"), "it would not change anything");
}

#[test]
fn facts_that_cannot_be_are_refused() {
    for (rest, error) in [
        (
            r#""kind":"message","peer":{"age":{"range":[-3,9],"method":"declared","level":"basic"}}"#,
            ContactError::Form,
        ),
        (r#""kind":"message","peer":{"mutual_contacts":-1}"#, ContactError::Form),
        (r#""kind":"message","peer":{"nonsense":1}"#, ContactError::Form),
        (r#""kind":"telepathy""#, ContactError::Form),
        (
            r#""kind":"message","peer":{"age":{"range":[20,10],"method":"declared","level":"basic"}}"#,
            ContactError::Age,
        ),
        (
            r#""kind":"message","peer":{"age":{"range":[20,131],"method":"declared","level":"basic"}}"#,
            ContactError::Age,
        ),
        (
            r#""kind":"message","peer":{"age":{"range":[20,30],"method":"verified","level":"strict","checked_at":"2026-11-24"}}"#,
            ContactError::Future,
        ),
        (
            r#""kind":"message","peer":{"ties":["guardian"]},"history":{"guardian":"denied"}"#,
            ContactError::Contradiction,
        ),
        (r#""kind":"message","peer":{"mutual_contacts":2000000000}"#, ContactError::TooMuch),
    ] {
        assert_eq!(Facts::from_json(&facts(rest)).err(), Some(error), "{rest}");
    }
    let ties = format!(r#""kind":"message","peer":{{"ties":[{}]}}"#, vec![r#""school""#; 17].join(","));
    assert_eq!(Facts::from_json(&facts(&ties)).err(), Some(ContactError::TooMuch));
    assert_eq!(Facts::from_json(r#"{"kind":"message"}"#).err(), Some(ContactError::Form), "no time");
    assert_eq!(Facts::from_json(r#"{"kind":"message","now":"yesterday"}"#).err(), Some(ContactError::Form));
}

/// A policy whose contact table is the preset's, changed in one place.
fn changed(band: AgeBand, from: &str, to: &str) -> Result<Policy, PolicyError> {
    let text = serde_json::to_string(&Policy::preset(band).expect("a preset")).expect("JSON");
    assert!(text.contains(from), "{from} in {text}");
    Policy::from_json(&text.replacen(from, to, 1))
}

#[test]
fn tables_with_gaps_shadows_or_contradictions_are_refused() {
    for band in AgeBand::ALL {
        // As presets are compiled without the check.
        assert!(changed(band, "2026-11-22", "mine").is_ok_and(|policy| policy.version == "mine"), "{band:?}");
    }
    let home = r#"{"any":[["same-household","approved-by-guardian"]]}"#;
    for (from, to, error) in [
        (home, r#"{"any":[["no-such-condition"]]}"#, RulesError::Form),
        (r#""id":"home""#, r#""id":"a home""#, RulesError::Form),
        (r#"{"others":"allow"}"#, r#"{"call":"allow"}"#, RulesError::Form),
        (
            r#""id":"other-minor","when":{}"#,
            r#""id":"other-minor","when":{"all":["minor"]}"#,
            RulesError::Gap,
        ),
        (home, r#"{"all":["tie"],"none":["tie"]}"#, RulesError::Contradiction),
        (home, r#"{"any":[["tie"]],"none":["tie"]}"#, RulesError::Contradiction),
        (home, r#"{"any":[[]]}"#, RulesError::Contradiction),
        (home, r#"{"all":["device-banned"]}"#, RulesError::Shadowed),
        (home, r#"{"any":[["tie"],["tie"],["tie"],["tie"],["tie"]]}"#, RulesError::TooMuch),
        (r#""id":"home""#, r#""id":"ended""#, RulesError::TooMuch),
    ] {
        assert_eq!(
            changed(AgeBand::From13To15, from, to).err(),
            Some(PolicyError::Contact(error)),
            "{from} → {to}"
        );
    }
    assert_eq!(changed(AgeBand::From13To15, r#""then""#, r#""than""#).err(), Some(PolicyError::Form));
}
