//! A language pack, ready to look messages through.

use std::collections::HashMap;

use super::normalise::{Kind, Message, Token};
use super::signal::{From, Signal, Strength};
use super::source::{Member, Part, RuleSource, Source, SourceError};

/// Most words, phrases, classes and patterns of a pack, each.
pub const MAX_PARTS: usize = 50_000;
/// How far before something a negation makes it none, in words.
const NEGATION_REACH: usize = 3;
/// Most places of a class in a message that are followed, so that patterns take bounded time.
const MAX_PLACES: usize = 64;

/// Fewest bytes of a beginning: it has three letters at least.
const BEGINNING: usize = 3;

/// A language pack.
#[derive(Clone, Debug, Default)]
pub struct Pack {
    pub(super) parts: Parts,
    /// The dictionary: where each word is in `parts.words`.
    ids: HashMap<Box<str>, WordId>,
    /// The phrases that begin with a word.
    by_first: HashMap<WordId, Vec<usize>>,
    /// The beginnings by their first bytes.
    beginnings: HashMap<[u8; BEGINNING], Vec<(Box<str>, ClassId)>>,
    /// How many classes there are.
    classes: usize,
    /// The patterns that begin with a class, as rule and pattern.
    by_class: HashMap<ClassId, Vec<(usize, usize)>>,
}

/// A place in the dictionary.
pub(super) type WordId = u32;
/// The number of a class.
pub(super) type ClassId = u32;

/// What a pack is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// The language, a BCP 47 tag.
    pub language: String,
    /// Every word that is in a phrase or begins one, each once.
    pub words: Vec<Box<str>>,
    pub phrases: Vec<Phrase>,
    /// Words that the beginning of another one is compared with.
    pub beginnings: Vec<(WordId, ClassId)>,
    pub rules: Vec<Rule>,
    /// The classes that have a meaning of their own.
    pub negation: Option<ClassId>,
    pub no_negation: Option<ClassId>,
    pub reported: Option<ClassId>,
    /// Words that nearly every message of the language has some of.
    pub common: Option<ClassId>,
}

/// A word or phrase of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub class: ClassId,
    /// One at least.
    pub words: Vec<WordId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    pub id: String,
    pub signal: Signal,
    pub strength: Strength,
    pub from: From,
    pub always: bool,
    pub stated: bool,
    pub when: Vec<Vec<Step>>,
    pub unless: Vec<Vec<Step>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub gap: usize,
    pub class: ClassId,
}

/// A rule that fired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fired {
    /// Its name.
    pub rule: String,
    /// What it is a sign of.
    pub signal: Signal,
    /// How much it says.
    pub strength: Strength,
    /// Whose messages it is about.
    pub from: From,
    /// The tokens that made it fire, from and to, the last included.
    pub tokens: (usize, usize),
}

/// Where classes stand in a message: their first and last tokens. Looked up for every part of every pattern, so by index.
struct Places {
    /// For each class, where its places are in `found`, and one; 0 if it is not there.
    index: Vec<u32>,
    found: Vec<(ClassId, Vec<(usize, usize)>)>,
}

impl Places {
    fn new(classes: usize) -> Self {
        Self { index: vec![0; classes], found: Vec::new() }
    }

    fn add(&mut self, class: ClassId, from: usize, to: usize) {
        let Some(at) = self.index.get_mut(class as usize) else { return };
        if *at == 0 {
            self.found.push((class, Vec::new()));
            *at = self.found.len() as u32;
        }
        let (_, places) = &mut self.found[*at as usize - 1];
        if places.len() < MAX_PLACES && places.last() != Some(&(from, to)) {
            places.push((from, to));
        }
    }

    fn of(&self, class: ClassId) -> &[(usize, usize)] {
        match self.index.get(class as usize) {
            None | Some(0) => &[],
            Some(at) => &self.found[*at as usize - 1].1,
        }
    }
}

/// The tokens of a message, and how many words stand before each: pictographs between words are not counted, so that they
/// part nothing.
struct Row<'m> {
    tokens: &'m [Token],
    before: Vec<usize>,
}

impl<'m> Row<'m> {
    fn new(tokens: &'m [Token]) -> Self {
        let mut words = 0;
        let before = tokens.iter().map(|token| {
            let before = words;
            words += usize::from(token.kind != Kind::Pictograph);
            before
        });
        Self { before: before.collect(), tokens }
    }

    /// Whether one token follows another in its sentence, with at most so many words between them.
    fn follows(&self, one: usize, other: usize, gap: usize) -> bool {
        other > one
            && self.before[other].saturating_sub(self.before[one] + 1) <= gap
            && self.tokens[other].sentence == self.tokens[one].sentence
    }
}

impl Pack {
    /// Makes a pack of its source.
    ///
    /// # Errors
    /// [`SourceError`] for classes that there are not, or that contain each other, and for packs that are too large.
    pub fn compile(source: &Source) -> Result<Self, SourceError> {
        let mut compiler = Compiler::new(source);
        for (id, class) in source.classes.iter().enumerate() {
            let members = compiler.flat(&class.members, 0);
            for member in members.map_err(|code| SourceError { line: class.line, code })? {
                compiler.add(&member, id as ClassId);
            }
        }
        for rule in &source.rules {
            let rule = compiler.rule(rule).map_err(|code| SourceError { line: rule.line, code })?;
            compiler.parts.rules.push(rule);
        }
        Self::new(compiler.parts).ok_or(SourceError { line: 1, code: "pack/too-long" })
    }

    /// Makes a pack ready; `None` if it is too large, or a beginning too short. Its parts must fit together.
    pub(super) fn new(parts: Parts) -> Option<Self> {
        let patterns = parts.rules.iter().map(|rule| rule.when.len() + rule.unless.len()).sum();
        let sizes = [parts.words.len(), parts.phrases.len(), parts.beginnings.len(), patterns];
        if sizes.into_iter().any(|size| size > MAX_PARTS) {
            return None;
        }
        let ids = parts.words.iter().cloned().zip(0..).collect();
        let mut pack = Self { ids, ..Self::default() };
        for (at, phrase) in parts.phrases.iter().enumerate() {
            if let Some(first) = phrase.words.first() {
                pack.by_first.entry(*first).or_default().push(at);
            }
        }
        for (word, class) in &parts.beginnings {
            let word = &parts.words[*word as usize];
            let first = word.as_bytes().first_chunk()?;
            pack.beginnings.entry(*first).or_default().push((word.clone(), *class));
        }
        let words = parts.phrases.iter().map(|phrase| phrase.class);
        let named = words.chain(parts.beginnings.iter().map(|(_, class)| *class));
        pack.classes = named.max().map_or(0, |class| class as usize + 1);
        for (at, rule) in parts.rules.iter().enumerate() {
            for (pattern, steps) in rule.when.iter().enumerate() {
                if let Some(first) = steps.first() {
                    pack.by_class.entry(first.class).or_default().push((at, pattern));
                }
            }
        }
        pack.parts = parts;
        Some(pack)
    }

    /// The language, a BCP 47 tag.
    pub fn language(&self) -> &str {
        &self.parts.language
    }

    /// How many rules there are.
    pub fn rules(&self) -> usize {
        self.parts.rules.len()
    }

    /// Whether there are rules that make signs of others count for less.
    pub fn silences(&self) -> bool {
        self.parts.rules.iter().any(|rule| rule.signal.speaks_against())
    }

    /// How many of a message's words are common ones of this language; `None` for a pack that does not say which those are.
    pub fn familiar(&self, message: &Message) -> Option<usize> {
        let common = self.parts.common?;
        let is_common = |word: &WordId| {
            let phrases = self.by_first.get(word).into_iter().flatten();
            phrases
                .map(|at| &self.parts.phrases[*at])
                .any(|phrase| phrase.class == common && phrase.words.len() == 1)
        };
        let is_familiar =
            |token: &&Token| readings(token).filter_map(|reading| self.ids.get(reading)).any(is_common);
        Some(message.tokens.iter().filter(is_familiar).count())
    }

    /// The rules that fire on a message, whoever they are about.
    pub fn look(&self, message: &Message) -> Vec<Fired> {
        let row = Row::new(&message.tokens);
        let tokens = row.tokens;
        let places = self.places(tokens);
        // Only the patterns whose first class is there.
        let here = places.found.iter().filter_map(|(class, _)| self.by_class.get(class));
        let mut candidates: Vec<(usize, usize)> = here.flatten().copied().collect();
        candidates.sort_unstable();
        let of_rules = candidates.chunk_by(|(one, _), (other, _)| one == other);
        let fired = of_rules.filter_map(|patterns| {
            let rule = &self.parts.rules[patterns[0].0];
            let mut found =
                patterns.iter().flat_map(|(_, pattern)| find(&rule.when[*pattern], &places, &row));
            let tokens = found.find(|(first, _)| {
                let sentence = tokens[*first].sentence;
                let is_here = |(first, _): (usize, usize)| tokens[first].sentence == sentence;
                let is_quiet = |steps: &Vec<Step>| find(steps, &places, &row).into_iter().any(is_here);
                let is_asked = rule.stated && tokens[*first].in_question;
                !is_asked
                    && (rule.always || !self.is_not_meant(&row, &places, *first))
                    && !rule.unless.iter().any(is_quiet)
            })?;
            let Rule { id, signal, strength, from, .. } = rule;
            Some(Fired { rule: id.clone(), signal: *signal, strength: *strength, from: *from, tokens })
        });
        fired.collect()
    }

    /// Whether what begins at a token is denied, reported or quoted.
    fn is_not_meant(&self, row: &Row<'_>, places: &Places, first: usize) -> bool {
        let tokens = row.tokens;
        let of = |class: Option<ClassId>| {
            let places = class.map_or(&[][..], |class| places.of(class));
            places
                .iter()
                .filter(|(from, _)| *from < first && tokens[*from].sentence == tokens[first].sentence)
        };
        let is_near = |(_, last): &&(usize, usize)| row.follows(*last, first, NEGATION_REACH - 1);
        let is_taken_back = |denial: &(usize, usize)| {
            of(self.parts.no_negation).any(|(from, last)| *from <= denial.1 && denial.0 <= *last)
        };
        let is_denied = of(self.parts.negation).filter(is_near).any(|denial| !is_taken_back(denial));
        let is_reported = of(self.parts.reported).any(|(_, last)| *last < first);
        let is_quoted = tokens[first].is_quoted && tokens.iter().any(|token| !token.is_quoted);
        is_denied || is_reported || is_quoted
    }

    fn places(&self, tokens: &[Token]) -> Places {
        let words: Vec<Vec<WordId>> = tokens
            .iter()
            .map(|token| readings(token).filter_map(|reading| self.ids.get(reading).copied()).collect())
            .collect();
        let mut places = Places::new(self.classes);
        for (at, token) in tokens.iter().enumerate() {
            for phrase in words[at].iter().filter_map(|word| self.by_first.get(word)).flatten() {
                let Phrase { class, words: phrase } = &self.parts.phrases[*phrase];
                if let Some(last) = ends_at(phrase, at, &words, tokens) {
                    places.add(*class, at, last);
                }
            }
            for reading in readings(token) {
                let Some(first) = reading.as_bytes().first_chunk() else { continue };
                for (beginning, class) in self.beginnings.get(first).into_iter().flatten() {
                    if reading.starts_with(&**beginning) {
                        places.add(*class, at, at);
                    }
                }
            }
        }
        places
    }
}

/// Where a phrase that may begin at a token ends, if it is there. Pictographs between its words do not count.
fn ends_at(phrase: &[WordId], from: usize, words: &[Vec<WordId>], tokens: &[Token]) -> Option<usize> {
    let mut at = from;
    for (i, word) in phrase.iter().enumerate() {
        if i > 0 {
            at += 1;
            while tokens.get(at)?.kind == Kind::Pictograph && !words[at].contains(word) {
                at += 1;
            }
        }
        if !words.get(at)?.contains(word) || tokens[at].sentence != tokens[from].sentence {
            return None;
        }
    }
    Some(at)
}

fn readings(token: &Token) -> impl Iterator<Item = &str> {
    [token.text.as_str()].into_iter().chain(token.readings.iter().map(String::as_str))
}

/// Where a pattern stands: its first and its last token.
fn find(steps: &[Step], places: &Places, row: &Row<'_>) -> Vec<(usize, usize)> {
    let of = |step: &Step| places.of(step.class);
    let Some((first, rest)) = steps.split_first() else { return Vec::new() };
    if rest.iter().any(|step| of(step).is_empty()) {
        return Vec::new();
    }
    // From each beginning, all ends that can be reached; they only move on, and there are few.
    let mut found = Vec::new();
    for &(from, to) in of(first) {
        let mut ends = vec![to];
        for step in rest {
            let mut next = Vec::new();
            for &(from, to) in of(step) {
                let follows = |end: &usize| row.follows(*end, from, step.gap);
                if ends.iter().any(follows) && !next.contains(&to) {
                    next.push(to);
                }
            }
            ends = next;
        }
        found.extend(ends.into_iter().map(|end| (from, end)));
    }
    found
}

struct Compiler<'s> {
    source: &'s Source,
    parts: Parts,
    ids: HashMap<Box<str>, WordId>,
    literals: HashMap<String, ClassId>,
    next: ClassId,
}

impl<'s> Compiler<'s> {
    fn new(source: &'s Source) -> Self {
        let named =
            |name: &str| source.classes.iter().position(|class| class.name == name).map(|at| at as ClassId);
        let parts = Parts {
            language: source.language.clone(),
            negation: named("negation"),
            no_negation: named("no-negation"),
            reported: named("reported"),
            common: named("common"),
            ..Parts::default()
        };
        let next = source.classes.len() as ClassId;
        Self { source, parts, ids: HashMap::new(), literals: HashMap::new(), next }
    }

    /// The members of a class with those of the classes in it.
    fn flat(&self, members: &[Member], depth: usize) -> Result<Vec<Member>, &'static str> {
        if depth > 8 {
            return Err("pack/class-in-itself");
        }
        let mut flat = Vec::new();
        for member in members {
            match member {
                Member::Class(name) => {
                    let class =
                        self.source.classes.iter().find(|class| class.name == *name).ok_or("pack/class")?;
                    flat.extend(self.flat(&class.members, depth + 1)?);
                }
                other => flat.push(other.clone()),
            }
        }
        Ok(flat)
    }

    fn word(&mut self, text: String) -> WordId {
        let next = self.parts.words.len() as WordId;
        let text: Box<str> = text.into();
        let id = *self.ids.entry(text.clone()).or_insert(next);
        if id == next {
            self.parts.words.push(text);
        }
        id
    }

    fn add(&mut self, member: &Member, class: ClassId) {
        match member {
            Member::Phrase(phrase) => {
                let words = Message::of(phrase).tokens.into_iter();
                let words: Vec<WordId> = words.map(|token| self.word(token.text)).collect();
                if !words.is_empty() {
                    self.parts.phrases.push(Phrase { class, words });
                }
            }
            Member::Beginning(beginning) => {
                let folded = Message::of(beginning).tokens.into_iter().map(|token| token.text).collect();
                let word = self.word(folded);
                self.parts.beginnings.push((word, class));
            }
            Member::Class(_) => {}
        }
    }

    fn rule(&mut self, rule: &RuleSource) -> Result<Rule, &'static str> {
        let mut steps = |patterns: &[Vec<Part>]| -> Result<Vec<Vec<Step>>, &'static str> {
            patterns.iter().map(|parts| parts.iter().map(|part| self.step(part)).collect()).collect()
        };
        let (when, unless) = (steps(&rule.when)?, steps(&rule.unless)?);
        if when.is_empty() {
            return Err("pack/pattern");
        }
        let RuleSource { id, signal, strength, from, always, stated, .. } = rule;
        let (signal, strength, from) = (*signal, *strength, *from);
        let (always, stated) = (*always, *stated);
        Ok(Rule { id: id.clone(), signal, strength, from, always, stated, when, unless })
    }

    fn step(&mut self, Part { gap, what }: &Part) -> Result<Step, &'static str> {
        let class = match what {
            Member::Class(name) => {
                let at = self.source.classes.iter().position(|class| class.name == *name);
                at.ok_or("pack/class")? as ClassId
            }
            literal => {
                let name = format!("{literal:?}");
                match self.literals.get(&name) {
                    Some(known) => *known,
                    None => {
                        let class = self.next;
                        self.next += 1;
                        self.literals.insert(name, class);
                        self.add(literal, class);
                        class
                    }
                }
            }
        };
        Ok(Step { gap: *gap, class })
    }
}
