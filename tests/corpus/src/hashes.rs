//! Made-up lists of hashes to search in, and hashes to search for. Deterministic.

use pausepoint::hash::pdq::PdqHash;

/// Random numbers (SplitMix64).
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut n = self.0;
        n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        n ^ (n >> 31)
    }

    /// A number below another one.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// Every hash equally likely.
    pub fn hash(&mut self) -> PdqHash {
        let mut hash = PdqHash::default();
        hash.0.as_chunks_mut().0.iter_mut().for_each(|word| *word = self.next().to_le_bytes());
        hash
    }

    /// One at exactly this distance, up to 256 bits.
    pub fn near(&mut self, hash: &PdqHash, distance: u32) -> PdqHash {
        let mut near = *hash;
        let mut left = distance;
        while left > 0 {
            let (byte, bit) = (self.below(32), 1 << self.below(8));
            if (near.0[byte] ^ hash.0[byte]) & bit == 0 {
                near.0[byte] ^= bit;
                left -= 1;
            }
        }
        near
    }

    /// Half of them random, the others near-duplicates: up to 40 bits from one of `length / 1000` centres.
    pub fn list(&mut self, length: usize) -> Vec<PdqHash> {
        let centres: Vec<PdqHash> = (0..length.div_ceil(1000)).map(|_| self.hash()).collect();
        let entry = |i: usize| {
            if i.is_multiple_of(2) {
                return self.hash();
            }
            let (centre, distance) = (self.below(centres.len()), self.below(41) as u32);
            self.near(&centres[centre], distance)
        };
        (0..length).map(entry).collect()
    }
}
