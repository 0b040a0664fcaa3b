//! Every invented conversation written in disguise, mechanically.

use super::data::{self, Label};

/// How many more in a hundred risky conversations a disguise may hide.
const MAY_HIDE: usize = 5;

type Disguise = fn(&str) -> String;

const DISGUISES: [(&str, Disguise); 7] = [
    ("look-alike letters", look_alikes),
    ("digits for letters", digits),
    ("letters one by one", spaced),
    ("zero width", zero_width),
    ("drawn out", drawn_out),
    ("emoji between words", emoji_words),
    ("emoji between letters", emoji_letters),
];

fn look_alikes(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'a' => 'а',
            'c' => 'с',
            'e' => 'е',
            'i' => 'і',
            'o' => 'о',
            'p' => 'р',
            's' => 'ѕ',
            'x' => 'х',
            'y' => 'у',
            'n' => 'η',
            't' => 'τ',
            'u' => 'υ',
            other => other,
        })
        .collect()
}

fn digits(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'a' => '4',
            'e' => '3',
            'i' => '1',
            'o' => '0',
            's' => '5',
            't' => '7',
            other => other,
        })
        .collect()
}

/// Words of a text, each changed.
fn each_word(text: &str, between: &str, change: impl Fn(&str) -> String) -> String {
    text.split_whitespace().map(change).collect::<Vec<_>>().join(between)
}

/// Letters of a word with something between them, and digits where the word has letters too; what is neither stays where
/// it is.
fn parted(word: &str, by: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let has_letters = word.contains(char::is_alphabetic);
    let is_part = |c: char| c.is_alphabetic() || (has_letters && c.is_ascii_digit());
    let mut out = String::new();
    for (at, letter) in letters.iter().enumerate() {
        if at > 0 && is_part(*letter) && is_part(letters[at - 1]) {
            out.push_str(by);
        }
        out.push(*letter);
    }
    out
}

/// Whether letters stand one by one already: there are no words to part, then.
fn is_parted(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(3).any(|three| three.iter().all(|word| word.chars().count() == 1))
}

/// With two spaces between words and no apostrophes, as people do who write so.
fn spaced(text: &str) -> String {
    if is_parted(text) {
        return text.into();
    }
    each_word(&without_apostrophes(text), "  ", |word| parted(word, " "))
}

fn zero_width(text: &str) -> String {
    each_word(text, " ", |word| parted(word, "\u{200b}"))
}

fn drawn_out(text: &str) -> String {
    each_word(text, " ", |word| {
        let last_vowel = word.char_indices().rev().find(|(_, c)| "aeiou".contains(*c));
        last_vowel.map_or(word.to_owned(), |(at, c)| format!("{}{c}{c}{c}{}", &word[..at], &word[at..]))
    })
}

fn emoji_words(text: &str) -> String {
    each_word(text, "🍀", str::to_owned)
}

fn emoji_letters(text: &str) -> String {
    if is_parted(text) {
        return text.into();
    }
    each_word(&without_apostrophes(text), " ", |word| parted(word, "🍀"))
}

fn without_apostrophes(text: &str) -> String {
    text.replace(['\'', '’'], "")
}

#[test]
fn disguises_hide_little_and_make_nothing_worse() {
    let Some(folder) = data::folder("conversations") else { return };
    let names = data::LANGUAGES
        .iter()
        .flat_map(|language| ["dev", "dev2"].map(|set| format!("{set}_{language}.jsonl")));
    let all: Vec<_> = names.flat_map(|name| data::conversations(&folder.join(name))).collect();
    let judge = |disguise: Disguise| {
        let (mut in_time, mut alarmed, mut risky) = (0, Vec::new(), 0);
        for conversation in &all {
            let caution = conversation.caution(&conversation.peer, disguise);
            match conversation.label {
                Label::Risky => {
                    risky += 1;
                    in_time += usize::from(conversation.in_time(caution).is_some());
                }
                Label::Benign if caution.is_some() => alarmed.push(conversation.id.clone()),
                Label::Benign => {}
            }
        }
        (100.0 * in_time as f64 / risky as f64, alarmed)
    };
    let (plain, alarmed_plain) = judge(str::to_owned);
    println!("plain: {plain:.1} in a hundred, alarms {alarmed_plain:?}");
    let mut wrong = Vec::new();
    for (name, disguise) in DISGUISES {
        let (recall, alarmed) = judge(disguise);
        let new: Vec<_> = alarmed.iter().filter(|id| !alarmed_plain.contains(id)).collect();
        println!("{name}: {recall:.1} in a hundred, new alarms {new:?}");
        if recall + MAY_HIDE as f64 + 1e-9 < plain || !new.is_empty() {
            wrong.push(name);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}
