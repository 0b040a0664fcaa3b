//! Lists of hashes, searched exactly: every entry within a distance is found, and nothing else.
//!
//! Short lists are looked through; long ones have tables that lead from a piece of a hash to the entries with that piece.
//! Both give the same.

mod entries;
mod piece;
mod tables;

use entries::Entries;
use tables::Tables;

use super::pdq::PdqHash;

/// Length from which a list has tables. A search in them takes as long as looking through 10,000 entries in native code
/// (12 µs), 32,768 in WebAssembly (36 µs). In between they would spare 20 µs at most, and take 3 MB.
const TABLES_FROM: usize = 1 << 15;

/// An entry that is near enough to a hash. Ordered by distance, then by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Match {
    /// Bits that differ, from 0 to the index's radius.
    pub distance: u32,
    /// The entry's place in the list that was given, from 0.
    pub position: usize,
}

/// An entry that is near enough to one of several hashes. Ordered by distance, then by position, then by hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MatchOf {
    /// The entry, and how near it is.
    pub entry: Match,
    /// Which of the hashes, from 0.
    pub hash: usize,
}

/// A list of hashes that are searched for similar ones. All must be of one [`super::pdq::Family`].
#[derive(Clone, Debug)]
pub struct Index {
    parts: Vec<Part>,
    radius: u32,
}

#[derive(Clone, Debug)]
struct Part {
    entries: Entries,
    tables: Option<Tables>,
}

impl Index {
    /// Of a list, to find what differs in at most `radius` bits: [`super::pdq::MATCH_DISTANCE`] for what is the same
    /// picture. Entries may be equal; each is found.
    ///
    /// Lists of 32,768 and more take 76 bytes an entry, and 3 MB for each 16 million; shorter ones take 32 bytes an
    /// entry. So do all with a radius over 31, since tables for them would spare little.
    pub fn new(list: impl IntoIterator<Item = PdqHash>, radius: u32) -> Self {
        Self::with_parts(list, radius, TABLES_FROM, tables::LONGEST)
    }

    fn with_parts(list: impl IntoIterator<Item = PdqHash>, radius: u32, from: usize, longest: usize) -> Self {
        let mut list = list.into_iter();
        let parts = core::iter::from_fn(|| {
            let entries: Entries = list.by_ref().take(longest).collect();
            (entries.len() > 0).then(|| {
                let tables = (entries.len() >= from).then(|| Tables::new(&entries, radius)).flatten();
                Part { entries, tables }
            })
        });
        Self { parts: parts.collect(), radius }
    }

    /// Every entry within the radius of a hash, nearest first.
    pub fn matches(&self, hash: &PdqHash) -> Vec<Match> {
        let mut matches = Vec::new();
        self.each(hash, |entry| matches.push(entry));
        matches.sort_unstable();
        matches
    }

    /// Every entry within the radius of each of several hashes, such as those of a picture's eight orientations, nearest
    /// first. An entry that is near to several of them is there for each.
    pub fn matches_of(&self, hashes: &[PdqHash]) -> Vec<MatchOf> {
        let mut matches = Vec::new();
        for (hash, of) in hashes.iter().enumerate() {
            self.each(of, |entry| matches.push(MatchOf { entry, hash }));
        }
        matches.sort_unstable();
        matches
    }

    /// The nearest entry within the radius of a hash, the first of several.
    pub fn nearest(&self, hash: &PdqHash) -> Option<Match> {
        let mut nearest: Option<Match> = None;
        self.each(hash, |entry| nearest = Some(nearest.map_or(entry, |nearest| nearest.min(entry))));
        nearest
    }

    /// Length of the list.
    pub fn len(&self) -> usize {
        self.parts.iter().map(|part| part.entries.len()).sum()
    }

    /// Whether there is nothing in the list.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Most bits in which matches differ.
    pub fn radius(&self) -> u32 {
        self.radius
    }

    /// Memory that the list and its tables take, in bytes.
    pub fn bytes(&self) -> usize {
        let of = |part: &Part| part.entries.bytes() + part.tables.as_ref().map_or(0, Tables::bytes);
        self.parts.iter().map(of).sum()
    }

    /// Calls `found` with each entry within the radius of a hash, in no order that could be relied on.
    pub fn each(&self, hash: &PdqHash, mut found: impl FnMut(Match)) {
        let halves = entries::halves(hash);
        let mut before = 0;
        for Part { entries, tables } in &self.parts {
            let found = |at, distance| found(Match { distance, position: before + at });
            match tables {
                Some(tables) => tables.search(entries, &halves, found),
                None => entries.search(&halves, self.radius, found),
            }
            before += entries.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    use super::*;

    fn random(seed: u32) -> PdqHash {
        PdqHash(Sha256::digest(seed.to_le_bytes()).into())
    }

    /// One bit in each byte from one on, and so no piece with more than its share.
    fn spread(mut hash: PdqHash, from: usize, bits: u32) -> PdqHash {
        (0..bits as usize).for_each(|i| hash.0[(from + i) % 32] ^= 1 << (i / 32));
        hash
    }

    #[test]
    fn every_radius_finds_the_same_with_and_without_tables() {
        let mut list: Vec<PdqHash> = (0..2000).map(random).collect();
        // A few that are near each other.
        list.extend((0..35).map(|bits| spread(random(77), bits as usize, bits)));
        for radius in 0..=35 {
            let plain = Index::with_parts(list.iter().copied(), radius, usize::MAX, usize::MAX);
            assert!(plain.parts.iter().all(|part| part.tables.is_none()));
            for longest in [list.len(), 700] {
                let tables = Index::with_parts(list.iter().copied(), radius, 1, longest);
                assert_eq!(tables.parts.len(), list.len().div_ceil(longest));
                assert!(tables.parts.iter().all(|part| part.tables.is_some() == (radius <= 31)));
                assert_eq!(tables.len(), list.len());
                for from in 0..32 {
                    let near = spread(list[from * 60], from, radius);
                    let far = spread(list[from * 60], from, radius + 1);
                    let found = tables.matches(&near);
                    assert!(
                        found.contains(&Match { distance: radius, position: from * 60 }),
                        "{radius}, {from}"
                    );
                    assert_eq!(found, plain.matches(&near), "{radius}, {from}");
                    assert_eq!(tables.matches(&far), plain.matches(&far), "{radius}, {from}");
                }
            }
        }
    }
}
