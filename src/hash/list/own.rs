//! Pictures that their owner never wants to go out again.

use super::layout::{File, Kind, MAX_LABEL, check_text, checksum};
use super::{About, Draft, Labels, ListError, PublicKey};
use crate::hash::index::Index;
use crate::hash::pdq::{Family, MATCH_DISTANCE, MATCH_QUALITY, PdqHash};
use crate::hash::picture::{self, NotHashed};
use crate::image::raster::Raster;
use crate::image::{Limits, decode};

/// Most pictures: with their variants, less than 2 MB.
const MAX_PICTURES: usize = 1000;
/// Each step has half as many pixels, down to a quarter of the sides.
const STEPS: u32 = 5;
/// Reduced pictures with a shorter side are left out.
const SHORTEST: u32 = 64;
/// Of the two, it keeps more of a picture that is larger than 512 pixels.
const FAMILY: Family = Family::FullSize;

/// The hashes by which copies of one picture are known: turned or mirrored in each way, and reduced, since PDQ blurs
/// by the picture's size and so does not quite know small copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variants {
    /// None where there is too little in the picture.
    hashes: Vec<PdqHash>,
}

impl Variants {
    /// Of a picture file, of an animation its first frame.
    ///
    /// # Errors
    /// [`NotHashed`] for what cannot be decoded within the limits.
    pub fn of_file(bytes: &[u8], limits: &Limits) -> Result<Self, NotHashed> {
        picture::decoded(bytes, &variants_memory, limits).map(|raster| Self::of(&raster))
    }

    /// Of pixels that the host decoded: rows of red, green, blue, alpha.
    ///
    /// # Errors
    /// [`NotHashed`] for too many pixels, or not as many as there should be.
    pub fn of_pixels(rgba: &[u8], size: (u32, u32), limits: &Limits) -> Result<Self, NotHashed> {
        let raster = decode::raster_rgba(rgba, size, &variants_memory, limits);
        raster
            .map(|raster| Self::of(&raster))
            .map_err(|error| NotHashed { reason: error.into(), host_decode: false })
    }

    fn of(raster: &Raster<'_>) -> Self {
        let mut variants = Self { hashes: Vec::new() };
        variants.add(raster);
        for step in 1..STEPS {
            let (width, height) = raster.size();
            let [width, height] = [width, height].map(|side| reduced_side(side, step));
            if width.min(height) >= SHORTEST {
                variants.add(&raster.reduced((width, height)));
            }
        }
        variants
    }

    fn add(&mut self, raster: &Raster<'_>) {
        let laid = picture::orientations_of(raster).0;
        let telling = laid.iter().map(|hashes| hashes.of(FAMILY)).filter(|pdq| pdq.quality >= MATCH_QUALITY);
        for hash in telling.map(|pdq| pdq.hash()) {
            if !self.hashes.contains(&hash) {
                self.hashes.push(hash);
            }
        }
    }
}

/// Bytes that hashing all variants takes beside the pixels, nearly: all orientations of the largest, or those of the
/// second with its pixels.
fn variants_memory((width, height): (u32, u32)) -> u64 {
    let reduced = [width, height].map(|side| u64::from(reduced_side(side, 1)));
    picture::memory((width, height), picture::Ask::AllOrientations) + 3 * reduced[0] * reduced[1]
}

/// A side, divided by the square root of two that many times.
fn reduced_side(side: u32, step: u32) -> u32 {
    let squared = (u64::from(side) * u64::from(side)) >> step;
    squared.isqrt().max(1) as u32
}

/// What became of a picture that was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is in the list now.
    New,
    /// One like it was there already.
    Known,
}

impl Added {
    /// Stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Known => "known",
        }
    }
}

/// Pictures that their owner never wants to go out again, each under a name that is theirs to choose.
#[derive(Clone, Debug)]
pub struct OwnList {
    pictures: Vec<Picture>,
    /// All pictures' hashes, one after the other.
    index: Index,
    version: u64,
}

#[derive(Clone, Debug)]
struct Picture {
    name: String,
    hashes: Vec<PdqHash>,
}

/// A picture of the list that is near enough to one that was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnMatch<'a> {
    /// Its name.
    pub name: &'a str,
    /// Bits that differ.
    pub distance: u32,
}

impl Default for OwnList {
    fn default() -> Self {
        Self::with(Vec::new(), 0)
    }
}

impl OwnList {
    /// The kind of hash that is looked for.
    pub const FAMILY: Family = FAMILY;

    fn with(pictures: Vec<Picture>, version: u64) -> Self {
        let hashes = pictures.iter().flat_map(|picture| picture.hashes.iter().copied());
        Self { index: Index::new(hashes, MATCH_DISTANCE), pictures, version }
    }

    /// Reads what [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`ListError`] says what is wrong; its checksum tells damage, not forgery.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ListError> {
        let file = File::split(bytes)?;
        if file.issuer().is_some() {
            return Err(ListError::Kind);
        }
        file.verify_whole()?;
        let About { version, entries, family, radius, .. } = file.about()?;
        if (family, radius) != (FAMILY, MATCH_DISTANCE) {
            return Err(ListError::Header);
        }
        let labels = Labels::read(file.labels, entries)?;
        let mut pictures: Vec<Picture> = Vec::new();
        for (at, hash) in file.hashes().enumerate() {
            let name = labels.get(at).ok_or(ListError::Labels)?;
            if pictures.last().is_none_or(|picture| picture.name != name) {
                if pictures.len() == MAX_PICTURES {
                    return Err(ListError::TooLarge);
                }
                if pictures.iter().any(|picture| picture.name == name) {
                    return Err(ListError::Labels);
                }
                pictures.push(Picture { name: name.into(), hashes: Vec::new() });
            }
            if let Some(picture) = pictures.last_mut() {
                picture.hashes.push(PdqHash(*hash));
            }
        }
        Ok(Self::with(pictures, version))
    }

    /// The list as a file, made at `now` in seconds since 1970, for its owner to keep.
    pub fn to_bytes(&self, now: u64) -> Vec<u8> {
        let mut entries = Vec::new();
        for Picture { name, hashes } in &self.pictures {
            entries.extend(hashes.iter().map(|hash| (*hash, name.as_str())));
        }
        let draft = Draft {
            name: "",
            version: self.version.max(1),
            issued: now,
            expires: 0,
            family: FAMILY,
            radius: MATCH_DISTANCE,
            entries: &entries,
        };
        // Names were checked when they came, and there are at most 40 hashes of each of at most 1,000 pictures.
        let mut bytes = draft.bytes(Kind::Own, &PublicKey([0; 32])).unwrap_or_default();
        bytes.extend_from_slice(&checksum(&bytes));
        bytes
    }

    /// Adds a picture.
    ///
    /// # Errors
    /// [`ListError::TooPlain`] where there is too little in it to be told from others; [`ListError::Taken`] or
    /// [`ListError::Labels`] for its name, [`ListError::TooLarge`] for one more than a thousand.
    pub fn add(&mut self, name: &str, variants: &Variants) -> Result<Added, ListError> {
        if name.is_empty() || name.len() > MAX_LABEL || check_text(name).is_err() {
            return Err(ListError::Labels);
        }
        if variants.hashes.is_empty() {
            return Err(ListError::TooPlain);
        }
        if self.pictures.iter().any(|picture| picture.name == name) {
            return Err(ListError::Taken);
        }
        if self.pictures.len() >= MAX_PICTURES {
            return Err(ListError::TooLarge);
        }
        let known = variants.hashes.first().is_some_and(|hash| self.find(hash).is_some());
        let mut pictures = core::mem::take(&mut self.pictures);
        pictures.push(Picture { name: name.into(), hashes: variants.hashes.clone() });
        *self = Self::with(pictures, self.version + 1);
        Ok(if known { Added::Known } else { Added::New })
    }

    /// Takes a picture out.
    ///
    /// # Errors
    /// [`ListError::Unknown`].
    pub fn remove(&mut self, name: &str) -> Result<(), ListError> {
        let at = self.pictures.iter().position(|picture| picture.name == name).ok_or(ListError::Unknown)?;
        let mut pictures = core::mem::take(&mut self.pictures);
        pictures.remove(at);
        *self = Self::with(pictures, self.version + 1);
        Ok(())
    }

    /// The names, in the order in which the pictures were added.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.pictures.iter().map(|picture| picture.name.as_str())
    }

    /// Whether there is no picture.
    pub fn is_empty(&self) -> bool {
        self.pictures.is_empty()
    }

    /// The picture that is nearest to one with this hash of [`Self::FAMILY`], if one is near enough.
    pub fn find(&self, hash: &PdqHash) -> Option<OwnMatch<'_>> {
        let nearest = self.index.nearest(hash)?;
        let mut before = 0;
        let picture = self.pictures.iter().find(|picture| {
            before += picture.hashes.len();
            nearest.position < before
        })?;
        Some(OwnMatch { name: &picture.name, distance: nearest.distance })
    }
}
