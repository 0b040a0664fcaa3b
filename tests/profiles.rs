//! What regulators ask for, tried clause by clause. Each clause is put alone over policies that protect from nothing, and
//! every contact that there can be is gone through. What is expected was written from what the clause means and not from its
//! data; `docs/profiles.md` says how far the sources could be read.

use std::collections::BTreeSet;

use pausepoint::contact::conditions::{Condition, Conditions, DANGERS};
use pausepoint::contact::facts::Kind;
use pausepoint::contact::{Decision, Facts, Rules, decide};
use pausepoint::policy::profile::{Profile, Reading};
use pausepoint::{AgeBand, Direction, Policy};
use serde_json::{Value, json};

const MINORS: [AgeBand; 3] = [AgeBand::Under13, AgeBand::From13To15, AgeBand::From16To17];
const WAYS: [Direction; 2] = [Direction::Incoming, Direction::Outgoing];
const DOCS: &str = include_str!("../docs/profiles.md");

/// Something between the user and somebody else.
#[derive(Clone, Copy, Debug)]
struct Contact {
    other: Conditions,
    kind: Kind,
    way: Direction,
}

impl Contact {
    fn is(&self, kinds: &[Kind], way: Direction) -> bool {
        kinds.contains(&self.kind) && self.way == way
    }

    fn has(&self, condition: Condition) -> bool {
        self.other.has(condition)
    }

    /// Whether the two have to do with each other already.
    fn is_connected(&self) -> bool {
        [Condition::Accepted, Condition::Tied, Condition::Approved].iter().any(|by| self.has(*by))
    }
}

/// A policy that protects from nothing.
fn open(band: AgeBand) -> Policy {
    let mut policy = serde_json::to_value(Policy::preset(band).expect("a preset")).expect("JSON");
    policy["contact"] = json!([{"id": "anyone", "when": {}, "then": {"others": "allow"}}]);
    policy["visibility"] = json!({
        "profile": "everyone", "connection_list": "everyone", "in_others_lists": true, "location": "on",
        "location_resets": false, "presence": "on"
    });
    policy["relaxations"] = json!({"need_guardian": false, "longest_hours": 168, "suggested": true});
    Policy::from_json(&policy.to_string()).expect("a policy")
}

/// A profile of which only one clause is left.
fn only(profile: &str, clause: &str) -> Profile {
    let mut profile = Profile::named(profile).expect("a profile");
    profile.clauses.retain(|of| of.clause == clause);
    assert_eq!(profile.clauses.len(), 1, "{clause}");
    profile
}

fn rules(band: AgeBand, profile: &Profile) -> Rules {
    let policy = profile.apply(&open(band)).expect("settings");
    Rules::of_policy(&policy).expect("rules").under(profile)
}

/// Goes through every contact of every minor: the decision is at least what is wanted, and nothing where nothing is.
fn is_exactly(profile: &str, clause: &str, wanted: impl Fn(&Contact) -> Option<Decision>) {
    let profile = only(profile, clause);
    for band in MINORS {
        let rules = rules(band, &profile);
        for other in Conditions::possible() {
            for (kind, way) in Kind::ALL.into_iter().flat_map(|kind| WAYS.map(|way| (kind, way))) {
                let contact = Contact { other, kind, way };
                let decided = rules.decide(band, other, kind, way).decision;
                if decided != wanted(&contact).unwrap_or(Decision::Allow) {
                    let names: Vec<_> = other.iter().map(Condition::name).collect();
                    panic!("{clause}: {band:?} {kind:?} {way:?} {names:?}: {decided:?}");
                }
            }
        }
    }
}

/// What a setting is once only that clause lies over a policy that protects from nothing.
fn setting(profile: &str, clause: &str, at: &str) -> Value {
    let profile = only(profile, clause);
    let set = MINORS.map(|band| {
        let policy = serde_json::to_value(profile.apply(&open(band)).expect("settings")).expect("JSON");
        policy.pointer(at).expect(at).clone()
    });
    assert!(set.iter().all(|value| *value == set[0]), "{clause} {at}: {set:?}");
    set[0].clone()
}

/// What a user is told at a moment because of that clause alone.
fn told(profile: &str, clause: &str, moment: &str) -> BTreeSet<String> {
    let profile = only(profile, clause);
    let told = MINORS.map(|band| {
        rules(band, &profile).tell(band, moment).into_iter().map(String::from).collect::<BTreeSet<_>>()
    });
    assert!(told.iter().all(|codes| *codes == told[0]), "{clause} {moment}: {told:?}");
    told[0].clone()
}

fn tells(profile: &str, clause: &str, moment: &str, codes: &[&str]) {
    let told = told(profile, clause, moment);
    for code in codes {
        assert!(told.contains(*code), "{clause}: nothing of {code} at {moment}");
    }
}

/// What only a host can do: nothing follows here, and the profile says who does it.
fn is_the_hosts(profile: &str, clause: &str) {
    is_exactly(profile, clause, |_| None);
    let profile = only(profile, clause);
    let [clause] = &profile.clauses[..] else { unreachable!() };
    assert!(clause.settings.is_empty() && clause.tell.is_empty());
    assert!(clause.host.as_ref().is_some_and(|host| host.len() > 20), "{}", clause.clause);
}

fn blocking(contact: &Contact) -> Option<Decision> {
    let suggestion = contact.kind == Kind::Suggestion;
    contact.has(Condition::Blocked).then_some(if suggestion { Decision::Hide } else { Decision::Block })
}

/// Sharing where one is: asked about with anybody, not at all with strangers.
fn location(contact: &Contact) -> Option<Decision> {
    let shared = contact.is(&[Kind::LocationShare], Direction::Outgoing);
    shared.then_some(if contact.is_connected() { Decision::Confirm } else { Decision::Block })
}

mod ofcom {
    use super::*;

    const ID: &str = "ofcom-icu";

    #[test]
    fn nobody_is_suggested_to_a_child() {
        // The household too: the clause is about prompts, and not about strangers.
        is_exactly(ID, "ICU F1 (prompts shown to a child)", |contact| {
            contact.is(&[Kind::Suggestion], Direction::Incoming).then_some(Decision::Hide)
        });
    }

    #[test]
    fn no_child_is_suggested_to_anybody() {
        is_exactly(ID, "ICU F1 (children in prompts to others)", |contact| {
            contact.is(&[Kind::Suggestion], Direction::Outgoing).then_some(Decision::Hide)
        });
    }

    #[test]
    fn nobody_sees_whom_a_child_knows() {
        let clause = "ICU F1 (a child's connection list)";
        assert_eq!(setting(ID, clause, "/visibility/connection_list"), "nobody");
        let clause = "ICU F1 (children in others' connection lists)";
        assert_eq!(setting(ID, clause, "/visibility/in_others_lists"), false);
    }

    #[test]
    fn who_is_not_connected_sends_a_child_nothing() {
        let messages = [Kind::Message, Kind::MessageRequest];
        is_exactly(ID, "ICU F1 (direct messages on services with connections)", |contact| {
            let unasked = contact.is(&messages, Direction::Incoming) && !contact.is_connected();
            unasked.then_some(Decision::Block)
        });
        // Without connections, a message waits for a yes. A child's own messages are not meant.
        let clause = "ICU F1.4 (direct messages on services without connections)";
        is_exactly(ID, clause, |contact| {
            let unasked = contact.is(&messages, Direction::Incoming) && !contact.is_connected();
            unasked.then_some(Decision::Quarantine)
        });
        tells(ID, clause, "message-request", &["who-is-asking", "you-can-say-no"]);
    }

    #[test]
    fn nobody_sees_where_a_child_is() {
        let clause = "ICU F1 (location)";
        assert_eq!(setting(ID, clause, "/visibility/location"), "off");
        is_exactly(ID, clause, location);
    }

    #[test]
    fn a_child_is_told_before_it_lowers_a_default() {
        let clause = "ICU F2 (when a default is lowered)";
        tells(ID, clause, "lowering-a-default", &["what-changes", "you-can-undo"]);
        assert_eq!(setting(ID, clause, "/relaxations/suggested"), false);
    }

    #[test]
    fn a_child_is_told_before_it_answers_a_request() {
        let clause = "ICU F2 (when somebody wants to connect)";
        tells(ID, clause, "connect-request", &["what-they-can-do-then", "block-and-report-exist"]);
        // There is a moment to tell it only where nobody connects by themselves.
        is_exactly(ID, clause, |contact| {
            let unasked = contact.is(&[Kind::ConnectRequest], Direction::Incoming) && !contact.is_connected();
            unasked.then_some(Decision::Confirm)
        });
    }

    #[test]
    fn a_child_is_told_at_a_first_message() {
        let clause = "ICU F2 (when a first message comes)";
        tells(ID, clause, "first-message", &["first-message-of-this-person", "block-and-report-exist"]);
    }

    #[test]
    fn a_child_is_told_when_it_acts() {
        let clause = "ICU F2 (when a child blocks, mutes or reports)";
        tells(ID, clause, "block-or-report", &["what-happens-next", "report-too", "where-to-get-help"]);
    }

    #[test]
    fn a_block_holds() {
        is_exactly(ID, "ICU J1 (blocking and muting)", blocking);
    }

    #[test]
    fn whom_it_protects_is_for_the_host_to_find_out() {
        is_the_hosts(ID, "ICU F1 (whom it protects)");
    }

    /// All of it over the presets, as in use.
    #[test]
    fn a_request_to_connect_is_left_as_the_way_to_ask() {
        let profile = Profile::named(ID).expect("a profile");
        let policy = Policy::preset(AgeBand::From16To17).expect("a preset");
        let rules = Rules::of_policy(&policy).expect("rules").under(&profile);
        let answer = |kind: &str, peer: &str| {
            let facts = format!(r#"{{"kind":"{kind}","now":"2026-11-22T10:00:00Z","peer":{peer}}}"#);
            let facts = Facts::from_json(&facts).expect("facts");
            let answer = decide(&facts, &rules).expect("an answer");
            (answer.decision, answer.reasons[0].to_owned(), answer.tell.len())
        };
        let classmate =
            r#"{"age":{"range":[16,16],"method":"verified","level":"standard"},"mutual_contacts":9}"#;
        let floor = "ofcom-messages-of-connections-only".to_owned();
        assert_eq!(answer("message-request", classmate).0, Decision::Block);
        assert_eq!(answer("message-request", classmate).1, floor);
        let (decision, reason, told) = answer("connect-request", classmate);
        assert_eq!((decision, reason), (Decision::Confirm, "ofcom-connections-asked".into()));
        assert!(told > 3);
        assert_eq!(answer("call", r#"{"ties":["household"]}"#).0, Decision::Allow);
        assert_eq!(answer("suggestion", r#"{"ties":["household"]}"#).0, Decision::Hide);
    }
}

mod commission {
    use super::*;

    const ID: &str = "eu-dsa-28";

    #[test]
    fn what_others_see_begins_with_the_least() {
        let clause = "Recital 71 (the highest level by default)";
        assert_eq!(setting(ID, clause, "/visibility/connection_list"), "nobody");
        assert_eq!(setting(ID, clause, "/visibility/in_others_lists"), false);
    }

    #[test]
    fn accounts_are_private() {
        let clause = "Guidelines, account settings (private accounts)";
        assert_eq!(setting(ID, clause, "/visibility/profile"), "connections");
        // Stricter is fine as it is.
        let mut policy = serde_json::to_value(open(AgeBand::Under13)).expect("JSON");
        policy["visibility"]["profile"] = json!("nobody");
        let policy = Policy::from_json(&policy.to_string()).expect("a policy");
        assert_eq!(only(ID, clause).apply(&policy), Ok(policy));
    }

    #[test]
    fn only_accepted_people_interact() {
        let clause = "Guidelines, account settings (contact by accepted people)";
        is_exactly(ID, clause, |contact| {
            let is_stranger = contact.way == Direction::Incoming && !contact.is_connected();
            is_stranger.then_some(match contact.kind {
                Kind::Message | Kind::Call | Kind::LinkOut => Decision::Block,
                // Both ask to be accepted.
                Kind::MessageRequest => Decision::Quarantine,
                Kind::ConnectRequest => Decision::Confirm,
                Kind::Suggestion | Kind::GroupAdd | Kind::LocationShare => Decision::Allow,
            })
        });
        tells(ID, clause, "connect-request", &["who-is-asking", "you-can-say-no"]);
        tells(ID, clause, "message-request", &["who-is-asking", "you-can-say-no"]);
    }

    #[test]
    fn nobody_is_put_into_a_group_unasked() {
        // By friends and family neither.
        is_exactly(ID, "Guidelines, account settings (groups)", |contact| {
            contact.is(&[Kind::GroupAdd], Direction::Incoming).then_some(Decision::Confirm)
        });
    }

    #[test]
    fn geolocation_is_off() {
        let clause = "Guidelines, account settings (geolocation)";
        assert_eq!(setting(ID, clause, "/visibility/location"), "off");
        assert_eq!(setting(ID, clause, "/visibility/location_resets"), true);
        is_exactly(ID, clause, location);
        tells(ID, clause, "location-share", &["who-will-see", "how-long"]);
    }

    #[test]
    fn presence_is_off() {
        let clause = "Guidelines, account settings (read receipts and the like)";
        assert_eq!(setting(ID, clause, "/visibility/presence"), "off");
    }

    #[test]
    fn nobody_is_urged_to_lower_anything() {
        let clause = "Guidelines, account settings (changing defaults)";
        assert_eq!(setting(ID, clause, "/relaxations/suggested"), false);
        tells(ID, clause, "lowering-a-default", &["what-changes", "how-long", "you-can-undo"]);
        let clause = "Guidelines, interface design (persuasive design)";
        assert_eq!(setting(ID, clause, "/relaxations/suggested"), false);
    }

    #[test]
    fn minors_and_people_who_may_harm_them_are_not_brought_together() {
        is_exactly(ID, "Guidelines, recommender systems (people)", |contact| {
            let grown = contact.has(Condition::Adult) || contact.has(Condition::UnknownAge);
            let dangerous =
                contact.has(Condition::Risky) || DANGERS.iter().any(|danger| contact.has(*danger));
            let harmful = dangerous || grown && !contact.is_connected();
            (contact.kind == Kind::Suggestion && harmful).then_some(Decision::Hide)
        });
    }

    #[test]
    fn a_word_alone_shows_no_age() {
        let clause = "Guidelines, age assurance (self-declaration)";
        is_exactly(ID, clause, |contact| {
            if !contact.has(Condition::SaidMinor) || contact.is_connected() {
                return None;
            }
            match (contact.kind, contact.way) {
                (Kind::Suggestion, _) => Some(Decision::Hide),
                (Kind::Message | Kind::MessageRequest, Direction::Incoming) => Some(Decision::Quarantine),
                _ => None,
            }
        });
        tells(ID, clause, "connect-request", &["age-not-checked"]);
    }

    #[test]
    fn a_block_holds() {
        is_exactly(ID, "Guidelines, user control (blocking and muting)", blocking);
    }

    #[test]
    fn a_report_comes_with_support() {
        let clause = "Guidelines, reporting and support";
        tells(ID, clause, "block-or-report", &["what-happens-next", "not-your-fault", "where-to-get-help"]);
    }

    #[test]
    fn guardians_are_not_hidden() {
        let clause = "Guidelines, tools for guardians";
        assert_eq!(setting(ID, clause, "/guardian/told_to_teen"), true);
        assert_eq!(setting(ID, clause, "/guardian/sign_when_active"), true);
        tells(ID, clause, "guardian-active", &["guardian-sees", "guardian-decides"]);
    }

    #[test]
    fn what_is_not_on_the_device_is_the_hosts() {
        is_the_hosts(ID, "Guidelines, account settings (downloads and screenshots)");
        is_the_hosts(ID, "Guidelines, commercial practices");
    }
}

mod ico {
    use super::*;

    const ID: &str = "ico-children";

    #[test]
    fn who_tells_no_age_is_protected_like_a_child() {
        is_the_hosts(ID, "Standard 3 (age appropriate application)");
        // The other way to meet it: with the profile over any minor's policy, a user of unknown age is under it.
        let profile = Profile::named(ID).expect("a profile");
        let rules = Rules::defaults().expect("rules").under(&profile);
        let facts = r#"{"kind":"suggestion","now":"2026-11-22T10:00:00Z","peer":{"ties":["household"]}}"#;
        let facts = Facts::from_json(facts).expect("facts");
        assert_eq!(decide(&facts, &rules).expect("an answer").decision, Decision::Hide);
    }

    #[test]
    fn it_is_said_when_it_begins() {
        let clause = "Standard 4 (transparency)";
        for moment in ["location-share", "new-connection", "lowering-a-default"] {
            tells(ID, clause, moment, &["who-will-see"]);
        }
    }

    #[test]
    fn settings_begin_with_high_privacy() {
        let clause = "Standard 7 (default settings)";
        assert_eq!(setting(ID, clause, "/visibility/profile"), "connections");
        assert_eq!(setting(ID, clause, "/visibility/connection_list"), "nobody");
        assert_eq!(setting(ID, clause, "/visibility/in_others_lists"), false);
        assert_eq!(setting(ID, clause, "/visibility/presence"), "off");
        let clause = "Standard 7 (when a setting is lowered)";
        tells(ID, clause, "lowering-a-default", &["what-changes", "you-can-undo", "ask-somebody-you-trust"]);
    }

    #[test]
    fn geolocation_is_off_and_goes_off_again() {
        let clause = "Standard 10 (geolocation off)";
        assert_eq!(setting(ID, clause, "/visibility/location"), "off");
        assert_eq!(setting(ID, clause, "/visibility/location_resets"), true);
        // The child turns it on, for whomever it likes; nothing turns it on unasked.
        is_exactly(ID, clause, |contact| {
            contact.is(&[Kind::LocationShare], Direction::Outgoing).then_some(Decision::Confirm)
        });
        let clause = "Standard 10 (geolocation shown)";
        tells(ID, clause, "location-share", &["who-will-see", "ask-somebody-you-trust"]);
    }

    #[test]
    fn parental_controls_are_told_and_seen() {
        let clause = "Standard 11 (information on parental controls)";
        assert_eq!(setting(ID, clause, "/guardian/told_to_teen"), true);
        tells(ID, clause, "guardian-active", &["guardian-sees", "guardian-decides"]);
        let clause = "Standard 11 (sign while monitored)";
        assert_eq!(setting(ID, clause, "/guardian/sign_when_active"), true);
        // And nobody can write a policy that says otherwise.
        for hidden in ["told_to_teen", "sign_when_active"] {
            let mut policy = serde_json::to_value(open(AgeBand::From13To15)).expect("JSON");
            policy["guardian"][hidden] = json!(false);
            assert!(Policy::from_json(&policy.to_string()).is_err(), "{hidden}");
        }
    }

    #[test]
    fn profiling_suggests_nobody() {
        is_exactly(ID, "Standard 12 (profiling)", |contact| {
            (contact.kind == Kind::Suggestion).then_some(Decision::Hide)
        });
    }

    #[test]
    fn nothing_nudges_towards_less() {
        let clause = "Standard 13 (nudge techniques)";
        assert_eq!(setting(ID, clause, "/relaxations/suggested"), false);
        tells(ID, clause, "lowering-a-default", &["keep-it-as-it-is"]);
    }

    #[test]
    fn tools_are_told() {
        let clause = "Standard 15 (online tools)";
        tells(ID, clause, "block-or-report", &["what-happens-next", "where-to-get-help"]);
    }
}

fn all() -> Vec<Profile> {
    let all: Vec<_> = Profile::names().map(|name| Profile::named(name).expect(name)).collect();
    assert_eq!(all.len(), 3);
    all
}

#[test]
fn every_clause_is_tried_here() {
    let tests = include_str!("profiles.rs");
    for profile in all() {
        let mut names = BTreeSet::new();
        for clause in &profile.clauses {
            assert!(tests.contains(&format!("\"{}\"", clause.clause)), "{}: {}", profile.id, clause.clause);
            assert!(names.insert(&clause.clause), "{} is there twice", clause.clause);
            let does_something =
                !(clause.contact.is_empty() && clause.settings.is_empty() && clause.tell.is_empty());
            assert!(does_something || clause.host.is_some(), "{}", clause.clause);
        }
    }
}

/// A policy that protects from nothing falls short of every clause that asks for more than words, except that a guardian
/// can never be hidden; with the profile over it, of no setting.
#[test]
fn the_audit_finds_what_is_missing() {
    for profile in all() {
        for band in MINORS {
            let open = open(band);
            let findings = profile.audit(&open).expect("findings");
            for (clause, finding) in profile.clauses.iter().zip(&findings) {
                let settings = clause.settings.iter().filter(|setting| !setting.at.starts_with("/guardian"));
                let wanted = clause.contact.len() + settings.count();
                assert_eq!(finding.short_of.len(), wanted, "{} {band:?}", clause.clause);
                assert_eq!(finding.is_met, wanted == 0, "{} {band:?}", clause.clause);
            }
            let applied = profile.apply(&open).expect("settings");
            for finding in profile.audit(&applied).expect("findings") {
                assert!(!finding.short_of.iter().any(|of| of.starts_with('/')), "{}", finding.clause);
            }
            assert_eq!(profile.apply(&applied).as_ref(), Ok(&applied), "applied twice is applied once");
        }
    }
}

/// A young person's settings are as the profiles ask for before anybody applies them.
#[test]
fn the_presets_need_no_other_settings() {
    for profile in all() {
        for band in MINORS {
            let preset = Policy::preset(band).expect("a preset");
            assert_eq!(profile.apply(&preset).as_ref(), Ok(&preset), "{} {band:?}", profile.id);
        }
    }
}

#[test]
fn no_profile_makes_anything_milder_or_touches_an_adult() {
    for profile in all() {
        for band in AgeBand::ALL {
            let policy = Policy::preset(band).expect("a preset");
            let before = Rules::of_policy(&policy).expect("rules");
            let after = before.clone().under(&profile);
            for other in Conditions::possible() {
                for (kind, way) in Kind::ALL.into_iter().flat_map(|kind| WAYS.map(|way| (kind, way))) {
                    let [old, new] =
                        [&before, &after].map(|rules| rules.decide(band, other, kind, way).decision);
                    assert!(new >= old && (new == old || band != AgeBand::Adult), "{} {band:?}", profile.id);
                }
            }
            if band == AgeBand::Adult {
                let open = open(band);
                assert_eq!(profile.apply(&open).as_ref(), Ok(&open));
                assert!(after.tell(band, "connect-request").is_empty());
            }
        }
    }
}

/// Tables keep these promises (`contact.rs`); a floor must not break them.
#[test]
fn under_a_profile_more_danger_is_never_milder_and_more_trust_never_stricter() {
    let risks = [Condition::Blocked, Condition::Denied, Condition::Banned, Condition::Risky];
    let trust =
        [Condition::Approved, Condition::Household, Condition::Tied, Condition::Mutual, Condition::Accepted];
    for profile in all() {
        for band in MINORS {
            let policy = Policy::preset(band).expect("a preset");
            let rules = Rules::of_policy(&policy).expect("rules").under(&profile);
            for other in Conditions::possible() {
                for (kind, way) in Kind::ALL.into_iter().flat_map(|kind| WAYS.map(|way| (kind, way))) {
                    let of = |other: Conditions| rules.decide(band, other, kind, way).decision;
                    let more = |condition: &Condition| {
                        let more = other.with(*condition, true);
                        (!other.has(*condition) && more.is_possible()).then(|| of(more))
                    };
                    let names = || other.iter().map(Condition::name).collect::<Vec<_>>();
                    for (worse, risk) in risks.iter().chain(&DANGERS).filter_map(|c| Some((more(c)?, c))) {
                        assert!(
                            worse >= of(other),
                            "{} {band:?} {kind:?} {:?} {risk:?}",
                            profile.id,
                            names()
                        );
                    }
                    for (better, why) in trust.iter().filter_map(|c| Some((more(c)?, c))) {
                        assert!(
                            better <= of(other),
                            "{} {band:?} {kind:?} {:?} {why:?}",
                            profile.id,
                            names()
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn the_page_has_every_clause_source_and_code() {
    let moments = [
        "connect-request",
        "new-connection",
        "message-request",
        "first-message",
        "location-share",
        "lowering-a-default",
        "block-or-report",
        "guardian-active",
    ];
    let mut floors = BTreeSet::new();
    let mut codes = BTreeSet::new();
    for profile in all() {
        assert!(DOCS.contains(&format!("Profile `{}`, as of {}", profile.id, profile.version)));
        for source in &profile.sources {
            let read = match source.read {
                Reading::Full => "its own text",
                Reading::Summary => "a summary",
                Reading::CommonKnowledge => "could not be opened",
            };
            let row = format!("]({}), {} | {} | {read} |", source.url, source.publisher, source.dated);
            assert!(DOCS.contains(&row), "{row}");
        }
        for clause in &profile.clauses {
            let row = format!("| {} | {} | ", clause.clause, clause.demand);
            assert!(DOCS.contains(&row), "{row}");
            assert!(
                clause.host.as_ref().is_none_or(|host| DOCS.contains(host.as_str())),
                "{}",
                clause.clause
            );
            for tell in &clause.tell {
                assert!(moments.contains(&tell.moment.as_str()), "{}", tell.moment);
                codes.extend(tell.codes.clone());
            }
        }
        for floor in profile.floors() {
            assert!(floors.insert(floor.id.clone()), "{} is there twice", floor.id);
        }
    }
    for code in &codes {
        assert!(DOCS.contains(&format!("| `{code}` | ")), "{code}");
    }
    for moment in moments {
        assert!(DOCS.contains(&format!("`{moment}` (")), "{moment}");
    }
    let listed = DOCS.lines().filter(|line| line.starts_with("| `")).count();
    assert_eq!(listed, codes.len(), "codes on the page that no profile uses");
}
