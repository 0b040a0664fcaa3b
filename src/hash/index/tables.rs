//! Tables that lead from a piece of a hash to the entries with that piece: multi-index hashing (Norouzi, Punjani, Fleet,
//! "Fast Exact Search in Hamming Space with Multi-Index Hashing", IEEE TPAMI 36(6), 2014).
//!
//! Each [`Piece`] has a table with a bucket for every value of its first two bytes. A search looks into the 137 buckets
//! that differ in two bits at most. Third bytes lie beside each other, apart from the entries' numbers, so that they sort
//! out most of a bucket at the cost of a cache line or two; what is left is compared as a whole.
//!
//! Sixteen pieces of two bytes, as in the paper, look into 272 buckets instead of 1,387, but then compare 4,150 of a
//! million random entries instead of 440. Each of these comparisons waits for memory: on the same machine they took 55 µs
//! a search instead of 41. Hashes of pictures are not random, and share more: of the published ones, pieces of two bytes
//! leave 1.1 % to compare, and these 0.3 %.
//!
//! Loops that wait for memory do nothing else, so that many loads are under way at once: looking at each third byte as it
//! comes took 160 µs a search.

use super::entries::{Entries, Half, Halves, distance};
use super::piece::{BUCKETS, MOST_NEAR, PIECES, Piece, WIDEST, deal, near};

/// Most entries: their numbers have three bytes.
pub const LONGEST: usize = 1 << 24;

/// Third bytes that are looked at together: a bucket of a million entries has 15, hardly ever more than 32.
const WINDOW: usize = 32;
/// Entries that are compared together.
const BATCH: usize = 256;

/// An entry's number in the list, lowest byte first.
type Number = [u8; 3];
/// Where a bucket starts and ends in its table.
type Bucket = (u32, u32);

#[derive(Clone, Debug)]
pub struct Tables {
    /// Entries of each table, which are all.
    length: usize,
    radius: u32,
    /// Bits dealt to each piece. Pieces that were dealt none have no table.
    dealt: [u32; PIECES],
    /// Of table after table, where each bucket starts, and where the last one ends.
    starts: Vec<u32>,
    /// Of table after table, the entries' third bytes, bucket after bucket. At the end a window's length of nothing.
    tails: Vec<u8>,
    /// Of table after table, the entries' numbers in the same order.
    numbers: Vec<Number>,
}

impl Tables {
    /// For one entry at least and [`LONGEST`] at most. `None` where the radius is too wide.
    pub fn new(entries: &Entries, radius: u32) -> Option<Self> {
        if radius > WIDEST {
            return None;
        }
        let length = entries.len();
        let dealt = deal(radius);
        let count = dealt.iter().filter(|bits| **bits > 0).count();
        let mut starts = vec![0; count * (BUCKETS + 1)];
        let mut tails = vec![0; count * length + WINDOW];
        let mut numbers = vec![Number::default(); count * length];
        for (i, starts) in starts.chunks_exact_mut(BUCKETS + 1).enumerate() {
            let table = i * length..(i + 1) * length;
            sort(entries, i, starts, &mut tails[table.clone()], &mut numbers[table]);
        }
        Some(Self { length, radius, dealt, starts, tails, numbers })
    }

    /// Memory, in bytes.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.starts) + size_of_val(&*self.tails) + size_of_val(&*self.numbers)
    }

    /// Calls `found` with position and distance of each entry within the radius.
    pub fn search(&self, entries: &Entries, hash: &Halves, found: impl FnMut(usize, u32)) {
        let mut buckets = [[(0, 0); MOST_NEAR]; PIECES];
        // Looking through all takes 1.3 ns an entry, and 4.4 ns each that is left to compare: so it is quicker where much
        // of the list shares pieces with the hash.
        if self.buckets(hash, &mut buckets) > self.length / 4 {
            return entries.search(hash, self.radius, found);
        }
        let mut search = Search { tables: self, entries, hash, found, batch: [0; BATCH], filled: 0 };
        for (i, buckets) in buckets.iter().enumerate() {
            search.sift(i, buckets);
        }
        search.compare();
    }

    /// Finds the buckets that are near, and says how many entries they have.
    fn buckets(&self, hash: &Halves, buckets: &mut [[Bucket; MOST_NEAR]; PIECES]) -> usize {
        let mut entries = 0;
        for (i, (starts, buckets)) in self.starts.chunks_exact(BUCKETS + 1).zip(buckets).enumerate() {
            let value = Piece::of(hash, i).bucket;
            for (mask, bucket) in near(self.dealt[i]).iter().zip(buckets) {
                let near = usize::from(value ^ mask);
                *bucket = (starts[near], starts[near + 1]);
                entries += (bucket.1 - bucket.0) as usize;
            }
        }
        entries
    }
}

/// Fills one table: a counting sort.
fn sort(entries: &Entries, i: usize, starts: &mut [u32], tails: &mut [u8], numbers: &mut [Number]) {
    let pieces = entries.iter().map(|hash| Piece::of(&hash, i));
    for piece in pieces.clone() {
        starts[usize::from(piece.bucket)] += 1;
    }
    let mut end = 0;
    for start in starts.iter_mut() {
        end += *start;
        *start = end;
    }
    // Each bucket is filled from its end, which thereby becomes its start.
    for (number, piece) in pieces.enumerate().rev() {
        let start = &mut starts[usize::from(piece.bucket)];
        *start -= 1;
        let [a, b, c, ..] = number.to_le_bytes();
        numbers[*start as usize] = [a, b, c];
        tails[*start as usize] = piece.tail;
    }
}

/// One search under way.
struct Search<'a, F> {
    tables: &'a Tables,
    entries: &'a Entries,
    hash: &'a Halves,
    found: F,
    /// What is to be compared: places in the tables.
    batch: [u32; BATCH],
    filled: usize,
}

impl<F: FnMut(usize, u32)> Search<'_, F> {
    /// Puts aside what is near in piece `i`.
    fn sift(&mut self, i: usize, buckets: &[Bucket]) {
        let table = i * self.tables.length;
        let tails = &self.tables.tails[..];
        let dealt = self.tables.dealt[i];
        let tail = Piece::of(self.hash, i).tail;
        let mut windows = [[0; WINDOW]; MOST_NEAR];
        for (window, (start, _)) in windows.iter_mut().zip(buckets).take(near(dealt).len()) {
            window.copy_from_slice(&tails[table + *start as usize..][..WINDOW]);
        }
        for ((window, (start, end)), mask) in windows.iter().zip(buckets).zip(near(dealt)) {
            let most = (dealt - 1 - mask.count_ones()) as u8;
            let (start, end) = (table + *start as usize, table + *end as usize);
            // Without a branch for each, so that it takes a few vector instructions.
            if window.iter().fold(false, |any, other| any | ((other ^ tail).count_ones() as u8 <= most)) {
                self.put_aside(&window[..WINDOW.min(end - start)], start, tail, most);
            }
            if end - start > WINDOW {
                self.put_aside(&tails[start + WINDOW..end], start + WINDOW, tail, most);
            }
        }
    }

    /// Puts aside what differs in `most` bits at most, of what is in the tables from a place on.
    fn put_aside(&mut self, tails: &[u8], from: usize, tail: u8, most: u8) {
        for (place, other) in (from..).zip(tails) {
            if ONES[usize::from(other ^ tail)] <= most {
                self.batch[self.filled] = place as u32;
                self.filled += 1;
                if self.filled == BATCH {
                    self.compare();
                }
            }
        }
    }

    /// Tells the matches among what was put aside.
    fn compare(&mut self) {
        let (mut numbers, mut halves) = ([0; BATCH], [Half::default(); BATCH]);
        let places = &self.batch[..self.filled];
        for (number, place) in numbers.iter_mut().zip(places) {
            let [a, b, c] = self.tables.numbers[*place as usize];
            *number = u32::from_le_bytes([a, b, c, 0]) as usize;
        }
        for (half, number) in halves.iter_mut().zip(&numbers[..self.filled]) {
            *half = self.entries.first_half(*number);
        }
        for ((place, number), half) in places.iter().zip(numbers).zip(&halves) {
            let first = distance(half, &self.hash[0]);
            if first <= self.tables.radius {
                let entry = self.entries.get(number);
                let distance = first + distance(&entry[1], &self.hash[1]);
                if distance <= self.tables.radius
                    && self.is_first(&entry, *place as usize / self.tables.length)
                {
                    (self.found)(number, distance);
                }
            }
        }
        self.filled = 0;
    }

    /// Whether no piece before this one leads to the entry as well.
    fn is_first(&self, entry: &Halves, piece: usize) -> bool {
        let mut before = self.tables.dealt[..piece].iter().enumerate();
        before.all(|(i, dealt)| Piece::of(entry, i).distance(Piece::of(self.hash, i)) >= *dealt)
    }
}

/// Bits of each byte that are one.
static ONES: [u8; 256] = {
    let mut ones = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        ones[byte] = byte.count_ones() as u8;
        byte += 1;
    }
    ones
};
