//! Ordinary chat of adults, as if a stranger had written all of it.

use std::collections::BTreeMap;
use std::fs;

use pausepoint::AgeBand;
use pausepoint::message::Speaker;
use pausepoint::message::judge::Level;
use pausepoint::message::standing::{About, Relation};
use serde::Deserialize;

use super::data;

/// Messages of a window.
const WINDOW: usize = 30;
/// Cautions among all windows when this was last looked at.
const REACHED: usize = 8;

#[derive(Deserialize)]
struct Line {
    c: serde_json::Value,
    t: String,
}

#[test]
fn ordinary_chat_is_left_alone() {
    let Some(folder) = data::folder("chat") else { return };
    let stranger = About { known: Some(false), relation: Some(Relation::Stranger), ..About::default() };
    let (mut messages, mut cautions) = (0, 0);
    let mut signs: BTreeMap<&str, usize> = BTreeMap::new();
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    let blank = data::engine(AgeBand::From13To15);
    for name in ["topical_chat.jsonl", "ubuntu_irc.jsonl"] {
        let text = fs::read_to_string(folder.join(name)).expect("chat");
        let lines: Vec<Line> =
            text.lines().map(|line| serde_json::from_str(line).expect("a message")).collect();
        for conversation in lines.chunk_by(|one, other| one.c == other.c) {
            for window in conversation.chunks(WINDOW) {
                let mut engine = blank.clone();
                engine.meet("stranger", &stranger).expect("a peer");
                let mut is_caution = false;
                for line in window {
                    messages += 1;
                    engine
                        .explain(Speaker::Peer, &line.t)
                        .iter()
                        .for_each(|span| *signs.entry(span.signal).or_default() += 1);
                    let outlook = engine.check("stranger", Speaker::Peer, &line.t, None).expect("an answer");
                    if outlook.level >= Some(Level::Caution) && !is_caution {
                        is_caution = true;
                        outlook.reasons.iter().for_each(|reason| *reasons.entry(reason).or_default() += 1);
                        println!("caution: {:?}", outlook.reasons);
                    }
                }
                cautions += usize::from(is_caution);
            }
        }
    }
    let (low, high) = clopper_pearson(cautions, messages);
    let per = |rate: f64| rate * 10_000.0;
    println!(
        "{cautions} cautions in {messages} messages: {:.2} in 10,000 (95 %: {:.2} to {:.2})",
        per(cautions as f64 / messages as f64),
        per(low),
        per(high)
    );
    for (sign, times) in &signs {
        println!(
            "{sign}: {times} times, {:.2} in 10,000; reason of {} cautions",
            per(*times as f64 / messages as f64),
            reasons.get(sign).unwrap_or(&0)
        );
    }
    assert!(messages > 80_000);
    assert!(cautions <= REACHED, "{cautions} cautions");
}

/// The exact interval of Clopper and Pearson (1934) for a share, at 95 %: found by halving, from the binomial distribution.
fn clopper_pearson(hits: usize, all: usize) -> (f64, f64) {
    let at_most = |hits: usize, share: f64| -> f64 {
        let mut term = (all as f64 * (-share).ln_1p()).exp();
        let mut sum = term;
        for k in 0..hits {
            term *= (all - k) as f64 / (k + 1) as f64 * share / (1.0 - share);
            sum += term;
        }
        sum
    };
    let halve = |is_low: &dyn Fn(f64) -> bool| {
        let (mut low, mut high) = (0.0, 0.5);
        for _ in 0..100 {
            let middle = f64::midpoint(low, high);
            if is_low(middle) { low = middle } else { high = middle }
        }
        low
    };
    let low = if hits == 0 { 0.0 } else { halve(&|share| 1.0 - at_most(hits - 1, share) < 0.025) };
    (low, halve(&|share| at_most(hits, share) > 0.025))
}

/// Values that R's `binom.test` and published tables give.
#[test]
fn the_interval_is_the_published_one() {
    let (low, high) = clopper_pearson(0, 100);
    assert!(low == 0.0 && (high - 0.036_216_7).abs() < 1e-6, "{low} {high}");
    let (low, high) = clopper_pearson(5, 100);
    assert!((low - 0.016_431_9).abs() < 1e-6, "{low}");
    assert!((high - 0.112_834_9).abs() < 1e-6, "{high}");
}
