//! The hashes of one picture file.

use serde::{Serialize, Serializer};

use super::pdq::{Dihedral, Family, Hasher, Pdq};
use crate::image::decode::{raster, raster_rgba};
use crate::image::raster::{GATHERED, Raster};
use crate::image::{Format, ImageError, Limits};
use crate::verdict::Reason;

/// What one picture gives in both families.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hashes {
    /// [`Family::Nearest512`].
    #[serde(rename = "512-nearest")]
    pub nearest_512: Pdq,
    /// [`Family::FullSize`].
    #[serde(rename = "full-size")]
    pub full_size: Pdq,
}

impl Hashes {
    /// That of one family.
    pub const fn of(&self, family: Family) -> &Pdq {
        match family {
            Family::Nearest512 => &self.nearest_512,
            Family::FullSize => &self.full_size,
        }
    }

    fn transposed(&self) -> Self {
        Self { nearest_512: self.nearest_512.transposed(), full_size: self.full_size.transposed() }
    }
}

/// The hashes of a picture, the first frame of an animation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PictureHashes {
    /// Pixels across, as stored.
    pub width: u32,
    /// Pixels down, as stored.
    pub height: u32,
    /// As it is stored: what the reference and the services compute, which leave metadata aside.
    pub pdq: Hashes,
    /// As it is shown, where its metadata (EXIF orientation) says that it is to be turned: what a copy gives that an app
    /// saved turned.
    pub upright: Option<Hashes>,
    /// As stored and laid in each of the eight ways, where that was asked for.
    pub orientations: Option<Orientations>,
}

/// Why a picture could not be hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NotHashed {
    /// Never about what the picture shows.
    pub reason: Reason,
    /// Whether the host may be able to decode it.
    pub host_decode: bool,
}

/// Which of a picture's orientations are hashed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ask {
    /// As it is stored and as it is shown.
    #[default]
    AsItIs,
    /// All eight as well.
    AllOrientations,
}

/// The hashes of a picture laid in each of the eight ways, in the order of [`Dihedral::ALL`]: those of copies that were
/// turned or mirrored before they were sent on.
///
/// The four that are only mirrored are those of the mirrored pixels, bit for bit; the other four are these with rows and
/// columns swapped, in which only the order of some sums differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Orientations(pub [Hashes; 8]);

impl Serialize for Orientations {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Dihedral::ALL.iter().map(|dihedral| dihedral.name()).zip(&self.0))
    }
}

/// Hashes a picture file.
///
/// # Errors
/// [`NotHashed`] for what cannot be decoded within the limits.
pub fn hash(bytes: &[u8], ask: Ask, limits: &Limits) -> Result<PictureHashes, NotHashed> {
    decoded(bytes, &|size| memory(size, ask), limits).map(|raster| hash_raster(&raster, ask))
}

/// Decodes a file whose hashing will take `more` bytes.
pub(super) fn decoded(
    bytes: &[u8],
    more: &dyn Fn((u32, u32)) -> u64,
    limits: &Limits,
) -> Result<Raster<'static>, NotHashed> {
    let format = Format::sniff(bytes);
    decode(bytes, format, more, limits)
        .map_err(|error| NotHashed { reason: error.into(), host_decode: error.is_for_host(format) })
}

/// Hashes pixels that the host decoded: rows of red, green, blue, alpha, straight alpha. Hosts turn pictures as their
/// metadata says, so that these are the hashes of the picture as shown.
///
/// # Errors
/// [`NotHashed`] for too many pixels, or not as many as there should be.
pub fn hash_rgba(
    rgba: &[u8],
    size: (u32, u32),
    ask: Ask,
    limits: &Limits,
) -> Result<PictureHashes, NotHashed> {
    match raster_rgba(rgba, size, &|size| memory(size, ask), limits) {
        Ok(raster) => Ok(hash_raster(&raster, ask)),
        Err(error) => Err(NotHashed { reason: error.into(), host_decode: false }),
    }
}

fn decode(
    bytes: &[u8],
    format: Option<Format>,
    more: &dyn Fn((u32, u32)) -> u64,
    limits: &Limits,
) -> Result<Raster<'static>, ImageError> {
    if bytes.is_empty() {
        return Err(ImageError::Empty);
    }
    if bytes.len() as u64 > limits.max_bytes {
        return Err(ImageError::TooManyBytes);
    }
    raster(bytes, format.ok_or(ImageError::UnknownFormat)?, more, limits)
}

/// Bytes that hashing takes beside the pixels, nearly: the hashers that are at work together, and rows, of which several
/// are gathered where the picture has to be turned.
pub(super) fn memory((width, height): (u32, u32), ask: Ask) -> u64 {
    let of = |width, height| -> u64 {
        Family::ALL.map(|family| Hasher::memory(width, height, family)).iter().sum()
    };
    let hashers = if ask == Ask::AllOrientations { 4 } else { 1 };
    let rows = 3 * u64::from(width.max(height)) * (GATHERED as u64 + 2);
    // Either way up: whether it is turned is known only once it is decoded.
    rows.saturating_add((hashers * of(width, height)).max(of(height, width)))
}

fn hash_raster(raster: &Raster<'_>, ask: Ask) -> PictureHashes {
    let (width, height) = raster.size();
    let orientations = (ask == Ask::AllOrientations).then(|| orientations_of(raster));
    let pdq = match &orientations {
        Some(Orientations([original, ..])) => original.clone(),
        None => {
            let mut hashers = Hashers::new((width, height));
            raster.rows(|y, row| hashers.push(y, row));
            hashers.finish()
        }
    };
    let upright = (!raster.is_upright()).then(|| {
        let mut hashers = Hashers::new(raster.upright_size());
        raster.upright_rows(|y, row| hashers.push(y, row));
        hashers.finish()
    });
    PictureHashes { width, height, pdq, upright, orientations }
}

/// All eight.
pub(super) fn orientations_of(raster: &Raster<'_>) -> Orientations {
    let (width, height) = raster.size();
    let mut hashers: [[Hashers; 2]; 2] =
        core::array::from_fn(|_| core::array::from_fn(|_| Hashers::new((width, height))));
    let (mut buffer, mut mirrored) = (Vec::new(), Vec::new());
    for (upside_down, [straight, swapped]) in hashers.iter_mut().enumerate() {
        for y in 0..height {
            let source = if upside_down == 1 { height - 1 - y } else { y };
            let row = raster.row(source, &mut buffer);
            mirrored.clear();
            mirrored.extend(row.iter().rev());
            straight.push(y, row);
            swapped.push(y, &mirrored);
        }
    }
    let [[original, flip_y], [flip_x, rotate_180]] = hashers.map(|pair| pair.map(Hashers::finish));
    let (rotate_90, rotate_270) = (flip_y.transposed(), flip_x.transposed());
    let (flip_plus_1, flip_minus_1) = (original.transposed(), rotate_180.transposed());
    Orientations([original, rotate_90, rotate_180, rotate_270, flip_x, flip_y, flip_plus_1, flip_minus_1])
}

/// Both families in one pass over the rows.
struct Hashers {
    nearest_512: Hasher,
    /// Absent where nothing is reduced first, so that both are the same.
    full_size: Option<Hasher>,
}

impl Hashers {
    fn new((width, height): (u32, u32)) -> Self {
        let full_size =
            Family::Nearest512.reduces(width, height).then(|| Hasher::new(width, height, Family::FullSize));
        Self { nearest_512: Hasher::new(width, height, Family::Nearest512), full_size }
    }

    fn push(&mut self, y: u32, row: &[[u8; 3]]) {
        self.nearest_512.push(y, row);
        if let Some(hasher) = &mut self.full_size {
            hasher.push(y, row);
        }
    }

    fn finish(self) -> Hashes {
        let nearest_512 = self.nearest_512.finish();
        let full_size = self.full_size.map_or_else(|| nearest_512.clone(), Hasher::finish);
        Hashes { nearest_512, full_size }
    }
}
