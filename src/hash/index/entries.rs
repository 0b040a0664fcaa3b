//! The hashes of a list, and the plain way to search them: one after the other.

use crate::hash::pdq::PdqHash;

/// Half a hash.
pub type Half = [u8; 16];
/// A hash.
pub type Halves = [Half; 2];

/// Hashes in two columns, one for each half. First halves of unrelated hashes already differ in 64 ± 6 bits, so that
/// these tell nearly all that does not match, and only they pass through the caches.
#[derive(Clone, Debug)]
pub struct Entries {
    first: Vec<Half>,
    second: Vec<Half>,
}

impl FromIterator<PdqHash> for Entries {
    fn from_iter<T: IntoIterator<Item = PdqHash>>(hashes: T) -> Self {
        let halves = hashes.into_iter().map(|hash| halves(&hash).into());
        let (mut first, mut second): (Vec<Half>, Vec<Half>) = halves.unzip();
        first.shrink_to_fit();
        second.shrink_to_fit();
        Self { first, second }
    }
}

impl Entries {
    pub fn len(&self) -> usize {
        self.first.len()
    }

    /// Memory, in bytes.
    pub fn bytes(&self) -> usize {
        (self.first.capacity() + self.second.capacity()) * size_of::<Half>()
    }

    pub fn first_half(&self, at: usize) -> Half {
        self.first[at]
    }

    pub fn get(&self, at: usize) -> Halves {
        [self.first[at], self.second[at]]
    }

    /// In the order of the list.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Halves> + ExactSizeIterator + Clone {
        self.first.iter().zip(&self.second).map(|(first, second)| [*first, *second])
    }

    /// Calls `found` with position and distance of each entry within the radius.
    pub fn search(&self, hash: &Halves, radius: u32, mut found: impl FnMut(usize, u32)) {
        for (at, first) in self.first.iter().enumerate() {
            let first = distance(first, &hash[0]);
            if first <= radius {
                let distance = first + distance(&self.second[at], &hash[1]);
                if distance <= radius {
                    found(at, distance);
                }
            }
        }
    }
}

pub fn halves(hash: &PdqHash) -> Halves {
    let halves = hash.0.as_chunks().0;
    [halves[0], halves[1]]
}

/// Bits that differ.
pub fn distance(a: &Half, b: &Half) -> u32 {
    let words = a.as_chunks().0.iter().zip(b.as_chunks().0);
    words.map(|(a, b)| (u64::from_ne_bytes(*a) ^ u64::from_ne_bytes(*b)).count_ones()).sum()
}
