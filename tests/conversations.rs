//! Conversations as they grow: what adds up, what fades, what is forgotten, and what is never there.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use pausepoint::contact::Facts;
use pausepoint::message::advice::{Advice, Pattern};
use pausepoint::message::conversation::{Conversation, PictureEvent};
use pausepoint::message::details::Detail;
use pausepoint::message::file::Draft;
use pausepoint::message::judge::Level;
use pausepoint::message::peers::{MAX_PEER_NAME, MAX_PEERS};
use pausepoint::message::standing::{About, Relation, Standing};
use pausepoint::message::{Conversations, MessageError, Outlook, Pack, Signal, Source, Speaker};
use pausepoint::policy::message::{MessagePolicy, Sensitivity};
use pausepoint::{Action, AgeBand, Policy};
use proptest::prelude::*;

static ENGLISH: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs/messages/en.pack");
    let source = Source::read(&fs::read_to_string(path).expect("a source")).expect("a source");
    Draft::write_bundled("en", 1, &Pack::compile(&source).expect("a pack")).expect("a file")
});

const DAY: i64 = 86_400;

fn engine_with(sensitivity: Sensitivity) -> Conversations {
    let policy = MessagePolicy { sensitivity, outgoing_details: Action::Warn };
    let mut conversations = Conversations::new(policy, Vec::new());
    conversations.add_bundled(&ENGLISH).expect("a pack");
    conversations
}

fn engine() -> Conversations {
    engine_with(Sensitivity::High)
}

fn says(engine: &mut Conversations, peer: &str, text: &str) -> Outlook {
    engine.check(peer, Speaker::Peer, text, None).expect("an answer")
}

fn stranger() -> About {
    About { known: Some(false), relation: Some(Relation::Stranger), ..About::default() }
}

#[test]
fn a_threat_with_a_demand_is_a_warning_with_what_helps() {
    let mut engine = engine();
    engine.meet("p", &stranger()).expect("a peer");
    let quiet = says(&mut engine, "p", "hey how was the match");
    assert_eq!(quiet, Outlook::default());
    let loud = says(
        &mut engine,
        "p",
        "send me 200 in gift cards by tonight or i post your pics to all your followers",
    );
    assert_eq!((loud.level, loud.raised), (Some(Level::Warn), true), "{loud:?}");
    assert!(
        loud.reasons.contains(&"threat-to-share") && loud.reasons.contains(&"payment-demand"),
        "{loud:?}"
    );
    assert_eq!(loud.pattern, Some(Pattern::Sextortion));
    assert_eq!(loud.advice[..2], [Advice::NotYourFault, Advice::DoNotPay]);
    let after = says(&mut engine, "p", "hello?");
    assert_eq!((after.level, after.raised), (Some(Level::Warn), false), "it is said once");
    assert_eq!(engine.level("p"), Some(Level::Warn));
    assert_eq!(engine.level("q"), None);
}

#[test]
fn peers_are_kept_apart() {
    let mut engine = engine();
    says(&mut engine, "a", "dont tell your parents about us, delete this chat after");
    let other = says(&mut engine, "b", "send me a selfie just for me");
    let both = {
        says(&mut engine, "c", "dont tell your parents about us, delete this chat after");
        says(&mut engine, "c", "send me a selfie just for me")
    };
    assert!(both.level > other.level, "{both:?} {other:?}");
}

/// The same words from those whom the user knows, and from those whom nobody knows.
#[test]
fn who_says_it_changes_what_it_says() {
    let level = |about: About, text: &str| {
        let mut conversation = engine();
        conversation.meet("p", &about).expect("a peer");
        says(&mut conversation, "p", text).level
    };
    let ask = "are your parents home? what school do you go to, dont tell your mum";
    let family = About { known: Some(true), relation: Some(Relation::Family), ..About::default() };
    let friend = About { known: Some(true), relation: Some(Relation::Friend), ..About::default() };
    assert!(level(stranger(), ask) > level(family, ask));
    assert!(level(stranger(), ask) >= level(friend, ask));
    // Whoever it is, nobody needs to threaten.
    let threat = "if you break up with me ill send your pics to everyone at school";
    assert!(level(friend, threat) >= Some(Level::Caution));
    assert_eq!(level(About::default(), threat).min(Some(Level::Caution)), Some(Level::Caution));
}

#[test]
fn what_is_known_of_somebody() {
    let about = |text: &str| serde_json::from_str::<About>(text).expect("facts").standing();
    for (facts, standing) in [
        ("{}", Standing::Unsaid),
        (r#"{"known":null,"relation":null,"claimed_age":null}"#, Standing::Unsaid),
        (r#"{"known":false}"#, Standing::Stranger),
        (r#"{"known":false,"relation":"friend"}"#, Standing::Stranger),
        (r#"{"known":false,"relation":"family","claimed_age":67}"#, Standing::Known),
        (r#"{"relation":"stranger"}"#, Standing::Stranger),
        (r#"{"known":false,"relation":"online-friend","claimed_age":16}"#, Standing::OnlineFriend),
        (r#"{"known":false,"relation":"online-friend","claimed_age":24}"#, Standing::Stranger),
        (r#"{"known":true,"relation":"friend","claimed_age":16}"#, Standing::Known),
        (r#"{"known":true,"relation":"friend","claimed_age":31}"#, Standing::KnownAdult),
        (r#"{"known":true,"relation":"coach"}"#, Standing::KnownAdult),
        (r#"{"known":true,"relation":"family","claimed_age":45}"#, Standing::Family),
        (r#"{"known":true,"relation":"neighbour"}"#, Standing::Known),
        (r#"{"relation":"neighbour","claimed_age":-3}"#, Standing::Unsaid),
    ] {
        assert_eq!(about(facts), standing, "{facts}");
    }
}

#[test]
fn facts_about_a_contact_say_who_it_is() {
    let standing = |peer: &str| {
        let facts = format!(r#"{{"kind":"message","now":"2026-11-22T10:00:00Z","peer":{peer}}}"#);
        About::of(&Facts::from_json(&facts).expect("facts")).standing()
    };
    assert_eq!(standing("{}"), Standing::Unsaid);
    assert_eq!(standing(r#"{"ties":[]}"#), Standing::Unsaid);
    assert_eq!(standing(r#"{"ties":["household"]}"#), Standing::Family);
    assert_eq!(standing(r#"{"ties":["school"]}"#), Standing::Known);
    assert_eq!(standing(r#"{"ties":["contacts"]}"#), Standing::Known);
    let adult = r#"{"ties":["in-person"],"age":{"range":[30,40],"method":"declared","level":"asserted"}}"#;
    assert_eq!(standing(adult), Standing::KnownAdult);
}

#[test]
fn an_intimate_picture_raises_the_state_at_once() {
    for event in [PictureEvent::Sent, PictureEvent::HeldBack] {
        let mut with = engine();
        let seen = with.picture("p", event, None).expect("an answer");
        assert!(seen.level >= Some(Level::Notice) && seen.raised, "{event:?}: {seen:?}");
        assert!(seen.reasons.contains(&"intimate-picture"));
        // The change of tone after it.
        let text = "now pay me or everyone sees";
        let after = says(&mut with, "p", text);
        let without = says(&mut engine(), "p", text);
        assert!(after.level >= without.level && after.level >= Some(Level::Caution), "{after:?} {without:?}");
    }
    let mut off = engine_with(Sensitivity::Off);
    assert_eq!(off.picture("p", PictureEvent::Sent, None), Ok(Outlook::default()));
    assert!(off.is_empty(), "nothing is remembered where nothing is looked at");
}

#[test]
fn time_heals_and_a_new_turn_is_told_again() {
    let text = "dont tell your parents about us, send me a selfie just for me";
    let mut engine = engine();
    engine.meet("p", &stranger()).expect("a peer");
    let at = |engine: &mut Conversations, day: i64, text: &str| {
        engine.check("p", Speaker::Peer, text, Some(day * DAY)).expect("an answer")
    };
    let first = at(&mut engine, 0, text);
    assert!(first.level >= Some(Level::Caution) && first.raised);
    assert!(!at(&mut engine, 1, text).raised, "it was told yesterday");
    assert_eq!(at(&mut engine, 400, "happy birthday").level, None, "a year later");
    let again = at(&mut engine, 401, text);
    assert!(again.level >= Some(Level::Caution) && again.raised);
    // A clock that goes back stands still.
    let back = at(&mut engine, 2, "ok");
    assert_eq!(back.level, again.level);
}

#[test]
fn sensitivity_is_the_policys() {
    let text = "are your parents home? send me a pic of you";
    let level = |sensitivity| says(&mut engine_with(sensitivity), "p", text).level;
    assert_eq!(level(Sensitivity::Off), None);
    assert!(level(Sensitivity::Standard) <= level(Sensitivity::High));
    assert!(level(Sensitivity::High) <= level(Sensitivity::Highest));
    assert!(level(Sensitivity::Highest) >= Some(Level::Notice));
    for (band, sensitivity) in [
        (AgeBand::Under13, Sensitivity::Highest),
        (AgeBand::From13To15, Sensitivity::High),
        (AgeBand::From16To17, Sensitivity::Standard),
    ] {
        assert_eq!(Policy::preset(band).expect("a preset").message.sensitivity, sensitivity);
    }
}

#[test]
fn what_is_kept_holds_no_text_and_goes_on_where_it_was() {
    let secret = "dont tell your parents, my cat Wombledon is our secret";
    let mut engine = engine();
    says(&mut engine, "p", secret);
    let state = engine.state("p").expect("a state");
    assert_eq!(state.len(), Conversation::BYTES);
    assert!(state.len() <= 4096, "{} bytes", state.len());
    for word in secret.split(' ').filter(|word| word.len() > 3) {
        assert!(
            !state.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes())),
            "{word}"
        );
    }
    let mut other = self::engine();
    other.restore("p", &state).expect("a state");
    let next = "send me a selfie just for me";
    let (here, there) = (says(&mut engine, "p", next), says(&mut other, "p", next));
    assert_eq!((here.level, &here.reasons), (there.level, &there.reasons));
    assert_eq!(engine.state("q"), None);
}

#[test]
fn what_was_not_kept_here_is_refused() {
    let mut engine = engine();
    says(&mut engine, "p", "our secret");
    let state = engine.state("p").expect("a state");
    for length in 0..state.len() {
        assert_eq!(engine.restore("q", &state[..length]), Err(MessageError::State), "{length}");
    }
    assert_eq!(engine.restore("q", &[&state[..], &[0]].concat()), Err(MessageError::State));
    for (at, byte) in [(0, 2), (1, 4)] {
        let mut changed = state.clone();
        changed[at] = byte;
        assert_eq!(engine.restore("q", &changed), Err(MessageError::State));
    }
    assert_eq!(engine.state("q"), None, "what was refused left nothing");
}

#[test]
fn peers_are_bounded_and_those_that_worry_stay() {
    let mut engine = engine();
    let threat = "pay me 200 or i post your pics to all your followers";
    for i in 0..10 {
        says(&mut engine, &format!("bad{i}"), threat);
    }
    for i in 0..MAX_PEERS + 50 {
        says(&mut engine, &format!("p{i}"), "hi");
    }
    assert_eq!(engine.len(), MAX_PEERS);
    assert_eq!(engine.state("p0"), None, "the longest quiet one is forgotten");
    for i in 0..10 {
        assert_eq!(engine.level(&format!("bad{i}")), Some(Level::Warn));
    }
    engine.forget("bad0");
    engine.forget("bad0");
    assert_eq!((engine.len(), engine.level("bad0")), (MAX_PEERS - 1, None));
    says(&mut engine, "new", "hi");
    assert_eq!(engine.len(), MAX_PEERS);
}

#[test]
fn names_of_peers_are_bounded() {
    let mut engine = engine();
    assert_eq!(engine.check("", Speaker::Peer, "hi", None), Err(MessageError::Peer));
    let long = "p".repeat(MAX_PEER_NAME + 1);
    assert_eq!(engine.check(&long, Speaker::Peer, "hi", None), Err(MessageError::Peer));
    assert_eq!(engine.meet(&long, &stranger()), Err(MessageError::Peer));
    assert_eq!(engine.picture("", PictureEvent::Sent, None), Err(MessageError::Peer));
    assert!(engine.check(&long[1..], Speaker::Peer, "hi", None).is_ok());
}

#[test]
fn what_is_said_by_the_user_is_not_held_against_the_other_side() {
    let mut engine = engine();
    let text = "send me 200 by tonight or i post your pics to all your followers";
    let own = engine.check("p", Speaker::User, text, None).expect("an answer");
    assert_eq!(own.level, None);
}

#[test]
fn two_who_ask_the_same_worry_less_than_one() {
    let ask = "what school do you go to, whats your address, wanna swap pics? a selfie of you";
    let mut one_sided = engine();
    let alone = says(&mut one_sided, "p", ask);
    let mut mutual = engine();
    mutual.check("p", Speaker::User, ask, None).expect("an answer");
    let both = says(&mut mutual, "p", ask);
    assert!(alone.level > both.level, "{alone:?} {both:?}");
}

#[test]
fn explanations_say_where() {
    let engine = engine();
    let text = "🙂 ok so don’t tell your p\u{200b}arents, s3nd me a selfie";
    let spans = engine.explain(Speaker::Peer, text);
    let units: Vec<u16> = text.encode_utf16().collect();
    let said = |signal: &str| -> Vec<String> {
        let of = spans.iter().filter(|span| span.signal == signal);
        of.map(|span| String::from_utf16(&units[span.start..span.end]).expect("whole characters")).collect()
    };
    assert!(said("secrecy").iter().any(|said| said.ends_with("p\u{200b}arents")), "{spans:?}");
    assert!(said("picture-request").iter().any(|said| said.starts_with("s3nd")), "{spans:?}");
    assert!(engine.explain(Speaker::Peer, "the match is at six").is_empty());
    assert!(engine.is_empty(), "nothing is remembered");
}

#[test]
fn details_are_noticed_before_they_go_out() {
    let mut engine = engine();
    let found = |engine: &Conversations, text: &str| engine.before_sending("p", text);
    for (text, detail) in [
        ("sure its 087 123 4567", Detail::PhoneNumber),
        ("+44 20 7946 0018", Detail::PhoneNumber),
        ("text me on 5551234567", Detail::PhoneNumber),
        ("im at 12 oak street", Detail::Address),
        ("my address is 5 mill lane", Detail::Address),
        ("i go to park high school", Detail::School),
        ("ok meet me at the station", Detail::MeetingPlace),
    ] {
        let outgoing = found(&engine, text);
        assert_eq!((outgoing.action, outgoing.details.contains(&detail)), (Action::Warn, true), "{text}");
    }
    for text in [
        "the score was 123 to 99",
        "born in 2009",
        "2024-2025",
        "it costs 1200 now",
        "at 18:30 on 22.11.2026",
        "see you tomorrow",
        "1, 2, 3, 4, 5, 6, 7",
        "why do you need my address?",
    ] {
        let outgoing = found(&engine, text);
        assert_eq!((outgoing.action, outgoing.details.len()), (Action::Allow, 0), "{text}: {outgoing:?}");
    }
    engine.meet("p", &About { known: Some(true), ..About::default() }).expect("a peer");
    assert_eq!(found(&engine, "im at 12 oak street").action, Action::Allow, "to a friend");
    engine.meet("p", &stranger()).expect("a peer");
    assert_eq!(found(&engine, "im at 12 oak street").action, Action::Warn);
}

#[test]
fn every_pattern_has_advice_and_every_signal_a_name_of_its_own() {
    for pattern in Pattern::ALL {
        assert!(pattern.advice().len() >= 4 && pattern.advice().contains(&Advice::TellSomeone));
    }
    let mut names: Vec<_> = Signal::ALL.iter().map(|signal| signal.name()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Signal::ALL.len());
    assert!(Signal::ALL.iter().all(|signal| Signal::named(signal.name()) == Some(*signal)));
}

/// Twice the text takes about twice the time: measured in what is looked at, not by a clock.
#[test]
fn hostile_texts_are_answered() {
    let mut engine = engine();
    for unit in [
        "send ",
        "send pic ",
        "dont tell your mum or ",
        "\u{301}",
        "a\u{301}\u{302}\u{303}",
        "\u{200b}",
        "s e n d ",
        "🍀",
        "s🍀",
        "((((",
        "....",
        "\u{202e}",
        "l1l1l1",
        "aaaaaaaa",
        "\u{fffd}",
    ] {
        let text = unit.repeat((1 << 20) / unit.len());
        let outlook = engine.check("p", Speaker::Peer, &text, None).expect("an answer");
        assert!(outlook.cut || outlook.level.is_none());
        engine.explain(Speaker::Peer, &text);
        engine.before_sending("p", &text);
        engine.forget("p");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_conversation_has_an_answer_and_can_be_kept(
        texts in prop::collection::vec(("(?s).{0,40}|(send|me|a|pic|dont|tell|pay|or|post|mum| ){0,12}", any::<bool>(), any::<i64>()), 0..12)
    ) {
        let mut engine = engine();
        for (text, is_own, at) in &texts {
            let speaker = if *is_own { Speaker::User } else { Speaker::Peer };
            let outlook = engine.check("p", speaker, text, Some(*at)).expect("an answer");
            prop_assert_eq!(outlook.level.is_none(), outlook.reasons.is_empty() && outlook.pattern.is_none());
            let state = engine.state("p").expect("a state");
            let mut other = self::engine();
            other.restore("p", &state).expect("what was kept");
            prop_assert_eq!(other.state("p").expect("a state"), state);
            for span in engine.explain(speaker, text) {
                prop_assert!(span.start < span.end && span.end <= text.encode_utf16().count());
            }
        }
    }
}
