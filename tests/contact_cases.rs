//! Contacts written down one by one, with what is right for each and why. They were written from the tables of the design
//! and not from the engine's, so that one can be wrong without the other.
//!
//! A case is a line of `fixtures/contact/cases.jsonl`. Two cases with the same `pair`, which is `band/rule`, belong
//! together: the first is decided by that rule; the one marked `near_miss` differs in one fact only and by another rule.

use std::collections::{BTreeMap, BTreeSet};

use pausepoint::AgeBand;
use pausepoint::contact::{Decision, Facts, Rules, decide};
use serde::Deserialize;
use serde_json::Value;

const BANDS: [(&str, AgeBand); 4] = [
    ("under-13", AgeBand::Under13),
    ("13-15", AgeBand::From13To15),
    ("16-17", AgeBand::From16To17),
    ("adult", AgeBand::Adult),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    request: Value,
    decision: Decision,
    rule: String,
    #[serde(default)]
    missing: Vec<String>,
    pair: Option<String>,
    #[serde(default)]
    near_miss: bool,
    why: String,
}

impl Case {
    fn id(&self) -> &str {
        self.request["id"].as_str().expect("every case has an id")
    }

    /// Every fact with its path. An age is one fact, and so are the ties.
    fn facts(&self) -> BTreeMap<String, &Value> {
        let mut facts = BTreeMap::new();
        for (name, value) in self.request.as_object().expect("an object") {
            match (name.as_str(), value) {
                ("id", _) | (_, Value::Null) => {}
                ("self" | "peer" | "history", Value::Object(part)) => {
                    let known = part.iter().filter(|(_, fact)| !fact.is_null());
                    facts.extend(known.map(|(fact, value)| (format!("{name}.{fact}"), value)));
                }
                _ => {
                    facts.insert(name.clone(), value);
                }
            }
        }
        facts
    }
}

fn cases() -> Vec<Case> {
    include_str!("fixtures/contact/cases.jsonl")
        .lines()
        .enumerate()
        .map(|(i, line)| serde_json::from_str(line).unwrap_or_else(|error| panic!("line {}: {error}", i + 1)))
        .collect()
}

fn rules() -> Rules {
    Rules::defaults().expect("the default tables are valid")
}

#[test]
fn every_case_is_decided_as_it_should_be() {
    let (rules, cases) = (rules(), cases());
    assert!(cases.len() >= 150, "only {} cases", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let facts = Facts::from_json(&case.request.to_string());
            let told = facts.as_ref().map_err(|error| *error).and_then(|facts| decide(facts, &rules));
            let wrong = match told {
                Err(error) => format!("refused: {error}"),
                Ok(answer) => {
                    let rule = answer.reasons.first().copied().unwrap_or_default();
                    let unnamed: Vec<_> =
                        case.missing.iter().filter(|fact| !answer.missing.contains(&fact.as_str())).collect();
                    let is_right = (answer.decision, rule) == (case.decision, case.rule.as_str());
                    if is_right && unnamed.is_empty() && answer.id == Some(case.id()) {
                        return None;
                    }
                    format!("{:?} by {rule}, missing without {unnamed:?}", answer.decision)
                }
            };
            let Case { decision, rule, why, .. } = case;
            Some(format!("{}: {wrong}\n    should be {decision:?} by {rule}: {why}", case.id()))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} are wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn every_rule_of_every_band_has_a_case_and_a_near_miss() {
    let (rules, cases) = (rules(), cases());
    let mut known = BTreeSet::new();
    for (name, band) in BANDS {
        for rule in rules.of(band).rules() {
            let pair = format!("{name}/{}", rule.id);
            let of = |is_near: bool| {
                let mut found = cases
                    .iter()
                    .filter(|case| case.pair.as_ref() == Some(&pair) && case.near_miss == is_near);
                match (found.next(), found.next()) {
                    (Some(case), None) => case,
                    (None, _) => panic!("{pair} has no {}", if is_near { "near miss" } else { "case" }),
                    (Some(one), Some(other)) => panic!("{pair}: both {} and {}", one.id(), other.id()),
                }
            };
            let (case, near) = (of(false), of(true));
            assert_eq!(case.rule, rule.id, "{}: {}", case.id(), case.why);
            assert_ne!(near.rule, rule.id, "{}: {}", near.id(), near.why);
            for of in [case, near] {
                let facts = Facts::from_json(&of.request.to_string()).expect("facts");
                assert_eq!(facts.band(None), Ok(band), "{}: {}", of.id(), of.why);
            }
            let (facts, others) = (case.facts(), near.facts());
            let paths: BTreeSet<&String> = facts.keys().chain(others.keys()).collect();
            let differ: Vec<_> =
                paths.into_iter().filter(|path| facts.get(*path) != others.get(*path)).collect();
            assert_eq!(differ.len(), 1, "{} and {} differ in {differ:?}", case.id(), near.id());
            known.insert(pair);
        }
    }
    for case in cases.iter().filter_map(|case| case.pair.as_ref()) {
        assert!(known.contains(case), "{case} is no rule");
    }
}

#[test]
fn the_cases_cover_what_can_happen() {
    let cases = cases();
    let mut ids = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for case in &cases {
        assert!(ids.insert(case.id()), "{} is there twice", case.id());
        assert!(case.why.ends_with('.') && case.why.len() > 20, "{}: {}", case.id(), case.why);
        let facts = case.facts();
        let text = |path: &str| facts.get(path).and_then(|value| value.as_str()).unwrap_or("none").to_owned();
        for path in
            ["kind", "direction", "self.age_band", "history.user", "history.guardian", "conversation_level"]
        {
            seen.insert(format!("{path} {}", text(path)));
        }
        seen.insert(format!("{} {}", text("kind"), text("direction")));
        for tie in facts.get("peer.ties").and_then(|ties| ties.as_array()).into_iter().flatten() {
            seen.insert(format!("tie {}", tie.as_str().expect("text")));
        }
    }
    for (path, values) in [
        ("self.age_band", &["under-13", "13-15", "16-17", "adult", "none"][..]),
        ("history.user", &["accepted", "blocked", "none"]),
        ("history.guardian", &["approved", "denied", "none"]),
        ("conversation_level", &["notice", "caution", "warn", "none"]),
        ("tie", &["contacts", "in-person", "guardian", "household", "school"]),
        ("suggestion", &["incoming", "outgoing"]),
        ("connect-request", &["incoming", "outgoing"]),
        ("message-request", &["incoming", "outgoing"]),
        ("message", &["incoming", "outgoing"]),
        ("group-add", &["incoming", "outgoing"]),
        ("call", &["incoming", "outgoing"]),
        ("link-out", &["incoming"]),
        ("location-share", &["incoming", "outgoing"]),
    ] {
        for value in values {
            assert!(seen.contains(&format!("{path} {value}")), "no case has {path} {value}");
        }
    }
}
