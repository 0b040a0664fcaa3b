//! The hashes of one picture file.

use super::pdq::{Family, Hasher, Pdq};
use crate::image::decode::{raster, raster_rgba};
use crate::image::raster::Raster;
use crate::image::{Format, ImageError, Limits};

/// What one picture gives in both families.
#[derive(Clone, Debug, PartialEq)]
pub struct Hashes {
    /// [`Family::Nearest512`].
    pub nearest_512: Pdq,
    /// [`Family::FullSize`].
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
#[derive(Clone, Debug, PartialEq)]
pub struct PictureHashes {
    /// Pixels across, as stored.
    pub width: u32,
    /// Pixels down, as stored.
    pub height: u32,
    /// As it is stored: what the reference and the services compute, which leave metadata aside.
    pub stored: Hashes,
    /// As it is shown, where its metadata (EXIF orientation) says that it is to be turned: what a copy gives that an app
    /// saved turned.
    pub upright: Option<Hashes>,
}

/// Hashes a picture file.
///
/// # Errors
/// [`ImageError`] for what cannot be decoded within the limits.
pub fn hash(bytes: &[u8], limits: &Limits) -> Result<PictureHashes, ImageError> {
    Ok(hash_raster(&decode(bytes, limits)?))
}

fn decode(bytes: &[u8], limits: &Limits) -> Result<Raster<'static>, ImageError> {
    if bytes.is_empty() {
        return Err(ImageError::Empty);
    }
    if bytes.len() as u64 > limits.max_bytes {
        return Err(ImageError::TooManyBytes);
    }
    let format = Format::sniff(bytes).ok_or(ImageError::UnknownFormat)?;
    raster(bytes, format, limits)
}

/// Hashes a picture file laid in each of the eight ways, in the order of [`super::pdq::Dihedral::ALL`]: the hashes of copies that
/// were turned or mirrored before they were sent on.
///
/// Four of them, the mirrored ones, are those of the mirrored pixels, bit for bit; the other four are these with rows
/// and columns swapped, in which only the order of some sums differs.
///
/// # Errors
/// As [`hash`].
pub fn orientations(bytes: &[u8], limits: &Limits) -> Result<[Hashes; 8], ImageError> {
    Ok(orientations_of(&decode(bytes, limits)?))
}

/// Hashes pixels that the host decoded: rows of red, green, blue, alpha, straight alpha. Hosts turn pictures as their
/// metadata says, so that these are the hashes of the picture as shown.
///
/// # Errors
/// As [`raster_rgba`].
pub fn hash_rgba(rgba: &[u8], size: (u32, u32), limits: &Limits) -> Result<PictureHashes, ImageError> {
    Ok(hash_raster(&raster_rgba(rgba, size, limits)?))
}

fn hash_raster(raster: &Raster<'_>) -> PictureHashes {
    let (width, height) = raster.size();
    let mut hashers = Hashers::new((width, height));
    raster.rows(|y, row| hashers.push(y, row));
    let stored = hashers.finish();
    let upright = (!raster.is_upright()).then(|| {
        let mut hashers = Hashers::new(raster.upright_size());
        raster.upright_rows(|y, row| hashers.push(y, row));
        hashers.finish()
    });
    PictureHashes { width, height, stored, upright }
}

fn orientations_of(raster: &Raster<'_>) -> [Hashes; 8] {
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
    [original, rotate_90, rotate_180, rotate_270, flip_x, flip_y, flip_plus_1, flip_minus_1]
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
