//! How hashes are cut, and how near the pieces of matches are.
//!
//! Say that the bits in which matches may differ, and one more, are dealt out to the pieces in turn. If every piece
//! differed in as many bits as it was dealt, the hashes would differ in more than they may. So matches have a piece that
//! differs in fewer. At 31 bits ten pieces are dealt three and the last one two.

use super::entries::Halves;

/// Five pieces of three bytes from each half, and one of the two bytes that are left over.
pub const PIECES: usize = 11;
/// The widest radius at which no piece is dealt more than three bits, and the last one two.
pub const WIDEST: u32 = 31;
/// Values of the part of a piece that selects a bucket.
pub const BUCKETS: usize = 1 << u16::BITS;
/// Pairs of 16 bits, each bit, and none.
pub const MOST_NEAR: usize = 1 + 16 + 16 * 15 / 2;

/// A piece of a hash.
#[derive(Clone, Copy)]
pub struct Piece {
    /// Its first two bytes.
    pub bucket: u16,
    /// Its third, 0 in the last piece.
    pub tail: u8,
}

impl Piece {
    /// Piece `i` of a hash.
    pub fn of(hash: &Halves, i: usize) -> Self {
        let [a, b, tail] = match hash.get(i / 5) {
            Some(half) => half.as_chunks().0[i % 5],
            None => [hash[0][15], hash[1][15], 0],
        };
        Self { bucket: u16::from_be_bytes([a, b]), tail }
    }

    /// Bits that differ.
    pub fn distance(self, other: Self) -> u32 {
        (self.bucket ^ other.bucket).count_ones() + (self.tail ^ other.tail).count_ones()
    }
}

/// Bits dealt to each piece at a radius up to [`WIDEST`].
pub fn deal(radius: u32) -> [u32; PIECES] {
    core::array::from_fn(|i| (radius + PIECES as u32 - i as u32) / PIECES as u32)
}

/// In which bits the bucket can differ where a piece differs in fewer bits than it was dealt, up to three: nearest first.
pub fn near(dealt: u32) -> &'static [u16] {
    &NEAR[..[0, 1, 1 + 16, MOST_NEAR][dealt as usize]]
}

static NEAR: [u16; MOST_NEAR] = {
    let mut near = [0; MOST_NEAR];
    let (mut single, mut pair) = (0, 1 + 16);
    while single < 16 {
        near[1 + single] = 1 << single;
        let mut other = 0;
        while other < single {
            near[pair] = 1 << single | 1 << other;
            (pair, other) = (pair + 1, other + 1);
        }
        single += 1;
    }
    near
};
