//! A pack as people write it: one rule after another, each with examples that must and must not fire.
//!
//! ```text
//! pack en
//!
//! class send
//!   send sending show "hand over" gimme
//! class picture
//!   pic pics photo* selfie* 📷
//!
//! rule picture-please picture-request from peer
//!   when <send> 4 <picture>
//!   unless <thing>
//!   fires send me a pic of you
//!   quiet send a pic of the poster
//! ```
//!
//! A class is a list of words, of phrases in quotation marks, of beginnings (`photo*`) and of other classes. A pattern is a
//! row of classes, words and phrases, each with the number of words that may stand before it (none, if there is no number),
//! within a sentence. `unless` patterns anywhere in the sentence keep a rule quiet. Lines that begin with `#` are comments.
//!
//! A rule is `weak` if everyday talk says the same, and `strong` if hardly anything else does: `rule ID SIGNAL [weak|strong]
//! [from peer|self|any] [stated] [always]`. One that is `stated` does not fire in a question: "should I tell them my address?"
//! gives none away. Four classes have a meaning of their own, for every rule that is not marked `always` at its end:
//! what stands up to three words before a match and is in `negation` ("never", "dont") makes it none, but not if it is in
//! `no-negation` as well ("why dont you", "if you dont"); and so does what is in `reported` anywhere before the match in its
//! sentence ("he said", "in the film"). Nor do rules fire on what stands in quotation marks, if more than that was written. The class `common` has words
//! that nearly every message of the language has some of: where a message has more of another language's, the pack is not
//! asked.

use core::fmt;

use super::signal::{From, Signal, Strength};

/// Most lines of a source.
const MAX_LINES: usize = 20_000;
/// Most words that may stand between two parts of a pattern.
pub(super) const MAX_GAP: usize = 12;

/// Why a source was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceError {
    /// The line, from 1.
    pub line: usize,
    /// Stable code.
    pub code: &'static str,
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.code)
    }
}

impl core::error::Error for SourceError {}

/// A pack as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The language, a BCP 47 tag.
    pub language: String,
    /// The classes.
    pub classes: Vec<ClassSource>,
    /// The rules.
    pub rules: Vec<RuleSource>,
}

/// Words that count as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassSource {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub members: Vec<Member>,
    /// Its line.
    pub line: usize,
}

/// A member of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Member {
    /// One word or several.
    Phrase(String),
    /// The beginning of a word.
    Beginning(String),
    /// Another class.
    Class(String),
}

/// A rule as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSource {
    /// Its name.
    pub id: String,
    /// What it is a sign of.
    pub signal: Signal,
    /// How much it says.
    pub strength: Strength,
    /// Whose message it looks at.
    pub from: From,
    /// Whether it fires on what is denied, reported or quoted too.
    pub always: bool,
    /// Whether it fires on statements only, and not in a question.
    pub stated: bool,
    /// Patterns, any of which fires.
    pub when: Vec<Vec<Part>>,
    /// Patterns that keep it quiet.
    pub unless: Vec<Vec<Part>>,
    /// Examples that must fire.
    pub fires: Vec<String>,
    /// Examples that must not.
    pub quiet: Vec<String>,
    /// Its line.
    pub line: usize,
}

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// How many words may stand before it.
    pub gap: usize,
    /// What it is.
    pub what: Member,
}

impl Source {
    /// Reads a source.
    ///
    /// # Errors
    /// [`SourceError`] with the line.
    pub fn read(text: &str) -> Result<Self, SourceError> {
        let mut source = Self::default();
        for (i, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let error = |code| SourceError { line: i + 1, code };
            if i >= MAX_LINES {
                return Err(error("pack/too-long"));
            }
            let is_inner = line.starts_with([' ', '\t']);
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if is_inner {
                source.take_inner(line).map_err(error)?;
            } else {
                source.take_head(line, i + 1).map_err(error)?;
            }
        }
        if source.language.is_empty() {
            return Err(SourceError { line: 1, code: "pack/language" });
        }
        Ok(source)
    }

    fn take_head(&mut self, text: &str, line: usize) -> Result<(), &'static str> {
        let words: Vec<&str> = text.split_whitespace().collect();
        match words.as_slice() {
            ["pack", language] => self.language = (*language).into(),
            ["class", name] if self.classes.iter().all(|class| class.name != *name) => {
                self.classes.push(ClassSource { name: (*name).into(), members: Vec::new(), line });
            }
            ["class", _] => return Err("pack/class-twice"),
            ["rule", id, signal, rest @ ..] => {
                if self.rules.iter().any(|rule| rule.id == *id) {
                    return Err("pack/rule-twice");
                }
                let signal = Signal::named(signal).ok_or("pack/signal")?;
                let (strength, rest) = match rest {
                    ["weak", rest @ ..] => (Strength::Weak, rest),
                    ["strong", rest @ ..] => (Strength::Strong, rest),
                    rest => (Strength::Plain, rest),
                };
                let (always, rest) = match rest {
                    [rest @ .., "always"] => (true, rest),
                    rest => (false, rest),
                };
                let (stated, rest) = match rest {
                    [rest @ .., "stated"] => (true, rest),
                    rest => (false, rest),
                };
                let from = match rest {
                    [] | ["from", "peer"] => From::Peer,
                    ["from", "self"] => From::User,
                    ["from", "any"] => From::Any,
                    _ => return Err("pack/rule"),
                };
                let (when, unless, fires, quiet) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
                let id = (*id).into();
                self.rules.push(RuleSource {
                    id,
                    signal,
                    strength,
                    from,
                    always,
                    stated,
                    when,
                    unless,
                    fires,
                    quiet,
                    line,
                });
            }
            _ => return Err("pack/line"),
        }
        Ok(())
    }

    fn take_inner(&mut self, text: &str) -> Result<(), &'static str> {
        // Whichever began last.
        let of_rule = self.rules.last().map_or(0, |rule| rule.line);
        let of_class = self.classes.last().map_or(0, |class| class.line);
        if of_class > of_rule {
            let class = self.classes.last_mut().ok_or("pack/line")?;
            class.members.extend(members(text)?);
            return Ok(());
        }
        let rule = self.rules.last_mut().ok_or("pack/line")?;
        let (word, rest) = text.split_once(char::is_whitespace).ok_or("pack/line")?;
        match word {
            "when" => rule.when.push(pattern(rest)?),
            "unless" => rule.unless.push(pattern(rest)?),
            "fires" => rule.fires.push(rest.trim().into()),
            "quiet" => rule.quiet.push(rest.trim().into()),
            _ => return Err("pack/line"),
        }
        Ok(())
    }
}

/// The members that a line lists.
fn members(text: &str) -> Result<Vec<Member>, &'static str> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end;
        if let Some(quoted) = rest.strip_prefix('"') {
            let (phrase, _) = quoted.split_once('"').ok_or("pack/quote")?;
            found.push(Member::Phrase(phrase.into()));
            end = phrase.len() + 2;
        } else {
            end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            found.push(member(&rest[..end])?);
        }
        rest = rest[end..].trim_start();
    }
    Ok(found)
}

fn member(word: &str) -> Result<Member, &'static str> {
    if let Some(name) = word.strip_prefix('<').and_then(|word| word.strip_suffix('>')) {
        return Ok(Member::Class(name.into()));
    }
    match word.strip_suffix('*') {
        Some(beginning) if beginning.chars().count() >= 3 => Ok(Member::Beginning(beginning.into())),
        Some(_) => Err("pack/beginning"),
        None => Ok(Member::Phrase(word.into())),
    }
}

fn pattern(text: &str) -> Result<Vec<Part>, &'static str> {
    let mut parts = Vec::new();
    let mut gap = 0;
    for what in members(text)? {
        match &what {
            Member::Phrase(number) if number.bytes().all(|c| c.is_ascii_digit()) => {
                gap = number.parse().ok().filter(|gap| *gap <= MAX_GAP).ok_or("pack/gap")?;
            }
            _ => {
                parts.push(Part { gap, what });
                gap = 0;
            }
        }
    }
    if parts.is_empty() { Err("pack/pattern") } else { Ok(parts) }
}
