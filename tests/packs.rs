//! Language packs: their examples, and sources that are none.

use std::fs;
use std::path::Path;

use pausepoint::message::signal::From;
use pausepoint::message::{Message, Pack, Signal, Source, Speaker};

fn fired(pack: &Pack, text: &str, speaker: Speaker) -> Vec<String> {
    let fired = pack.look(&Message::of(text)).into_iter().filter(|fired| fired.from.includes(speaker));
    fired.map(|fired| fired.rule).collect()
}

#[test]
fn examples_fire_and_stay_quiet() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs/messages");
    let (mut checked, mut wrong) = (0, Vec::new());
    for file in fs::read_dir(folder).expect("packs").map(|file| file.expect("a file").path()) {
        let source = Source::read(&fs::read_to_string(&file).expect("a source")).expect("a pack");
        let pack = Pack::compile(&source).expect("a pack");
        for rule in &source.rules {
            let speaker = if rule.from == From::User { Speaker::User } else { Speaker::Peer };
            let fires = |text: &String| fired(&pack, text, speaker).contains(&rule.id);
            let (silent, loud) = (rule.fires.iter().filter(|text| !fires(text)), rule.quiet.iter());
            let mistaken = silent.chain(loud.filter(|text| fires(text)));
            wrong.extend(mistaken.map(|text| format!("{} {}: {text}", source.language, rule.id)));
            if rule.fires.len() < 2 || rule.quiet.is_empty() {
                wrong.push(format!("{} {}: two that fire, and a near miss", source.language, rule.id));
            }
            checked += rule.fires.len() + rule.quiet.len();
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(checked > 100, "{checked} examples");
}

const SMALL: &str = r#"
# A comment.
pack en
class send
  send "hand over" show*
class picture
  pic photo
class any
  <picture> video
rule ask picture-request
  when <send> 2 <any>
  when "say cheese"
  unless cat
rule own gives-address from self stated
  when my 1 address
"#;

fn small() -> Pack {
    Pack::compile(&Source::read(SMALL).expect("a source")).expect("a pack")
}

#[test]
fn patterns_are_words_in_a_row_with_gaps() {
    let pack = small();
    let asks = |text: &str| !fired(&pack, text, Speaker::Peer).is_empty();
    for text in [
        "send pic",
        "send me a photo",
        "Hand over the video!",
        "showing pic",
        "say cheese",
        "s3nd a p1c",
        "s e n d  pic",
    ] {
        assert!(asks(text), "{text}");
    }
    for text in [
        "send me another nice pic",
        "pic send",
        "send. a pic",
        "send a pic of the cat",
        "hand the pic",
        "cheese say",
        "sender pic",
        "say some cheese",
    ] {
        assert!(!asks(text), "{text}");
    }
    assert!(asks("I have a cat. Send a pic"), "another sentence");
    assert_eq!(fired(&pack, "my home address", Speaker::User), ["own"]);
    assert!(
        fired(&pack, "is it my home address?", Speaker::User).is_empty(),
        "a question gives nothing away"
    );
    assert!(fired(&pack, "my home address", Speaker::Peer).is_empty(), "that is the other side's");
    assert!(fired(&pack, "send pic", Speaker::User).is_empty());
}

#[test]
fn what_fired_says_where() {
    let text = "oh. hand over that phöto now";
    let message = Message::of(text);
    let [fired] = small().look(&message).try_into().expect("one rule");
    let (first, last) = fired.tokens;
    assert_eq!(
        &text[message.tokens[first].span.start..message.tokens[last].span.end],
        "hand over that phöto"
    );
    assert_eq!(fired.signal, Signal::PictureRequest);
}

#[test]
fn sources_that_are_none_are_refused_with_their_line() {
    for (from, to, line, code) in [
        ("pack en", "# nothing", 1, "pack/language"),
        ("class picture", "class send", 5, "pack/class-twice"),
        ("rule own", "rule ask", 13, "pack/rule-twice"),
        ("picture-request", "telepathy", 9, "pack/signal"),
        ("from self", "from nobody", 13, "pack/rule"),
        ("<picture> video", "<pictures> video", 7, "pack/class"),
        ("<picture> video", "<any> video", 7, "pack/class-in-itself"),
        ("<send> 2 <any>", "<send> 13 <any>", 10, "pack/gap"),
        ("<send> 2 <any>", "2", 10, "pack/pattern"),
        ("<send> 2 <any>", "<nothing>", 9, "pack/class"),
        ("\"say cheese\"", "\"say cheese", 11, "pack/quote"),
        ("show*", "sh*", 4, "pack/beginning"),
        ("unless cat", "until cat", 12, "pack/line"),
        ("class any", "klass any", 7, "pack/line"),
    ] {
        assert!(SMALL.contains(from), "{from}");
        let text = SMALL.replacen(from, to, 1);
        let refused = Source::read(&text).and_then(|source| Pack::compile(&source)).expect_err(to);
        // The text begins with an empty line.
        let line = if line == 1 { 1 } else { line + 1 };
        assert_eq!((refused.code, refused.line), (code, line), "{from} → {to}");
    }
}
