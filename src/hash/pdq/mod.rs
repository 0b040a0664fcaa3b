//! PDQ, a perceptual hash of 256 bits (Facebook, "PDQ: reference implementation and paper", ThreatExchange, 2019).
//!
//! A picture's luma is blurred and reduced to 64 × 64, its 16 × 16 lowest frequencies but the constant ones are compared
//! with their median, and each gives one bit. Pictures match where at most [`MATCH_DISTANCE`] bits differ and both have
//! at least [`MATCH_QUALITY`].
//!
//! Two families are in use and do not fit together, since one of them reduces large pictures in a cruder way first; see
//! [`Family`]. Everything is computed in the order of the reference's single-precision operations, so that on the same
//! luma every bit is the same. Luma is that of the reference's Python binding, (299 R + 587 G + 114 B) / 1000 rounded
//! once; its C++ loader rounds after each step, which shows where frequencies tie.

mod dct;
mod dihedral;
mod jarosz;

use core::fmt;
use core::str::FromStr;

pub use dihedral::Dihedral;
use jarosz::Jarosz;
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

/// Most bits in which two hashes of the same picture differ.
pub const MATCH_DISTANCE: u32 = 31;
/// Least quality of pictures that are matched: below it, hashes are those of nearly nothing.
pub const MATCH_QUALITY: u8 = 50;

/// Side of the reduced picture.
const SIDE: usize = 64;
/// Frequencies that are kept in each direction.
const FREQUENCIES: usize = 16;
/// Pictures with a shorter side have the zero hash.
const SHORTEST: u32 = 5;
/// What larger pictures are reduced to first in [`Family::Nearest512`].
const NEAREST_SIDE: u32 = 512;

/// The reduced picture.
type Reduced = [[f32; SIDE]; SIDE];
/// The lowest frequencies, rows first.
type Spectrum = [[f32; FREQUENCIES]; FREQUENCIES];

/// The two kinds of PDQ hash that are exchanged. A hash means nothing without its family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// A picture with a side over 512 is first made 512 × 512 by taking every so many-th pixel: the reference's C++
    /// program and the removal services' web clients.
    Nearest512,
    /// As it is: python-threatexchange and the Java port.
    FullSize,
}

impl Family {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Nearest512, Self::FullSize];

    /// Stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nearest512 => "512-nearest",
            Self::FullSize => "full-size",
        }
    }

    /// The family of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.name() == name)
    }

    /// Whether a picture of this size is reduced first.
    pub const fn reduces(self, width: u32, height: u32) -> bool {
        matches!(self, Self::Nearest512) && (width > NEAREST_SIDE || height > NEAREST_SIDE)
    }
}

impl Serialize for Family {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// A hash of 256 bits, most significant byte first, as it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PdqHash(pub [u8; 32]);

impl PdqHash {
    /// Bits that differ (Hamming distance), 0…256.
    pub fn distance(&self, other: &Self) -> u32 {
        let words = self.0.as_chunks().0.iter().zip(other.0.as_chunks().0);
        words.map(|(a, b)| (u64::from_ne_bytes(*a) ^ u64::from_ne_bytes(*b)).count_ones()).sum()
    }
}

impl fmt::Display for PdqHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A text is not 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAHash;

impl fmt::Display for NotAHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("hash/form")
    }
}

impl core::error::Error for NotAHash {}

impl FromStr for PdqHash {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Self, NotAHash> {
        let digit = |c: u8| (c as char).to_digit(16).ok_or(NotAHash);
        let digits: &[u8; 64] = text.as_bytes().try_into().map_err(|_| NotAHash)?;
        let mut hash = Self::default();
        for (byte, [high, low]) in hash.0.iter_mut().zip(digits.as_chunks().0) {
            *byte = (digit(*high)? << 4 | digit(*low)?) as u8;
        }
        Ok(hash)
    }
}

/// What one picture gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Pdq {
    spectrum: Option<Spectrum>,
    /// How much there is in the picture, 0…100: steps between neighbours of the reduced picture.
    pub quality: u8,
}

impl Serialize for Pdq {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Pdq", 2)?;
        fields.serialize_field("hash", &self.hash().to_string())?;
        fields.serialize_field("quality", &self.quality)?;
        fields.end()
    }
}

impl Pdq {
    /// The picture's hash. Zero, with quality 0, for a picture with a side below five pixels.
    pub fn hash(&self) -> PdqHash {
        self.oriented(Dihedral::Original)
    }

    /// The hash that the picture would have turned or mirrored, from the same frequencies, as the reference computes it.
    ///
    /// The blur is not quite symmetric, so that mirrored pictures really have other hashes: by 0 to 28 bits among the
    /// reference's own test pictures, but by up to 114 where they have few details, which is no match any more.
    /// [`crate::hash::picture::Orientations`] are the hashes that turned files have.
    pub fn oriented(&self, dihedral: Dihedral) -> PdqHash {
        self.spectrum.as_ref().map(|spectrum| dct::bits(&dihedral.of(spectrum))).unwrap_or_default()
    }
}

impl Pdq {
    /// Of the picture mirrored at its diagonal, but for the order of some sums.
    pub(super) fn transposed(&self) -> Self {
        Self { spectrum: self.spectrum.as_ref().map(|spectrum| Dihedral::FlipPlus1.of(spectrum)), ..*self }
    }
}

/// Hashes one picture whose rows arrive from top to bottom.
pub struct Hasher {
    height: u32,
    /// Of the picture that is filtered, as the next two.
    rows: u32,
    /// Which columns are taken; all where it is empty.
    columns: Vec<u32>,
    /// One row.
    luma: Vec<f32>,
    /// Rows that the filter has had.
    given: u32,
    kind: Kind,
}

enum Kind {
    TooSmall,
    /// A picture of 64 × 64 is not filtered.
    Reduced(Box<Reduced>),
    Filtered(Box<Jarosz>),
}

impl Hasher {
    /// Bytes that a hasher takes, nearly. A strip of a few very long rows takes many times its pixels.
    pub fn memory(width: u32, height: u32, family: Family) -> u64 {
        let (columns, rows) = filtered_size(width, height, family);
        Jarosz::memory(columns as usize, rows as usize)
    }

    /// For a picture of `width × height` pixels, both at least 1.
    pub fn new(width: u32, height: u32, family: Family) -> Self {
        let (columns, rows) = filtered_size(width, height, family);
        let kind = if columns.min(rows) < SHORTEST {
            Kind::TooSmall
        } else if (columns as usize, rows as usize) == (SIDE, SIDE) {
            Kind::Reduced(Box::new([[0.0; SIDE]; SIDE]))
        } else {
            Kind::Filtered(Box::new(Jarosz::new(columns as usize, rows as usize)))
        };
        let taken = if family.reduces(width, height) { 0..columns } else { 0..0 };
        Self {
            height,
            rows,
            columns: taken.map(|x| nearest(x, width, columns)).collect(),
            luma: vec![0.0; columns as usize],
            given: 0,
            kind,
        }
    }

    /// Takes row `y` (from 0, in order): `width` pixels of red, green, blue.
    ///
    /// # Panics
    /// If there are fewer pixels than `width`, in a family that takes only some of them.
    pub fn push(&mut self, y: u32, rgb: &[[u8; 3]]) {
        while self.given < self.rows && nearest(self.given, self.height, self.rows) == y {
            if self.columns.is_empty() {
                self.luma.iter_mut().zip(rgb).for_each(|(luma, pixel)| *luma = luma_of(pixel));
            } else {
                let taken = self.columns.iter().map(|column| &rgb[*column as usize]);
                self.luma.iter_mut().zip(taken).for_each(|(luma, pixel)| *luma = luma_of(pixel));
            }
            match &mut self.kind {
                Kind::TooSmall => {}
                Kind::Reduced(reduced) => reduced[self.given as usize].copy_from_slice(&self.luma),
                Kind::Filtered(filter) => filter.push(&self.luma),
            }
            self.given += 1;
        }
    }

    /// What the picture gives, once every row was pushed.
    pub fn finish(self) -> Pdq {
        let reduced = match self.kind {
            Kind::TooSmall => return Pdq { spectrum: None, quality: 0 },
            Kind::Reduced(reduced) => reduced,
            Kind::Filtered(filter) => filter.finish(),
        };
        Pdq { quality: dct::quality(&reduced), spectrum: Some(dct::spectrum(&reduced)) }
    }
}

/// Size of the picture that is filtered.
fn filtered_size(width: u32, height: u32, family: Family) -> (u32, u32) {
    if family.reduces(width, height) { (NEAREST_SIDE, NEAREST_SIDE) } else { (width, height) }
}

/// The source pixel of pixel `at` of `count`.
fn nearest(at: u32, source: u32, count: u32) -> u32 {
    (u64::from(at) * u64::from(source) / u64::from(count)) as u32
}

/// The weights have three decimals, so that their sum is exact and the division rounds once.
fn luma_of([r, g, b]: &[u8; 3]) -> f32 {
    (299 * u32::from(*r) + 587 * u32::from(*g) + 114 * u32::from(*b)) as f32 / 1000.0
}
