//! Times searches in a million hashes, half of them random and half near-duplicates: `index [FOLDER]`.
//!
//! A folder gets the list and what was searched for, 32 bytes a hash, so that others can search the same
//! (`benches/index/faiss_peer.py`).

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use corpus::hashes::Random;
use pausepoint::hash::index::Index;
use pausepoint::hash::pdq::{MATCH_DISTANCE, PdqHash};

const LENGTH: usize = 1_000_000;
const SEARCHES: usize = 2000;
/// Looking through all takes long enough to measure a few.
const PLAIN_SEARCHES: usize = 200;

fn main() -> Result<()> {
    let mut random = Random(7);
    let list = random.list(LENGTH);
    let unrelated: Vec<PdqHash> = (0..SEARCHES).map(|_| random.hash()).collect();
    let planted: Vec<PdqHash> = (0..SEARCHES)
        .map(|i| {
            let entry = list[random.below(LENGTH)];
            random.near(&entry, (i % 41) as u32)
        })
        .collect();
    if let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) {
        fs::create_dir_all(&folder)?;
        for (name, hashes) in [("list", &list), ("unrelated", &unrelated), ("planted", &planted)] {
            fs::write(folder.join(name), hashes.iter().flat_map(|hash| hash.0).collect::<Vec<u8>>())?;
        }
    }

    println!(
        "| index | build, ms | bytes a hash | searched for | matches | one, µs | p95 | eight, µs | p95 |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    // One bit more than tables are made for, so that the list is looked through.
    for (name, radius, count) in
        [("tables", MATCH_DISTANCE, SEARCHES), ("looked through", MATCH_DISTANCE + 1, PLAIN_SEARCHES)]
    {
        let start = Instant::now();
        let index = Index::new(list.iter().copied(), radius);
        let build = start.elapsed().as_secs_f64() * 1e3;
        let bytes = index.bytes() as f64 / LENGTH as f64;
        for (kind, hashes) in [("unrelated", &unrelated), ("planted", &planted)] {
            let hashes = &hashes[..count];
            let mut matches = 0;
            let (one, one_p95) = times(hashes.iter(), |hash| matches += index.matches(hash).len());
            let (eight, eight_p95) = times(hashes.chunks_exact(8), |eight| drop(index.matches_of(eight)));
            println!(
                "| {name} | {build:.0} | {bytes:.1} | {count} {kind} | {matches} \
                 | {one:.1} | {one_p95:.1} | {eight:.1} | {eight_p95:.1} |"
            );
        }
    }
    Ok(())
}

/// Median and 95th percentile, in microseconds.
fn times<T>(searches: impl Iterator<Item = T>, mut search: impl FnMut(T)) -> (f64, f64) {
    let mut times: Vec<f64> = searches
        .map(|hashes| {
            let start = Instant::now();
            search(hashes);
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_unstable_by(f64::total_cmp);
    (times[times.len() / 2], times[times.len() * 95 / 100])
}
