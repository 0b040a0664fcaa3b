//! Shows what packs see in conversations: `talk PACK… -- FILE.jsonl…`. One JSON object for each conversation, with the rules
//! that fire on each turn.

use std::fs;

use anyhow::{Context as _, Result};
use pausepoint::message::{Message, Pack, Source, Speaker};
use serde_json::{Value, json};

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let split = args.iter().position(|arg| arg == "--").context("talk PACK… -- FILE.jsonl…")?;
    let packs: Vec<Pack> = args[..split]
        .iter()
        .map(|file| Ok(Pack::compile(&Source::read(&fs::read_to_string(file)?)?)?))
        .collect::<Result<_>>()?;
    for file in &args[split + 1..] {
        for line in fs::read_to_string(file)?.lines() {
            let mut conversation: Value = serde_json::from_str(line)?;
            let turns = conversation["turns"].as_array_mut().context("turns")?;
            for turn in turns {
                let text = turn["text"].as_str().context("text")?;
                let speaker = if turn["from"] == "peer" { Speaker::Peer } else { Speaker::User };
                let message = Message::of(text);
                let fired = packs.iter().flat_map(|pack| pack.look(&message, speaker));
                turn["fired"] = fired.map(|fired| json!([fired.signal.name(), fired.rule])).collect();
            }
            println!("{conversation}");
        }
    }
    Ok(())
}
