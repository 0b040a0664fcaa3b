//! Times decisions about contacts: `contacts [FILE]`. A file gets the facts, so that others can be timed on the same.

use std::fs;
use std::hint::black_box;
use std::time::Instant;

use anyhow::Result;
use corpus::hashes::Random;
use pausepoint::contact::{Facts, Rules, decide};

const CONTACTS: usize = 10_000;
const ROUNDS: usize = 21;

fn main() -> Result<()> {
    let mut random = Random(5);
    let lines: Vec<String> = (0..CONTACTS).map(|i| line(&mut random, i)).collect();
    if let Some(file) = std::env::args_os().nth(1) {
        fs::write(file, lines.join("\n"))?;
    }
    let rules = Rules::defaults()?;
    let read = || lines.iter().map(|line| Facts::from_json(line)).collect::<Result<Vec<_>, _>>();
    let facts = read()?;
    println!("| {CONTACTS} contacts, one thread | decisions a second |");
    println!("| --- | --- |");
    let decided = median(|| {
        for facts in &facts {
            black_box(decide(black_box(facts), &rules).is_ok());
        }
    });
    println!("| native, with reasons and what is missing | {decided:.0} |");
    let from_json = median(|| {
        for line in &lines {
            let facts = Facts::from_json(black_box(line));
            black_box(facts.is_ok_and(|facts| decide(&facts, &rules).is_ok()));
        }
    });
    println!("| native, from JSON | {from_json:.0} |");
    Ok(())
}

/// Decisions a second.
fn median(mut work: impl FnMut()) -> f64 {
    let mut seconds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    CONTACTS as f64 / seconds[ROUNDS / 2]
}

/// Facts as apps have them: some know nearly nothing, some all.
fn line(random: &mut Random, i: usize) -> String {
    let one = |random: &mut Random, of: &[&str]| of[random.below(of.len())].to_owned();
    let kind = one(random, &["suggestion", "connect-request", "message-request", "message", "call"]);
    let band = one(random, &["under-13", "13-15", "16-17"]);
    let from = 10 + random.below(40);
    let to = from + random.below(9);
    let method = one(random, &["declared", "verified", "estimated"]);
    let tie = one(random, &["", r#""contacts""#, r#""school""#, r#""household""#]);
    let facts = [
        format!(
            r#""age":{{"range":[{from},{to}],"method":"{method}","level":"standard","checked_at":"2026-05-01"}}"#
        ),
        format!(r#""ties":[{tie}]"#),
        format!(r#""mutual_contacts":{}"#, random.below(5)),
        format!(r#""account_age_days":{}"#, random.below(900)),
        format!(r#""country_mismatch":{}"#, random.below(4) == 0),
        format!(r#""reports_by_minors":{}"#, random.below(20) / 19),
        format!(r#""minors_contacted_recently":{}"#, random.below(8)),
    ];
    let peer: Vec<String> = facts.into_iter().filter(|_| random.below(3) > 0).collect();
    let peer = peer.join(",");
    format!(
        r#"{{"id":"c{i}","kind":"{kind}","now":"2026-11-22T10:00:00Z","self":{{"age_band":"{band}"}},"peer":{{{peer}}}}}"#
    )
}
