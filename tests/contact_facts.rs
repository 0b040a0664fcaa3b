//! Random facts, as apps could hand them over: danger never helps, what is not known never helps, everybody gets an answer.

use pausepoint::contact::age::{AgeEvidence, Level as Sureness, Method};
use pausepoint::contact::facts::{
    Facts, GuardianDecision, History, Kind, Level, Moment, Peer, Tie, User, UserDecision,
};
use pausepoint::contact::{Contacts, Decision, audit_connections, batch, decide, filter_suggestions};
use pausepoint::policy::profile::Profile;
use pausepoint::{AgeBand, Direction, Policy};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

const NOW: Moment = Moment(1_795_000_000);
const TIES: [Tie; 5] = [Tie::Contacts, Tie::InPerson, Tie::Guardian, Tie::Household, Tie::School];

/// The presets, each by itself and whichever the facts ask for, without profiles and under all of them.
fn all_contacts() -> Vec<Contacts> {
    let profiles: Vec<Profile> =
        Profile::names().map(|name| Profile::named(name).expect("a profile")).collect();
    assert!(!profiles.is_empty());
    let bands = AgeBand::ALL.into_iter().map(|band| Some(Policy::preset(band).expect("a preset")));
    [None]
        .into_iter()
        .chain(bands)
        .flat_map(|policy| [(policy.clone(), Vec::new()), (policy, profiles.clone())])
        .map(|(policy, profiles)| Contacts::new(policy.as_ref(), profiles).expect("contacts"))
        .collect()
}

fn age() -> impl Strategy<Value = AgeEvidence> {
    let methods = select(vec![
        Method::Declared,
        Method::Verified,
        Method::Estimated,
        Method::Inferred,
        Method::Guardian,
    ]);
    let levels = select(vec![
        Sureness::Asserted,
        Sureness::Basic,
        Sureness::Standard,
        Sureness::Enhanced,
        Sureness::Strict,
    ]);
    let checked = of((0i64..8 * 365 * 86_400).prop_map(|ago| Moment(NOW.0 - ago)));
    (5u8..60, 0u8..12, methods, levels, checked).prop_map(|(from, width, method, level, checked_at)| {
        AgeEvidence { range: [from, from + width], method, level, checked_at }
    })
}

fn peer() -> impl Strategy<Value = Peer> {
    let facts = (
        of(age()),
        of(subsequence(TIES.to_vec(), 0..=2)),
        of(0u32..5),
        of(0u32..400),
        of(any::<bool>()),
        of(0u32..3),
        of(0u32..3),
        of(0u32..9),
        of(any::<bool>()),
    );
    facts.prop_map(
        |(
            age,
            ties,
            mutual_contacts,
            account_age_days,
            country_mismatch,
            reports_by_minors,
            blocks_by_minors,
            minors_contacted_recently,
            device_banned,
        )| Peer {
            age,
            ties,
            mutual_contacts,
            account_age_days,
            country_mismatch,
            reports_by_minors,
            blocks_by_minors,
            minors_contacted_recently,
            device_banned,
        },
    )
}

fn facts() -> impl Strategy<Value = Facts> {
    let user =
        (of(select(AgeBand::ALL.to_vec())), of(age())).prop_map(|(age_band, age)| User { age_band, age });
    let history = (
        of(select(vec![UserDecision::Accepted, UserDecision::Blocked])),
        of(select(vec![GuardianDecision::Approved, GuardianDecision::Denied])),
    )
        .prop_map(|(user, guardian)| History { user, guardian });
    let directions = select(vec![Direction::Incoming, Direction::Outgoing]);
    let levels = of(select(vec![Level::Notice, Level::Caution, Level::Warn]));
    (select(Kind::ALL.to_vec()), directions, user, peer(), history, levels)
        .prop_map(|(kind, direction, user, peer, history, conversation_level)| Facts {
            id: Some("c".into()),
            kind,
            direction,
            now: NOW,
            user,
            peer,
            history,
            conversation_level,
        })
        .prop_filter("facts that contradict each other are for another test", |facts| {
            facts.validate().is_ok()
        })
}

fn decision(facts: &Facts, contacts: &Contacts) -> Option<Decision> {
    decide(facts, contacts.rules()).ok().map(|answer| answer.decision)
}

type Change = fn(&mut Facts);

/// Each makes somebody more dangerous.
const DANGERS: [(&str, Change); 9] = [
    ("reports", |facts| facts.peer.reports_by_minors = Some(4)),
    ("blocks", |facts| facts.peer.blocks_by_minors = Some(4)),
    ("minors contacted", |facts| facts.peer.minors_contacted_recently = Some(40)),
    ("young account", |facts| facts.peer.account_age_days = Some(1)),
    ("other country", |facts| facts.peer.country_mismatch = Some(true)),
    ("banned", |facts| facts.peer.device_banned = Some(true)),
    ("conversation", |facts| facts.conversation_level = Some(Level::Warn)),
    ("blocked", |facts| facts.history.user = Some(UserDecision::Blocked)),
    ("denied", |facts| {
        facts.history.guardian = Some(GuardianDecision::Denied);
        if let Some(ties) = &mut facts.peer.ties {
            ties.retain(|tie| *tie != Tie::Guardian);
        }
    }),
];

/// Each takes away what is known, where it is the best that could be: not to know it may not be better.
const BENIGN: [(&str, Change, Change); 11] = [
    ("reports", |f| f.peer.reports_by_minors = Some(0), |f| f.peer.reports_by_minors = None),
    ("blocks", |f| f.peer.blocks_by_minors = Some(0), |f| f.peer.blocks_by_minors = None),
    (
        "minors contacted",
        |f| f.peer.minors_contacted_recently = Some(0),
        |f| f.peer.minors_contacted_recently = None,
    ),
    ("account", |f| f.peer.account_age_days = Some(900), |f| f.peer.account_age_days = None),
    ("country", |f| f.peer.country_mismatch = Some(false), |f| f.peer.country_mismatch = None),
    ("banned", |f| f.peer.device_banned = Some(false), |f| f.peer.device_banned = None),
    ("mutual contacts", |f| f.peer.mutual_contacts = Some(9), |f| f.peer.mutual_contacts = None),
    ("accepted", |f| f.history.user = Some(UserDecision::Accepted), |f| f.history.user = None),
    ("conversation", |f| f.conversation_level = Some(Level::Notice), |f| f.conversation_level = None),
    ("tie", |f| f.peer.ties.get_or_insert_default().push(Tie::Contacts), |f| f.peer.ties = None),
    (
        "age",
        |f| {
            // A minor as old as the user, beyond doubt.
            let own = match f.band(None) {
                Ok(AgeBand::Under13) => 11,
                Ok(AgeBand::From13To15) => 14,
                _ => 16,
            };
            let (method, level) = (Method::Verified, Sureness::Strict);
            f.peer.age = Some(AgeEvidence { range: [own, own], method, level, checked_at: Some(f.now) });
        },
        |f| f.peer.age = None,
    ),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everybody_gets_a_decision_and_a_reason(facts in facts()) {
        for contacts in all_contacts_once() {
            let answer = decide(&facts, contacts.rules()).expect("an answer");
            prop_assert!(!answer.reasons.is_empty() && !answer.reasons.contains(&"no-rule"));
            prop_assert_eq!(answer.id, Some("c"));
            prop_assert!(!answer.policy_version.is_empty());
        }
    }

    #[test]
    fn more_danger_never_lets_more(facts in facts()) {
        for contacts in all_contacts_once() {
            let before = decision(&facts, contacts);
            for (name, change) in DANGERS {
                let mut worse = facts.clone();
                change(&mut worse);
                let after = decision(&worse, contacts);
                prop_assert!(after >= before, "{name}: {before:?} → {after:?}");
            }
        }
    }

    #[test]
    fn not_to_know_is_never_better_than_to_know_the_best(facts in facts()) {
        for contacts in all_contacts_once() {
            for (name, best, unknown) in BENIGN {
                let (mut known, mut absent) = (facts.clone(), facts.clone());
                best(&mut known);
                unknown(&mut absent);
                if known.validate().is_err() {
                    continue;
                }
                let (known, absent) = (decision(&known, contacts), decision(&absent, contacts));
                prop_assert!(absent >= known, "{name}: known {known:?}, absent {absent:?}");
            }
        }
    }

    #[test]
    fn an_unknown_user_is_a_child(facts in facts()) {
        for contacts in all_contacts_once().iter().take(2) {
            let mut nobody = facts.clone();
            nobody.user = User::default();
            let mut child = facts.clone();
            child.user = User { age_band: Some(AgeBand::Under13), age: None };
            prop_assert_eq!(decision(&nobody, contacts), decision(&child, contacts));
        }
    }

    #[test]
    fn what_is_missing_is_what_would_have_changed_it(facts in facts()) {
        for contacts in all_contacts_once() {
            let answer = decide(&facts, contacts.rules()).expect("an answer");
            let may_change = |change: Change| {
                let mut changed = facts.clone();
                change(&mut changed);
                changed.validate().is_ok() && decision(&changed, contacts) != Some(answer.decision)
            };
            for (name, absent, change) in [
                ("peer.reports_by_minors", facts.peer.reports_by_minors.is_none(), DANGERS[0].1),
                ("peer.blocks_by_minors", facts.peer.blocks_by_minors.is_none(), DANGERS[1].1),
                ("peer.minors_contacted_recently", facts.peer.minors_contacted_recently.is_none(), DANGERS[2].1),
                ("peer.account_age_days", facts.peer.account_age_days.is_none(), DANGERS[3].1),
                ("peer.country_mismatch", facts.peer.country_mismatch.is_none(), DANGERS[4].1),
                ("peer.device_banned", facts.peer.device_banned.is_none(), DANGERS[5].1),
                ("conversation_level", facts.conversation_level.is_none(), DANGERS[6].1),
                ("peer.mutual_contacts", facts.peer.mutual_contacts.is_none(), BENIGN[6].1),
            ] {
                prop_assert_eq!(answer.missing.contains(&name), absent && may_change(change), "{}", name);
            }
        }
    }

    #[test]
    fn what_is_suggested_may_be_seen_both_ways(list in prop::collection::vec(facts(), 0..6)) {
        for contacts in all_contacts_once() {
            let shown = filter_suggestions(list.iter().cloned().map(Ok).collect(), contacts.rules()).expect("few");
            prop_assert_eq!(shown.len(), list.len());
            for (facts, suggested) in list.iter().zip(&shown) {
                let way = |direction| Facts { kind: Kind::Suggestion, direction, ..facts.clone() };
                let both = [Direction::Incoming, Direction::Outgoing].map(|way_| decision(&way(way_), contacts));
                let may = |one: &Option<Decision>| matches!(one, Some(Decision::Allow | Decision::Confirm));
                prop_assert_eq!(suggested.shown, both.iter().all(may));
                prop_assert_eq!(Some(suggested.decision), both.into_iter().max().flatten());
            }
        }
    }

    #[test]
    fn an_audit_has_everybody_the_worst_first(list in prop::collection::vec(facts(), 0..6)) {
        for contacts in all_contacts_once() {
            let audited = audit_connections(list.iter().cloned().map(Ok).collect(), contacts.rules()).expect("few");
            let mut seen: Vec<usize> = audited.iter().map(|one| one.index).collect();
            prop_assert!(audited.windows(2).all(|pair| pair[0].advice >= pair[1].advice));
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..list.len()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn any_text_is_refused_or_answered(text in ".{0,200}") {
        if let Ok(facts) = Facts::from_json(&text) {
            prop_assert!(decision(&facts, &all_contacts_once()[0]).is_some());
        }
        if let Ok(batch) = batch::read(&text) {
            prop_assert!(batch.len() <= batch::MAX_BATCH);
        }
    }
}

fn all_contacts_once() -> &'static [Contacts] {
    static CONTACTS: std::sync::OnceLock<Vec<Contacts>> = std::sync::OnceLock::new();
    CONTACTS.get_or_init(all_contacts)
}

#[test]
fn batches_bear_with_bad_facts_but_not_with_too_many() {
    let line = r#"{"id":"a","kind":"message","now":"2026-11-22T10:00:00Z"}"#;
    let bad = r#"{"id":"b","kind":"message","now":"2026-11-22T10:00:00Z","peer":{"mutual_contacts":-1}}"#;
    let rules = all_contacts_once()[0].rules();
    let read = batch::read(&format!("[{line},{bad},7,null,{line}]")).expect("an array");
    let right: Vec<bool> = read.iter().map(Result::is_ok).collect();
    assert_eq!(right, [true, false, false, false, true]);
    let shown = filter_suggestions(read.clone(), rules).expect("few");
    assert!(shown.iter().all(|one| !one.shown), "unknown ages and bad facts");
    assert_eq!(shown[1].reasons, ["contact/form"]);
    let audited = audit_connections(read, rules).expect("few");
    assert_eq!(audited.len(), 5);
    let many = format!("[{}]", vec![line; batch::MAX_BATCH + 1].join(","));
    assert_eq!(batch::read(&many).map(|all| all.len()), Err(pausepoint::contact::ContactError::TooMuch));
    let most = format!("[{}]", vec![line; batch::MAX_BATCH].join(","));
    assert_eq!(batch::read(&most).map(|all| all.len()), Ok(batch::MAX_BATCH));
    assert!(batch::read("{}").is_err() && batch::read("[").is_err());
}

#[test]
fn what_a_guardian_decided_is_found_by_the_contacts_name() {
    let mut contacts = all_contacts().remove(4);
    let facts = |guardian: &str| {
        let text = format!(
            r#"{{"id":"anna","kind":"message","now":"2026-11-22T10:00:00Z","history":{{"guardian":{guardian}}}}}"#
        );
        Facts::from_json(&text).expect("facts")
    };
    let decide = |contacts: &Contacts, guardian| {
        let facts = contacts.with_guardian(facts(guardian));
        contacts.decide(&facts).expect("an answer").decision
    };
    assert_eq!(decide(&contacts, "null"), Decision::Block, "a stranger");
    contacts.set_guardian([("anna".into(), GuardianDecision::Approved)].into());
    assert_eq!(decide(&contacts, "null"), Decision::Allow);
    assert_eq!(decide(&contacts, r#""denied""#), Decision::Block, "the app knows of a no");
    contacts.set_guardian([("anna".into(), GuardianDecision::Denied)].into());
    assert_eq!(decide(&contacts, r#""approved""#), Decision::Block, "the stricter one");
    contacts.set_guardian([("bert".into(), GuardianDecision::Approved)].into());
    assert_eq!(decide(&contacts, "null"), Decision::Block, "somebody else");
}
