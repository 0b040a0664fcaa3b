//! Searching lists of hashes, beside an oracle that looks at every byte of every entry.

use std::path::Path;

use corpus::hashes::Random;
use pausepoint::hash::index::{Index, Match, MatchOf};
use pausepoint::hash::pdq::{MATCH_DISTANCE, PdqHash};

fn distance(a: &PdqHash, b: &PdqHash) -> u32 {
    a.0.iter().zip(&b.0).map(|(a, b)| (a ^ b).count_ones()).sum()
}

fn oracle(list: &[PdqHash], hash: &PdqHash, radius: u32) -> Vec<Match> {
    let all =
        list.iter().enumerate().map(|(position, entry)| Match { distance: distance(entry, hash), position });
    let mut matches: Vec<Match> = all.filter(|entry| entry.distance <= radius).collect();
    matches.sort_by_key(|entry| (entry.distance, entry.position));
    matches
}

fn index(list: &[PdqHash]) -> Index {
    Index::new(list.iter().copied(), MATCH_DISTANCE)
}

/// One bit of each byte but one: no part of the hash is nearer than its share of 31 bits.
fn spread(random: &mut Random, hash: &PdqHash, spared: Option<usize>) -> PdqHash {
    let mut spread = *hash;
    for (_, byte) in spread.0.iter_mut().enumerate().filter(|(i, _)| Some(*i) != spared) {
        *byte ^= 1 << random.below(8);
    }
    spread
}

#[test]
fn in_a_million_hashes_all_that_is_near_is_found_and_nothing_else() {
    let mut random = Random(1);
    let list = random.list(1_000_000);
    let index = index(&list);
    assert_eq!(index.len(), list.len());
    assert!(index.bytes() <= 100 * list.len(), "{} bytes", index.bytes());
    let (mut matches, mut complete) = (0, 0);
    for i in 0..10_000 {
        let planted = (i % 41) as u32;
        let position = random.below(list.len());
        let hash = random.near(&list[position], planted);
        let found = index.matches(&hash);
        assert!(found.is_sorted_by_key(|entry| (entry.distance, entry.position)), "{i}");
        assert!(found.windows(2).all(|pair| pair[0] != pair[1]), "{i}: twice");
        for entry in &found {
            assert_eq!(entry.distance, distance(&list[entry.position], &hash), "{i}");
            assert!(entry.distance <= 31, "{i}");
        }
        assert_eq!(
            found.contains(&Match { distance: planted, position }),
            planted <= 31,
            "{i}: {planted} bits"
        );
        // Looking at all takes long. In steps of 50 every distance has its turn.
        if i % 50 == 0 {
            assert_eq!(found, oracle(&list, &hash, 31), "{i}");
            complete += 1;
        }
        matches += found.len();
    }
    for spared in 0..32 {
        for _ in 0..20 {
            let position = random.below(list.len());
            let hash = spread(&mut random, &list[position], Some(spared));
            let found = index.matches(&hash);
            assert!(found.contains(&Match { distance: 31, position }), "all but byte {spared}");
            let hash = spread(&mut random, &list[position], None);
            assert!(index.matches(&hash).iter().all(|entry| entry.position != position));
        }
    }
    println!("10,000 searches, {matches} matches; {complete} of them compared with all entries");
}

#[test]
fn lists_of_any_length_and_radius_give_what_the_oracle_gives() {
    let mut random = Random(2);
    for length in [1, 2, 31, 1000, 32_767, 32_768, 50_000] {
        let list = random.list(length);
        for radius in [0, 1, 9, 10, 11, 20, 21, 22, 30, 31, 32, 90] {
            let index = Index::new(list.iter().copied(), radius);
            assert_eq!((index.len(), index.radius(), index.is_empty()), (length, radius, false));
            for _ in 0..20 {
                let position = random.below(length);
                let planted = random.below(radius as usize + 3) as u32;
                let hash = random.near(&list[position], planted);
                assert_eq!(
                    index.matches(&hash),
                    oracle(&list, &hash, radius),
                    "{length}, {radius}, {planted}"
                );
            }
        }
    }
}

#[test]
fn an_empty_list_has_no_matches() {
    let index = index(&[]);
    assert!(index.is_empty());
    assert_eq!(index.matches(&PdqHash::default()), []);
    assert_eq!(index.matches_of(&[PdqHash::default(); 8]), []);
}

#[test]
fn everything_is_within_256_bits() {
    let list = Random(3).list(100);
    for radius in [256, u32::MAX] {
        let index = Index::new(list.iter().copied(), radius);
        assert_eq!(index.matches(&list[0]).len(), 100);
    }
}

#[test]
fn the_same_hash_a_million_times_is_found_a_million_times() {
    let mut random = Random(4);
    let entry = random.hash();
    let index = index(&vec![entry; 1_000_000]);
    for distance in [0, 31] {
        let expected = (0..1_000_000).map(|position| Match { distance, position });
        assert!(index.matches(&random.near(&entry, distance)).into_iter().eq(expected), "{distance}");
    }
    assert_eq!(index.matches(&random.near(&entry, 32)), []);
    assert_eq!(index.matches(&random.hash()), []);
}

#[test]
fn hashes_that_share_most_of_their_bits_are_told_apart() {
    let mut random = Random(5);
    let core = random.hash();
    // All of the list, and so few of it that the tables are still used.
    for (length, alike) in [(100_000, 100_000), (100_000, 800)] {
        let list: Vec<PdqHash> = (0..length)
            .map(|i| {
                let mut hash = random.hash();
                if i % (length / alike) == 0 {
                    hash.0[..27].copy_from_slice(&core.0[..27]);
                }
                hash
            })
            .collect();
        let index = index(&list);
        for distance in 0..41 {
            let hash = random.near(&list[0], distance);
            assert_eq!(index.matches(&hash), oracle(&list, &hash, 31), "{alike}, {distance}");
        }
    }
}

#[test]
fn several_hashes_at_once_say_which_of_them_matched() {
    let mut random = Random(6);
    let list = random.list(60_000);
    let index = index(&list);
    for _ in 0..50 {
        let (a, b) = (random.below(list.len()), random.below(list.len()));
        let mut hashes = [(); 8].map(|()| random.hash());
        hashes[2] = random.near(&list[a], 7);
        hashes[5] = random.near(&list[b], 31);
        hashes[7] = list[a];
        let found = index.matches_of(&hashes);
        let mut expected: Vec<MatchOf> = hashes
            .iter()
            .enumerate()
            .flat_map(|(hash, of)| {
                oracle(&list, of, 31).into_iter().map(move |entry| MatchOf { entry, hash })
            })
            .collect();
        expected.sort_by_key(|found| (found.entry.distance, found.entry.position, found.hash));
        assert_eq!(found, expected);
        assert!(found.contains(&MatchOf { entry: Match { distance: 7, position: a }, hash: 2 }));
    }
}

/// A published list, or nothing where it is not at hand.
fn published(name: &str) -> Vec<PdqHash> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/pdq").join(name);
    let Ok(text) = std::fs::read_to_string(file) else {
        println!("skipped: the published {name} is not there");
        return Vec::new();
    };
    let list: Vec<PdqHash> = text.lines().map(|line| line.parse().expect("a hash")).collect();
    assert!(!list.is_empty());
    list
}

#[test]
fn published_lists_are_searched_as_by_the_oracle() {
    let (needles, haystack) = (published("needles.txt"), published("haystack.txt"));
    // As they are, and among so many others that there are tables.
    let mut long = [&needles[..], &haystack].concat();
    long.extend((0..100_000).map(|i| Random(i).hash()));
    for list in [haystack.clone(), long] {
        let index = index(&list);
        let mut matches = 0;
        // No needle is in the haystack, but its own hashes are near each other.
        for hash in needles.iter().chain(&haystack) {
            let found = index.matches(hash);
            assert_eq!(found, oracle(&list, hash, 31));
            matches += found.len();
        }
        println!("{} searches in {} hashes: {matches} matches", needles.len() + haystack.len(), list.len());
    }
}
