//! Messages as words: disguises come off, ordinary words stay, and every word knows where it stood.

use std::fs;
use std::path::Path;

use pausepoint::message::normalise::MAX_BYTES;
use pausepoint::message::{Kind, Message, Token};
use proptest::prelude::*;

fn words(text: &str) -> Vec<String> {
    Message::of(text).tokens.into_iter().map(|token| token.text).collect()
}

/// The text with the first reading that is in the list, word by word.
fn read(text: &str, known: &str) -> String {
    let known: Vec<&str> = known.split(' ').collect();
    let word = |token: Token| {
        let mut readings = [token.text.clone()].into_iter().chain(token.readings);
        readings.find(|reading| known.contains(&reading.as_str())).unwrap_or(token.text)
    };
    Message::of(text).tokens.into_iter().map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn plain_words_are_themselves() {
    assert_eq!(words("Don't send it, OK? I'm at Zoë's."), ["dont", "send", "it", "ok", "im", "at", "zoes"]);
    assert_eq!(words("¿Cuántos años tienes?"), ["cuantos", "anos", "tienes"]);
    assert_eq!(words("T’es où, dis-moi l'adresse"), ["t", "es", "ou", "dis", "moi", "l", "adresse"]);
    assert_eq!(words("Große Straße, schön"), ["grosse", "strasse", "schon"]);
    assert_eq!(words("pay 150 by 9pm"), ["pay", "150", "by", "9pm"]);
    assert_eq!(words(""), Vec::<String>::new());
}

#[test]
fn ordinary_words_stay_ordinary() {
    // A reading is only another way to look a word up; the word itself is kept.
    for text in
        ["Scunthorpe", "6 itch", "Essex", "b4 10am", "2nd place", "cocktail", "A1 paper", "mp3", "x = 7"]
    {
        let expected: Vec<String> = text
            .to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(String::from)
            .collect();
        assert_eq!(words(text), expected, "{text}");
    }
    assert_eq!(words("I a good one"), ["i", "a", "good", "one"]);
    assert_eq!(words("plan a or b"), ["plan", "a", "or", "b"]);
    assert!(Message::of("committee balloon").tokens.iter().all(|token| token.readings.is_empty()));
}

#[test]
fn disguises_come_off() {
    let known =
        "how old are you do your parents check phone send a pic keep it secret so good hello filter please";
    for (text, plain) in [
        ("h0w 0ld ar3 y0u", "how old are you"),
        ("d0 y0ur p4r3nts ch3ck ur ph0ne", "do your parents check ur phone"),
        ("f1lter", "filter"),
        ("s3nd a p1c", "send a pic"),
        ("p!c", "pic"),
        ("$end", "send"),
        ("sooooo goood", "so good"),
        ("heeelllloooo pleeease", "heeelllloooo please"),
        ("s e n d  a  p i c", "send a pic"),
        ("s.e.n.d a p-i-c", "send a pic"),
        ("sеnd а рiс", "send a pic"),
        ("k\u{200b}eep it s\u{200b}e\u{200b}cret", "keep it secret"),
        ("ｓｅｎｄ ａ ｐｉｃ", "send a pic"),
        ("𝓼𝓮𝓷𝓭 𝐚 𝚙𝚒𝚌", "send a pic"),
        ("ⓢⓔⓝⓓ a pic", "send a pic"),
        ("s̷e̸n̵d̶ a pic", "send a pic"),
        ("se\u{202e}nd a pic", "send a pic"),
    ] {
        assert_eq!(read(text, known), plain, "{text}");
    }
}

/// Unicode's own layout: full-width forms stand 0xFEE0 above ASCII, mathematical letters in blocks of 26 and 26.
#[test]
fn compatibility_letters_are_ascii() {
    for letter in ('a'..='z').chain('A'..='Z') {
        let plain = letter.to_ascii_lowercase().to_string();
        let wide = char::from_u32(letter as u32 + 0xfee0).expect("a letter");
        assert_eq!(words(&format!("x{wide}x")), [format!("x{plain}x")], "{wide}");
        // Bold, bold italic, sans-serif, monospace: the blocks without holes.
        for block in [0x1d400, 0x1d468, 0x1d4d0, 0x1d5a0, 0x1d5d4, 0x1d670] {
            let place =
                if letter.is_ascii_uppercase() { letter as u32 - 65 } else { letter as u32 - 97 + 26 };
            let mathematical = char::from_u32(block + place).expect("a letter");
            assert_eq!(words(&format!("x{mathematical}x")), [format!("x{plain}x")], "{mathematical}");
        }
    }
}

#[test]
fn words_know_where_they_stood() {
    let text = "Hé!! s e n d  a 📷 “of youuu” 🙂?";
    let message = Message::of(text);
    let stood: Vec<(&str, &str)> =
        message.tokens.iter().map(|token| (token.text.as_str(), &text[token.span.clone()])).collect();
    assert_eq!(
        stood,
        [
            ("he", "Hé"),
            ("send", "s e n d"),
            ("a", "a"),
            ("📷", "📷"),
            ("of", "of"),
            ("youuu", "youuu"),
            ("🙂", "🙂")
        ]
    );
    let sentences: Vec<(u32, bool)> =
        message.tokens.iter().map(|token| (token.sentence, token.in_question)).collect();
    assert_eq!(sentences, [(0, false), (1, true), (1, true), (1, true), (1, true), (1, true), (1, true)]);
    let quoted: Vec<bool> = message.tokens.iter().map(|token| token.is_quoted).collect();
    assert_eq!(quoted, [false, false, false, false, true, true, false]);
    let kinds: Vec<Kind> = Message::of("7 7up 🙂").tokens.iter().map(|token| token.kind).collect();
    assert_eq!(kinds, [Kind::Number, Kind::Word, Kind::Pictograph]);
    assert!(Message::of("what?!").tokens[0].in_question && Message::of("what!?").tokens[0].in_question);
}

#[test]
fn families_of_emoji_are_their_members() {
    assert_eq!(words("👨‍👩‍👧 👍🏽 ❤️"), ["👨", "👩", "👧", "👍", "❤"]);
}

/// The disguised ones among the example conversations.
#[test]
fn examples_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/conversations");
    let Ok(text) = fs::read_to_string(folder.join("dev_en.jsonl")) else {
        println!("SKIPPED: the example conversations are not there");
        return;
    };
    let known =
        "how old do parents check send a pic keep it secret just for me turn your on bots app cmon filter";
    for (id, turn, expected) in [
        ("en-r-022", 0, "how old r u"),
        ("en-r-022", 2, "k00l do ur parents check ur ph0ne"),
        ("en-r-022", 4, "filter lol send a pic n keep it secret"),
        ("en-r-023", 4, "🤫 🤫 turn your 📷 on"),
        ("en-r-023", 6, "bots read this app cmon 2 mins"),
        ("en-r-024", 4, "send a pic just for me n keep this secret"),
    ] {
        let lines = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
        let conversation =
            lines.into_iter().find(|conversation| conversation["id"] == id).expect("the example");
        let said = conversation["turns"][turn]["text"].as_str().expect("a text");
        assert_eq!(read(said, known), expected, "{said}");
    }
}

#[test]
fn long_messages_are_cut_and_told() {
    for unit in
        ["a ", "\u{301}", "é", "s e n d ", "!?", "\u{200b}", "𝓼", "a\u{301}\u{301}\u{301}", "1l0", "''"]
    {
        let message = Message::of(&unit.repeat((1 << 20) / unit.len()));
        assert!(message.is_cut, "{unit}");
        assert!(message.tokens.iter().all(|token| token.span.end <= MAX_BYTES));
    }
    assert!(!Message::of(&"a".repeat(MAX_BYTES)).is_cut);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_has_words_in_order(text in "(?s).{0,80}|[a-z0-9 .!?'\u{200b}\u{301}$@|éßﬁ🙂👩‍]{0,60}") {
        let message = Message::of(&text);
        let mut end = 0;
        let mut sentence = 0;
        for token in &message.tokens {
            prop_assert!(token.span.start >= end && token.span.start < token.span.end);
            prop_assert!(text.get(token.span.clone()).is_some(), "on boundaries of characters");
            prop_assert!(!token.text.is_empty() && token.sentence >= sentence);
            prop_assert_eq!(token.text.to_lowercase(), token.text.clone());
            (end, sentence) = (token.span.end, token.sentence);
        }
        // What is plain already stays as it is.
        let plain = message.tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" , ");
        prop_assert_eq!(words(&plain), message.tokens.iter().map(|token| token.text.clone()).collect::<Vec<_>>());
    }
}
