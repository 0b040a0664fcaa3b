//! The rules of a pack as bytes.
//!
//! Numbers are LEB128, texts a byte with their length and UTF-8. One after the other, each with its number first: the words;
//! the phrases (class, words); the beginnings (word, class); the classes `negation`, `no-negation`, `reported`, `common` (0 for none,
//! else the number and one); the rules (name, signal's name, strength, speaker, 1 for always and 2 for
//! stated, patterns that fire, patterns
//! that keep quiet), a pattern being steps (gap, class). A rule whose signal this build does not know is left out, so that
//! packs may speak of signals that older builds have not heard of.

use super::file::PackError;
use super::pack::{ClassId, MAX_PARTS, Pack, Parts, Phrase, Rule, Step, WordId};
use super::signal::{From, Signal, Strength};
use super::source::MAX_GAP;

/// Most words of a phrase, and steps of a pattern.
const MAX_ROW: usize = 16;
/// Most patterns of a rule.
const MAX_PATTERNS: usize = 2_000;

/// Writes a pack down.
pub fn write(pack: &Pack) -> Vec<u8> {
    let Parts { words, phrases, beginnings, rules, negation, no_negation, reported, common, .. } =
        &pack.parts;
    let mut out = Writer(Vec::new());
    out.number(words.len());
    words.iter().for_each(|word| out.text(word));
    out.number(phrases.len());
    for Phrase { class, words } in phrases {
        out.number(*class as usize);
        out.number(words.len());
        words.iter().for_each(|word| out.number(*word as usize));
    }
    out.number(beginnings.len());
    for (word, class) in beginnings {
        out.number(*word as usize);
        out.number(*class as usize);
    }
    for class in [negation, no_negation, reported, common] {
        out.number(class.map_or(0, |class| class as usize + 1));
    }
    out.number(rules.len());
    for Rule { id, signal, strength, from, always, stated, when, unless } in rules {
        out.text(id);
        out.text(signal.name());
        let flags = u8::from(*always) | (u8::from(*stated) << 1);
        out.0.extend_from_slice(&[*strength as u8, *from as u8, flags]);
        for patterns in [when, unless] {
            out.number(patterns.len());
            for steps in patterns {
                out.number(steps.len());
                for Step { gap, class } in steps {
                    out.number(*gap);
                    out.number(*class as usize);
                }
            }
        }
    }
    out.0
}

/// Reads what [`write()`] wrote.
pub fn read(language: &str, bytes: &[u8]) -> Result<Pack, PackError> {
    let mut body = Reader(bytes);
    let words = body.many(MAX_PARTS, |body| body.text().map(Box::from))?;
    let word = |body: &mut Reader<'_>| body.below(words.len()).map(|word| word as WordId);
    let class = |body: &mut Reader<'_>| body.below(MAX_PARTS).map(|class| class as ClassId);
    let phrases = body.many(MAX_PARTS, |body| {
        let class = class(body)?;
        let words = body.many(MAX_ROW, word)?;
        if words.is_empty() { Err(PackError::Body) } else { Ok(Phrase { class, words }) }
    })?;
    let beginnings = body.many(MAX_PARTS, |body| Ok((word(body)?, class(body)?)))?;
    let mut known =
        || body.below(MAX_PARTS + 1).map(|class| class.checked_sub(1).map(|class| class as ClassId));
    let (negation, no_negation, reported, common) = (known()?, known()?, known()?, known()?);
    let rules = body.many(MAX_PARTS, rule)?.into_iter().flatten().collect();
    if !body.0.is_empty() {
        return Err(PackError::Body);
    }
    let parts = Parts {
        language: language.into(),
        words,
        phrases,
        beginnings,
        rules,
        negation,
        no_negation,
        reported,
        common,
    };
    Pack::new(parts).ok_or(PackError::TooLarge)
}

/// A rule; none if its signal is not known.
fn rule(body: &mut Reader<'_>) -> Result<Option<Rule>, PackError> {
    let id = body.text()?.to_owned();
    let signal = Signal::named(body.text()?);
    let strength = match body.byte()? {
        0 => Strength::Weak,
        1 => Strength::Plain,
        2 => Strength::Strong,
        _ => return Err(PackError::Body),
    };
    let from = match body.byte()? {
        0 => From::Peer,
        1 => From::User,
        2 => From::Any,
        _ => return Err(PackError::Body),
    };
    let flags = body.byte()?;
    if flags > 3 {
        return Err(PackError::Body);
    }
    let (always, stated) = (flags & 1 != 0, flags & 2 != 0);
    let when = body.many(MAX_PATTERNS, pattern)?;
    let unless = body.many(MAX_PATTERNS, pattern)?;
    Ok(signal.map(|signal| Rule { id, signal, strength, from, always, stated, when, unless }))
}

fn pattern(body: &mut Reader<'_>) -> Result<Vec<Step>, PackError> {
    let steps = body.many(MAX_ROW, |body| {
        let gap = body.below(MAX_GAP + 1)?;
        Ok(Step { gap, class: body.below(MAX_PARTS)? as ClassId })
    })?;
    if steps.is_empty() { Err(PackError::Body) } else { Ok(steps) }
}

struct Writer(Vec<u8>);

impl Writer {
    fn number(&mut self, mut number: usize) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn text(&mut self, text: &str) {
        // What is longer is no word and no name: it is cut, and found nowhere.
        let text = &text[..text.floor_char_boundary(u8::MAX.into())];
        self.0.push(text.len() as u8);
        self.0.extend_from_slice(text.as_bytes());
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Result<u8, PackError> {
        let (byte, rest) = self.0.split_first().ok_or(PackError::Body)?;
        self.0 = rest;
        Ok(*byte)
    }

    fn text(&mut self) -> Result<&'a str, PackError> {
        let length = self.byte()?;
        let (text, rest) = self.0.split_at_checked(length.into()).ok_or(PackError::Body)?;
        self.0 = rest;
        core::str::from_utf8(text).map_err(|_| PackError::Body)
    }

    /// A number that is less than a limit.
    fn below(&mut self, limit: usize) -> Result<usize, PackError> {
        let mut number = 0_usize;
        for shift in [0, 7, 14] {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return if number < limit { Ok(number) } else { Err(PackError::Body) };
            }
        }
        Err(PackError::Body)
    }

    /// As many as it says, which nothing is allocated for before they are there.
    fn many<T>(
        &mut self,
        most: usize,
        mut one: impl FnMut(&mut Self) -> Result<T, PackError>,
    ) -> Result<Vec<T>, PackError> {
        let number = self.below(most + 1)?;
        (0..number).map(|_| one(self)).collect()
    }
}
