//! Messages: any text has its words in order, in memory that is in proportion to it, and conversations an answer.

use std::sync::LazyLock;

use fuzz::within;
use pausepoint::message::file::Draft;
use pausepoint::message::{Conversations, Message, Pack, Source, Speaker};
use pausepoint::policy::message::{MessagePolicy, Sensitivity};
use pausepoint::verdict::Action;

/// The English pack, as a release has it.
static ENGLISH: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let source = Source::read(include_str!("../../packs/messages/en.pack")).expect("a source");
    Draft::write_bundled("en", 1, &Pack::compile(&source).expect("a pack")).expect("a file")
});

/// Cloning this is quicker than reading the pack each time.
static ENGINE: LazyLock<Conversations> = LazyLock::new(|| {
    let policy = MessagePolicy { sensitivity: Sensitivity::Highest, outgoing_details: Action::Block };
    let mut engine = Conversations::new(policy, Vec::new());
    engine.add_bundled(&ENGLISH).expect("a pack");
    engine
});

pub fn look(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    // A token for each byte at worst, with its text and readings.
    let message = within(1024 * text.len() as u64 + 4096, || Message::of(&text));
    let mut end = 0;
    for token in &message.tokens {
        assert!(token.span.start >= end && token.span.start < token.span.end);
        assert!(text.get(token.span.clone()).is_some() && !token.text.is_empty());
        end = token.span.end;
    }
    let mut engine = ENGINE.clone();
    // Each line is a message; those that begin with a space are the user's.
    for (at, line) in text.lines().enumerate() {
        let speaker = if line.starts_with(' ') { Speaker::User } else { Speaker::Peer };
        let outlook = engine.check("p", speaker, line, Some(at as i64 * 60)).expect("an answer");
        assert_eq!(outlook.level.is_none(), outlook.advice.is_empty());
        let units = line.encode_utf16().count();
        assert!(engine.explain(speaker, line).iter().all(|span| span.start < span.end && span.end <= units));
        engine.before_sending("p", line);
    }
    if let Some(state) = engine.state("p") {
        engine.restore("q", &state).expect("what was kept");
        assert_eq!(engine.state("q"), Some(state));
    }
    if engine.restore("r", data).is_ok() {
        assert_eq!(engine.state("r").as_deref(), Some(data));
    }
}
