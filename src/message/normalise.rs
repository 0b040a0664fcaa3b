//! A message as words, without disguise, each with its place in the original.
//!
//! Compatibility forms (full-width, mathematical, circled letters) become plain ones (Unicode's NFKD, UAX #15), accents and
//! case go, look-alike letters become Latin ones, characters that do not show (UTS #39's and bidirectional controls) are
//! left out, letters one by one are put together. Everything takes time in proportion to the message's length.

use core::ops::Range;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use super::disguise::{is_letter_digit, is_letter_sign, look_alike, number_readings, readings};

/// Most bytes of a message that are looked at: more than any app lets people type.
pub const MAX_BYTES: usize = 1 << 16;
/// Longest word, in characters; what is longer is no word.
const MAX_WORD: usize = 40;
/// Fewest letters one by one that are taken for a word, and fewest where there is such a word already.
const FEWEST_SPACED: usize = 3;
const FEWEST_SPACED_MORE: usize = 2;
/// So many words with digits in them make a text in which digits are letters.
const FEWEST_DIGIT_WORDS: usize = 2;

/// A message as words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// The words, numbers and pictographs in their order.
    pub tokens: Vec<Token>,
    /// Whether the message was longer than [`MAX_BYTES`], so that its end was not looked at.
    pub is_cut: bool,
}

/// A word, a number or a pictograph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Without case, accents and disguise.
    pub text: String,
    /// Other readings, for dictionaries: digits as letters, drawn-out letters once.
    pub readings: Vec<String>,
    /// Where it stands in the original, in bytes.
    pub span: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// Which sentence of the message it is in, from 0.
    pub sentence: u32,
    /// Whether that sentence is a question.
    pub in_question: bool,
    /// Whether it stands in quotation marks.
    pub is_quoted: bool,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// With a letter in it.
    Word,
    /// Digits only.
    Number,
    /// An emoji or another pictograph.
    Pictograph,
}

/// Parts of words that French writes with an apostrophe after them, and that are words of their own.
const ELIDED: [&str; 12] = ["l", "d", "j", "t", "m", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu"];

impl Message {
    /// The words of a text.
    pub fn of(text: &str) -> Self {
        let is_cut = text.len() > MAX_BYTES;
        let text = &text[..text.floor_char_boundary(MAX_BYTES)];
        let mut reader = Reader::default();
        for (at, c) in text.char_indices() {
            reader.take(at, c);
        }
        reader.end_word();
        reader.end_sentence(false);
        let mut tokens = with_spaced_words(reader.tokens, text);
        read_numbers(&mut tokens);
        Self { tokens, is_cut }
    }
}

#[derive(Default)]
struct Reader {
    tokens: Vec<Token>,
    word: String,
    span: Range<usize>,
    sentence: u32,
    /// The first token of the sentence that is being read.
    first: usize,
    is_quoted: bool,
    /// Signs that are part of the word if a letter follows.
    signs: String,
}

impl Reader {
    fn take(&mut self, at: usize, c: char) {
        let end = at + c.len_utf8();
        if is_invisible(c) || is_combining_mark(c) {
            // Part of whatever it stands in.
            if !self.word.is_empty() {
                self.span.end = end;
            }
            return;
        }
        match c {
            '\'' | '’' | 'ʼ' | '`' if !self.word.is_empty() => {
                if ELIDED.contains(&self.word.as_str()) {
                    self.end_word();
                }
                return;
            }
            '.' | '!' | '?' | '…' | '¿' | '¡' | '\n' | '\r' if c != '!' || self.word.is_empty() => {
                self.end_word();
                if c != '¿' && c != '¡' {
                    self.end_sentence(c == '?');
                }
                return;
            }
            '"' | '“' | '”' | '„' | '«' | '»' => {
                self.end_word();
                self.is_quoted = !self.is_quoted;
                return;
            }
            _ => {}
        }
        if is_pictograph(c) {
            self.end_word();
            self.span = at..end;
            self.push(c.to_string(), Kind::Pictograph);
            return;
        }
        if is_letter_sign(c) {
            if self.word.is_empty() {
                self.span = at..end;
            }
            self.signs.push(c);
            return;
        }
        let mut is_part = false;
        decompose_compatible(c, |part| {
            if part.is_alphanumeric() {
                is_part = true;
            }
        });
        if !is_part {
            self.end_word();
            return;
        }
        if self.word.is_empty() && self.signs.is_empty() {
            self.span = at..end;
        }
        let (word, signs) = (&mut self.word, &mut self.signs);
        word.push_str(signs);
        signs.clear();
        decompose_compatible(c, |part| {
            if !is_combining_mark(part) {
                let lower = part.to_lowercase().filter(|c| c.is_alphanumeric());
                lower.for_each(|c| match c {
                    'ß' => word.push_str("ss"),
                    'æ' => word.push_str("ae"),
                    'œ' => word.push_str("oe"),
                    'ø' => word.push('o'),
                    'đ' => word.push('d'),
                    'ł' => word.push('l'),
                    c => word.push(look_alike(c).unwrap_or(c)),
                });
            }
        });
        self.span.end = end;
    }

    fn end_word(&mut self) {
        // Signs after a word are no letters of it: "no!".
        let has_end_mark = self.signs.contains('!');
        self.signs.clear();
        if !self.word.is_empty() {
            let text = core::mem::take(&mut self.word);
            let is_number = text.chars().all(|c| c.is_ascii_digit());
            self.push(text, if is_number { Kind::Number } else { Kind::Word });
        }
        if has_end_mark {
            self.end_sentence(false);
        }
    }

    fn push(&mut self, text: String, kind: Kind) {
        if text.chars().count() > MAX_WORD {
            return;
        }
        let readings = if kind == Kind::Word { readings(&text) } else { Vec::new() };
        let (sentence, is_quoted) = (self.sentence, self.is_quoted);
        let span = self.span.clone();
        self.tokens.push(Token { text, readings, span, kind, sentence, in_question: false, is_quoted });
    }

    fn end_sentence(&mut self, is_question: bool) {
        if self.first == self.tokens.len() {
            // A question mark after another mark: "what?!" or "what!?".
            if is_question {
                let last = self.tokens.last().map(|token| token.sentence);
                let same = self.tokens.iter_mut().rev().take_while(|token| Some(token.sentence) == last);
                same.for_each(|token| token.in_question = true);
            }
            return;
        }
        self.tokens[self.first..].iter_mut().for_each(|token| token.in_question = is_question);
        self.first = self.tokens.len();
        self.sentence += 1;
    }
}

/// Where others write digits for letters within words, their short numbers may be words: "50" is "so" then.
fn read_numbers(tokens: &mut [Token]) {
    let has_digits = |token: &&Token| {
        token.kind == Kind::Word
            && token.text.bytes().any(|c| c.is_ascii_digit())
            && !token.readings.is_empty()
    };
    if tokens.iter().filter(has_digits).count() < FEWEST_DIGIT_WORDS {
        return;
    }
    for token in tokens.iter_mut().filter(|token| token.kind == Kind::Number) {
        token.readings = number_readings(&token.text);
    }
}

/// Puts letters together that were written one by one, with the same single sign between all of them.
fn with_spaced_words(tokens: Vec<Token>, text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    // Runs do not overlap, so each token is looked at twice at most.
    let (mut at, mut longest) = (0, 0);
    while at < tokens.len() {
        let run = spaced_run(&tokens[at..], text);
        longest = longest.max(run.letters);
        at += run.tokens.max(1);
    }
    let fewest = if longest < FEWEST_SPACED { FEWEST_SPACED } else { FEWEST_SPACED_MORE };
    at = 0;
    while at < tokens.len() {
        let Run { tokens: length, letters } = spaced_run(&tokens[at..], text);
        // "a p-i-c": the letter belongs to whichever run is longer.
        let is_others = letters < FEWEST_SPACED && spaced_run(&tokens[at + 1..], text).letters > letters;
        if letters < fewest || is_others {
            out.push(tokens[at].clone());
            at += 1;
            continue;
        }
        let run = tokens[at..at + length].iter().filter(|token| token.kind != Kind::Pictograph);
        let word: String = run.map(|token| token.text.as_str()).collect();
        if word.chars().count() <= MAX_WORD {
            let (first, last) = (&tokens[at], &tokens[at + length - 1]);
            let readings = readings(&word);
            let span = first.span.start..last.span.end;
            out.push(Token { text: word, readings, span, in_question: last.in_question, ..first.clone() });
        }
        at += length;
    }
    out
}

/// Letters one by one: how many tokens, and how many of them are letters. The others are pictographs between them.
#[derive(Clone, Copy, Default)]
struct Run {
    tokens: usize,
    letters: usize,
}

/// How many tokens from the first on are single letters with the same sign between them.
fn spaced_run(tokens: &[Token], text: &str) -> Run {
    let is_single = |token: &Token| match token.kind {
        Kind::Pictograph => false,
        Kind::Number => is_letter_digit(&token.text),
        Kind::Word => token.text.chars().count() == 1,
    };
    let Some(first) = tokens.first().filter(|token| is_single(token)) else {
        return Run::default();
    };
    let mut between: Option<&str> = None;
    let mut run = Run { tokens: 1, letters: 1 };
    // Up to the last letter that is no number: numbers before and between letters are letters; at the end they are numbers,
    // "a b c 1 2".
    let mut so_far = run;
    let mut end = first.span.end;
    for (at, token) in tokens.iter().enumerate().skip(1) {
        if token.kind == Kind::Pictograph && at + 1 < tokens.len() && token.span.start - end <= 1 {
            continue;
        }
        let gap = text.get(end..token.span.start).unwrap_or_default();
        if !is_single(token) || !is_one_sign(gap) || between.is_some_and(|sign| sign != gap) {
            break;
        }
        between = Some(gap);
        so_far = Run { tokens: at + 1, letters: so_far.letters + 1 };
        if token.kind == Kind::Word {
            run = so_far;
        }
        end = token.span.end;
    }
    // "4 u" is a number and a word.
    let words = tokens[..run.tokens].iter().filter(|token| token.kind == Kind::Word).count();
    if first.kind == Kind::Word || words >= FEWEST_SPACED_MORE { run } else { Run::default() }
}

/// Whether there is one sign, perhaps with a space on each side; but "a , b , c" is a list.
fn is_one_sign(gap: &str) -> bool {
    let seen = || gap.chars().filter(|c| !is_invisible(*c));
    let signs = seen().filter(|c| !c.is_whitespace() && !matches!(c, ',' | ';'));
    let all = seen().count();
    all == 1 || (all <= 3 && signs.count() == 1)
}

/// Characters that do not show: zero width, joiners, bidirectional controls, variation selectors, tags, fillers; and what
/// stands for text that was none.
const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffd}' | '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{e0000}'..='\u{e0fff}')
}

const fn is_pictograph(c: char) -> bool {
    matches!(c,
        '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}'
        | '\u{1f000}'..='\u{1faff}')
}
