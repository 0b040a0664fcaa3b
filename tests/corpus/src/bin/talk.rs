//! Shows what packs see in conversations: `talk [--last] PACK… -- FILE.jsonl…`. One JSON object for each conversation, with
//! the rules that fire on each turn, what the conversation comes to, and what it is judged by, with the facts about the other
//! side and without; with `--last` only what it comes to after the last turn.

use std::fs;

use anyhow::{Context as _, Result};
use pausepoint::message::conversation::Conversation;
use pausepoint::message::judge::features;
use pausepoint::message::standing::{About, Standing};
use pausepoint::message::{Message, Pack, Source, Speaker};
use serde_json::{Value, json};

fn main() -> Result<()> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let is_last = args.first().is_some_and(|arg| arg == "--last");
    if is_last {
        args.remove(0);
    }
    let split = args.iter().position(|arg| arg == "--").context("talk PACK… -- FILE.jsonl…")?;
    let packs: Vec<Pack> = args[..split]
        .iter()
        .map(|file| Ok(Pack::compile(&Source::read(&fs::read_to_string(file)?)?)?))
        .collect::<Result<_>>()?;
    for file in &args[split + 1..] {
        for line in fs::read_to_string(file)?.lines() {
            println!("{}", look(&packs, serde_json::from_str(line)?, is_last)?);
        }
    }
    Ok(())
}

fn look(packs: &[Pack], mut seen: Value, is_last: bool) -> Result<Value> {
    let standing = serde_json::from_value::<About>(seen["peer"].clone()).unwrap_or_default().standing();
    let mut conversation = Conversation::default();
    let turns = seen["turns"].as_array_mut().context("turns")?;
    let last = turns.len() - 1;
    for (i, turn) in turns.iter_mut().enumerate() {
        let text = turn["text"].as_str().context("text")?;
        let speaker = if turn["from"] == "peer" { Speaker::Peer } else { Speaker::User };
        let at = turn["t_min"].as_f64().map(|minutes| (minutes * 60.0) as i64);
        let message = Message::of(text);
        let fired: Vec<_> = packs.iter().flat_map(|pack| pack.look(&message)).collect();
        conversation.take(&fired, speaker, at);
        let name = |fired: &pausepoint::message::Fired| {
            let (first, last) = fired.tokens;
            let span = message.tokens[first].span.start..message.tokens[last].span.end;
            json!([fired.signal.name(), format!("{:?}", fired.strength), fired.rule, &text[span]])
        };
        let fired: Vec<Value> = fired.iter().map(name).collect();
        if !fired.is_empty() {
            turn["fired"] = fired.into();
        }
        if !is_last || i == last {
            let (f, g) = (sparse(&conversation, standing), sparse(&conversation, Standing::Unsaid));
            turn["seen"] = json!({ "score": conversation.score(standing).total, "f": f,
                "score_alone": conversation.score(Standing::Unsaid).total, "g": g });
        }
    }
    Ok(seen)
}

fn sparse(conversation: &Conversation, standing: Standing) -> Vec<(usize, f64)> {
    let features = features(conversation.evidence(), standing);
    let units = features.iter().map(|amount| *amount as f64 / 65536.0);
    units.enumerate().filter(|(_, amount)| *amount != 0.0).collect()
}
