//! The invented conversations.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pausepoint::message::standing::About;

use super::data::{self, Conversation, Label};

/// What was reached when this was last looked at, so that a change that worsens it is seen: of each language, risky
/// conversations noticed by their turn, in hundredths, with the facts about the other side and without, and harmless ones
/// that were not left alone, with the facts.
const REACHED: [(&str, usize, usize, usize); 4] =
    [("en", 100, 100, 2), ("es", 92, 100, 0), ("de", 100, 100, 0), ("fr", 100, 100, 0)];

#[derive(Default)]
struct Tally {
    risky: usize,
    in_time: usize,
    early: Vec<usize>,
    benign: usize,
    alarmed: usize,
}

impl Tally {
    fn take(&mut self, conversation: &Conversation, caution: Option<usize>) {
        match conversation.label {
            Label::Risky => {
                self.risky += 1;
                if let Some(turns) = conversation.in_time(caution) {
                    self.in_time += 1;
                    self.early.push(turns);
                }
            }
            Label::Benign => {
                self.benign += 1;
                self.alarmed += usize::from(caution.is_some());
            }
        }
    }

    fn recall(&self) -> usize {
        100 * self.in_time / self.risky.max(1)
    }

    fn alarms(&self) -> usize {
        (100 * self.alarmed).div_ceil(self.benign.max(1))
    }

    fn line(&mut self) -> String {
        self.early.sort_unstable();
        let early = self
            .early
            .get(self.early.len() / 2)
            .map_or(String::new(), |turns| format!(", {turns} turns early"));
        let Self { risky, in_time, benign, alarmed, .. } = self;
        format!("risky {in_time}/{risky}{early}; benign {alarmed}/{benign}")
    }
}

/// The same of conversations that nobody read while working on packs and weights.
const REACHED_UNKNOWN: [(&str, usize, usize, usize); 4] =
    [("en", 67, 70, 3), ("es", 76, 88, 0), ("de", 64, 58, 12), ("fr", 76, 76, 18)];

fn files() -> Option<Vec<PathBuf>> {
    let folder = data::folder("conversations")?;
    let names = data::LANGUAGES
        .iter()
        .flat_map(|language| ["dev", "dev2"].map(|set| format!("{set}_{language}.jsonl")));
    Some(names.map(|name| folder.join(name)).collect())
}

/// Judges files with the facts about the other side and without, prints what came of it, and holds it against what was
/// reached before. Misses are shown by name where that helps whoever works on them.
fn judge(files: &[PathBuf], reached: [(&str, usize, usize, usize); 4], shows_misses: bool) {
    let mut languages: BTreeMap<String, [Tally; 2]> = BTreeMap::new();
    let mut families: BTreeMap<String, [Tally; 2]> = BTreeMap::new();
    for file in files {
        let mut of_file = [Tally::default(), Tally::default()];
        for conversation in data::conversations(file) {
            for (at, about) in [conversation.peer, About::default()].iter().enumerate() {
                let caution = conversation.caution(about, str::to_owned);
                of_file[at].take(&conversation, caution);
                languages.entry(conversation.lang.clone()).or_default()[at].take(&conversation, caution);
                families.entry(conversation.family.clone()).or_default()[at].take(&conversation, caution);
                let is_missed = conversation.label == Label::Risky && conversation.in_time(caution).is_none();
                if shows_misses && (is_missed || conversation.label == Label::Benign && caution.is_some()) {
                    let facts = if at == 0 { "with facts" } else { "text alone" };
                    println!("{facts}: {} {} {caution:?}", conversation.id, conversation.family);
                }
            }
        }
        let name = file.file_name().expect("a name").to_string_lossy();
        let [with, alone] = &mut of_file;
        println!("{name}: with facts {} | text alone {}", with.line(), alone.line());
    }
    for (name, [with, alone]) in families.iter_mut().chain(&mut languages) {
        println!("{name}: with facts {} | text alone {}", with.line(), alone.line());
    }
    for (language, recall, alone, alarms) in reached {
        let [with, without] = &languages[language];
        assert!(with.recall() >= recall, "{language}: {} of 100 risky ones", with.recall());
        assert!(without.recall() >= alone, "{language}, text alone: {} of 100 risky ones", without.recall());
        assert!(with.alarms() <= alarms, "{language}: {} of 100 harmless ones", with.alarms());
    }
}

#[test]
fn risky_ones_are_noticed_in_time_and_harmless_ones_left_alone() {
    if let Some(files) = files() {
        judge(&files, REACHED, true);
    }
}

#[test]
fn so_are_those_that_nobody_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/conversations");
    let files = data::LANGUAGES.map(|language| folder.join(format!("unknown_{language}.jsonl")));
    judge(&files, REACHED_UNKNOWN, false);
}
