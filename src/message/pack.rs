//! A language pack, ready to look messages through.

use std::collections::{BTreeMap, HashMap};

use super::normalise::{Message, Token};
use super::signal::{From, Signal, Strength};
use super::source::{Member, Part, RuleSource, Source, SourceError};

/// Most patterns, classes and words of a pack.
const MAX_PARTS: usize = 50_000;
/// How far before something a negation makes it none, in words.
const NEGATION_REACH: usize = 3;
/// Most places of a class in a message that are followed, so that patterns take bounded time.
const MAX_PLACES: usize = 64;

/// A language pack.
#[derive(Clone, Debug, Default)]
pub struct Pack {
    /// The language, a BCP 47 tag.
    pub language: String,
    /// What each word, and each phrase that begins with it, belongs to.
    words: HashMap<String, Vec<Entry>>,
    beginnings: HashMap<String, Vec<ClassId>>,
    longest_beginning: usize,
    rules: Vec<Rule>,
    negation: Option<ClassId>,
    no_negation: Option<ClassId>,
    reported: Option<ClassId>,
}

type ClassId = u32;

/// A word or phrase of a class; `rest` are the words after the first.
#[derive(Clone, Debug)]
struct Entry {
    rest: Vec<String>,
    class: ClassId,
}

#[derive(Clone, Debug)]
struct Rule {
    id: String,
    signal: Signal,
    strength: Strength,
    from: From,
    always: bool,
    when: Vec<Vec<Step>>,
    unless: Vec<Vec<Step>>,
}

#[derive(Clone, Copy, Debug)]
struct Step {
    gap: usize,
    class: ClassId,
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

/// Where a class stands in a message: its first and its last token.
type Places = BTreeMap<ClassId, Vec<(usize, usize)>>;

impl Pack {
    /// Makes a pack of its source.
    ///
    /// # Errors
    /// [`SourceError`] for classes that there are not, or that contain each other, and for packs that are too large.
    pub fn compile(source: &Source) -> Result<Self, SourceError> {
        let mut compiler = Compiler { source, pack: Self::default(), literals: HashMap::new(), next: 0 };
        compiler.pack.language.clone_from(&source.language);
        compiler.next = source.classes.len() as ClassId;
        for (id, class) in source.classes.iter().enumerate() {
            for member in
                compiler.flat(&class.members, 0).map_err(|code| SourceError { line: class.line, code })?
            {
                compiler.add(&member, id as ClassId);
            }
        }
        let named =
            |name: &str| source.classes.iter().position(|class| class.name == name).map(|at| at as ClassId);
        compiler.pack.negation = named("negation");
        compiler.pack.no_negation = named("no-negation");
        compiler.pack.reported = named("reported");
        for rule in &source.rules {
            let rule = compiler.rule(rule).map_err(|code| SourceError { line: rule.line, code })?;
            compiler.pack.rules.push(rule);
        }
        let size = compiler.pack.words.len() + compiler.pack.beginnings.len() + compiler.pack.rules.len();
        if size > MAX_PARTS {
            return Err(SourceError { line: 1, code: "pack/too-long" });
        }
        Ok(compiler.pack)
    }

    /// The rules that fire on a message, whoever they are about.
    pub fn look(&self, message: &Message) -> Vec<Fired> {
        let tokens = &message.tokens;
        let places = self.places(tokens);
        let fired = self.rules.iter().filter_map(|rule| {
            let mut found = rule.when.iter().flat_map(|steps| find(steps, &places, tokens));
            let span = found.find(|(first, last)| {
                let sentence = tokens[*last].sentence;
                let is_here = |(first, _): (usize, usize)| tokens[first].sentence == sentence;
                let is_quiet = |steps: &Vec<Step>| find(steps, &places, tokens).into_iter().any(is_here);
                tokens[*first].sentence == sentence
                    && (rule.always || !self.is_not_meant(tokens, &places, *first))
                    && !rule.unless.iter().any(is_quiet)
            })?;
            let Rule { id, signal, strength, from, .. } = rule;
            Some(Fired { rule: id.clone(), signal: *signal, strength: *strength, from: *from, tokens: span })
        });
        fired.collect()
    }

    /// Whether what begins at a token is denied, reported or quoted.
    fn is_not_meant(&self, tokens: &[Token], places: &Places, first: usize) -> bool {
        let of = |class: Option<ClassId>| {
            let places = class.and_then(|class| places.get(&class));
            places
                .map_or(&[][..], Vec::as_slice)
                .iter()
                .filter(|(from, _)| *from < first && tokens[*from].sentence == tokens[first].sentence)
        };
        let is_near = |(_, last): &&(usize, usize)| *last < first && first - last <= NEGATION_REACH;
        let is_taken_back = |denial: &(usize, usize)| {
            of(self.no_negation).any(|(from, last)| *from <= denial.1 && denial.0 <= *last)
        };
        let is_denied = of(self.negation).filter(is_near).any(|denial| !is_taken_back(denial));
        let is_reported = of(self.reported).any(|(_, last)| *last < first);
        let is_quoted = tokens[first].is_quoted && tokens.iter().any(|token| !token.is_quoted);
        is_denied || is_reported || is_quoted
    }

    fn places(&self, tokens: &[Token]) -> Places {
        let mut places = Places::new();
        let mut add = |class: ClassId, from: usize, to: usize| {
            let of_class = places.entry(class).or_default();
            if of_class.len() < MAX_PLACES && of_class.last() != Some(&(from, to)) {
                of_class.push((from, to));
            }
        };
        for (at, token) in tokens.iter().enumerate() {
            for reading in readings(token) {
                for entry in self.words.get(reading).into_iter().flatten() {
                    let rest = &tokens[at + 1..];
                    let is_there = entry.rest.len() <= rest.len()
                        && entry
                            .rest
                            .iter()
                            .zip(rest)
                            .all(|(word, token)| readings(token).any(|r| r == word));
                    if is_there {
                        add(entry.class, at, at + entry.rest.len());
                    }
                }
                let ends = reading.char_indices().map(|(end, _)| end).chain([reading.len()]);
                for end in ends.take_while(|end| *end <= self.longest_beginning) {
                    for class in self.beginnings.get(&reading[..end]).into_iter().flatten() {
                        add(*class, at, at);
                    }
                }
            }
        }
        places
    }
}

fn readings(token: &Token) -> impl Iterator<Item = &str> {
    [token.text.as_str()].into_iter().chain(token.readings.iter().map(String::as_str))
}

/// Where a pattern stands: its first and its last token.
fn find(steps: &[Step], places: &Places, tokens: &[Token]) -> Vec<(usize, usize)> {
    let of = |step: &Step| places.get(&step.class).map_or(&[][..], Vec::as_slice);
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
                let follows = |end: &usize| {
                    from > *end
                        && from - end - 1 <= step.gap
                        && tokens[from].sentence == tokens[*end].sentence
                };
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
    pack: Pack,
    literals: HashMap<String, ClassId>,
    next: ClassId,
}

impl Compiler<'_> {
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

    fn add(&mut self, member: &Member, class: ClassId) {
        match member {
            Member::Phrase(phrase) => {
                let mut words = Message::of(phrase).tokens.into_iter().map(|token| token.text);
                if let Some(first) = words.next() {
                    let entries = self.pack.words.entry(first).or_default();
                    entries.push(Entry { rest: words.collect(), class });
                }
            }
            Member::Beginning(beginning) => {
                let folded: String =
                    Message::of(beginning).tokens.into_iter().map(|token| token.text).collect();
                self.pack.longest_beginning = self.pack.longest_beginning.max(folded.len());
                self.pack.beginnings.entry(folded).or_default().push(class);
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
        let RuleSource { id, signal, strength, from, always, .. } = rule;
        let (signal, strength, from, always) = (*signal, *strength, *from, *always);
        Ok(Rule { id: id.clone(), signal, strength, from, always, when, unless })
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
