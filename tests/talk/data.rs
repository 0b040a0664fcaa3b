//! What there is to read, and the engine as an app has it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use pausepoint::message::file::Draft;
use pausepoint::message::judge::Level;
use pausepoint::message::standing::About;
use pausepoint::message::{Conversations, Pack, Source, Speaker};
use pausepoint::{AgeBand, Policy};
use serde::Deserialize;

pub const LANGUAGES: [&str; 4] = ["en", "es", "de", "fr"];

/// The packs as the package has them.
static PACKS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs/messages");
    let bytes = LANGUAGES.map(|language| {
        let text = fs::read_to_string(folder.join(language).with_extension("pack")).expect("a source");
        let pack = Pack::compile(&Source::read(&text).expect("a source")).expect("a pack");
        Draft::write_bundled(language, 1, &pack).expect("a file")
    });
    bytes.to_vec()
});

/// A folder of data; `None`, and said so, where there is none.
pub fn folder(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    if !folder.is_dir() {
        println!("skipped: no {} here", folder.display());
    }
    folder.is_dir().then_some(folder)
}

/// The engine for an age band.
pub fn engine(band: AgeBand) -> Conversations {
    let policy = Policy::preset(band).expect("a preset").message;
    let mut conversations = Conversations::new(policy, Vec::new());
    PACKS.iter().for_each(|pack| conversations.add_bundled(pack).expect("a pack"));
    conversations
}

#[derive(Clone, Debug, Deserialize)]
pub struct Conversation {
    pub id: String,
    pub lang: String,
    pub label: Label,
    pub family: String,
    #[serde(rename = "self")]
    pub user: User,
    pub peer: About,
    pub turns: Vec<Turn>,
    pub warn_by_turn: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Label {
    Risky,
    Benign,
}

#[derive(Clone, Debug, Deserialize)]
pub struct User {
    pub age_band: AgeBand,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Turn {
    pub from: Speaker,
    pub text: String,
    pub t_min: f64,
}

/// The conversations of a file.
pub fn conversations(file: &Path) -> Vec<Conversation> {
    let text = fs::read_to_string(file).expect("conversations");
    text.lines().map(|line| serde_json::from_str(line).expect("a conversation")).collect()
}

impl Conversation {
    /// The first turn at which the engine says `caution`; it is told what an app knows, and nothing that is for scoring.
    pub fn caution(&self, about: &About, disguise: impl Fn(&str) -> String) -> Option<usize> {
        let mut engine = engine(self.user.age_band);
        engine.meet("peer", about).expect("a peer");
        self.turns.iter().position(|turn| {
            let at = Some((turn.t_min * 60.0) as i64);
            let outlook = engine.check("peer", turn.from, &disguise(&turn.text), at).expect("an answer");
            outlook.level >= Some(Level::Caution)
        })
    }

    /// How many turns before the deadline it was noticed, if it was risky and noticed in time.
    pub fn in_time(&self, caution: Option<usize>) -> Option<usize> {
        self.warn_by_turn?.checked_sub(caution?)
    }
}
