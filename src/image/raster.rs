//! The pixels of one picture, row by row, as they are stored or as they are shown.

use std::borrow::Cow;

use image::ColorType;
use image::metadata::Orientation;

/// Rows of an upright picture that are gathered at once where its sides are swapped, so that a source row is gone
/// through in few passes.
pub const GATHERED: usize = 16;

/// A picture's pixels as a decoder gives them. What shows through where a pixel is transparent is not considered: alpha
/// is left out, and of 16-bit samples the lower byte.
#[derive(Clone, Debug)]
pub struct Raster<'a> {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) colour: ColorType,
    pub(super) orientation: Orientation,
    /// Rows without gaps.
    pub(super) bytes: Cow<'a, [u8]>,
}

impl Raster<'_> {
    /// Pixels across and down, as stored.
    pub const fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// Pixels across and down, as shown.
    pub const fn upright_size(&self) -> (u32, u32) {
        if swaps_sides(self.orientation) { (self.height, self.width) } else { (self.width, self.height) }
    }

    /// Whether it is shown as it is stored: its metadata does not ask for turning.
    pub fn is_upright(&self) -> bool {
        self.orientation == Orientation::NoTransforms
    }

    /// Gives each row as stored, from top to bottom: red, green, blue.
    pub fn rows(&self, mut give: impl FnMut(u32, &[[u8; 3]])) {
        let mut buffer = Vec::new();
        for y in 0..self.height {
            give(y, self.row(y, &mut buffer));
        }
    }

    /// Row `y` as stored: red, green, blue. It lies in `buffer` where it had to be converted.
    ///
    /// # Panics
    /// If `y` is not below the height.
    pub fn row<'a>(&'a self, y: u32, buffer: &'a mut Vec<[u8; 3]>) -> &'a [[u8; 3]] {
        let source = self.samples(y);
        if self.colour == ColorType::Rgb8 {
            return source.as_chunks().0;
        }
        buffer.clear();
        buffer.extend(source.chunks_exact(self.pixel_bytes()).map(|pixel| colours(pixel, self.colour)));
        buffer
    }

    /// Gives each row as shown, from top to bottom: red, green, blue.
    pub fn upright_rows(&self, mut give: impl FnMut(u32, &[[u8; 3]])) {
        if self.is_upright() {
            return self.rows(give);
        }
        let (width, height) = self.upright_size();
        let mut rows = vec![[0; 3]; GATHERED * width as usize];
        for first in (0..height).step_by(GATHERED) {
            let count = (GATHERED as u32).min(height - first);
            for x in 0..width {
                for y in first..first + count {
                    let (column, row) = source_of(self.orientation, (x, y), (width - 1, height - 1));
                    let start = column as usize * self.pixel_bytes();
                    let pixel = &self.samples(row)[start..start + self.pixel_bytes()];
                    rows[(y - first) as usize * width as usize + x as usize] = colours(pixel, self.colour);
                }
            }
            for (y, row) in (first..first + count).zip(rows.chunks_exact(width as usize)) {
                give(y, row);
            }
        }
    }

    /// The picture as stored with fewer pixels, each the mean of the area that it covers.
    ///
    /// # Panics
    /// If a side is zero or longer than before.
    pub fn reduced(&self, (width, height): (u32, u32)) -> Raster<'static> {
        assert!((1..=self.width).contains(&width) && (1..=self.height).contains(&height));
        let (columns, rows) = (shares(self.width, width), shares(self.height, height));
        // In units of a new pixel's area, which is that of all old ones.
        let area = u64::from(self.width) * u64::from(self.height);
        let mut bytes = Vec::with_capacity(3 * width as usize * height as usize);
        let (mut across, mut sums) = (vec![[0u64; 3]; width as usize], vec![[0u64; 3]; width as usize]);
        let mut buffer = Vec::new();
        for y in 0..self.height {
            across.fill([0; 3]);
            for (pixel, share) in self.row(y, &mut buffer).iter().zip(&columns) {
                share.give(|x, weight| add(&mut across[x], pixel.map(u64::from), weight));
            }
            rows[y as usize].give(|row, weight| {
                // The row before is complete once something is given to the next.
                if row as u64 > (bytes.len() / (3 * width as usize)) as u64 {
                    drain(&mut sums, area, &mut bytes);
                }
                sums.iter_mut().zip(&across).for_each(|(sum, value)| add(sum, *value, weight));
            });
        }
        drain(&mut sums, area, &mut bytes);
        let (colour, orientation) = (ColorType::Rgb8, Orientation::NoTransforms);
        Raster { width, height, colour, orientation, bytes: bytes.into() }
    }

    fn samples(&self, y: u32) -> &[u8] {
        let length = self.width as usize * self.pixel_bytes();
        &self.bytes[y as usize * length..(y as usize + 1) * length]
    }

    fn pixel_bytes(&self) -> usize {
        self.colour.bytes_per_pixel().into()
    }
}

/// To which of fewer pixels one pixel belongs: one of them, or it lies across the border of two.
struct Share {
    first: usize,
    weight: u64,
    /// Of the next pixel.
    rest: u64,
}

impl Share {
    fn give(&self, mut take: impl FnMut(usize, u64)) {
        take(self.first, self.weight);
        if self.rest > 0 {
            take(self.first + 1, self.rest);
        }
    }
}

/// The shares of `from` pixels in `to`, not more of them, on a line of `from · to` units.
fn shares(from: u32, to: u32) -> Vec<Share> {
    let (from, to) = (u64::from(from), u64::from(to));
    let share = |at: u64| {
        let first = at * to / from;
        let weight = to.min((first + 1) * from - at * to);
        Share { first: first as usize, weight, rest: to - weight }
    };
    (0..from).map(share).collect()
}

fn add(sum: &mut [u64; 3], value: [u64; 3], weight: u64) {
    sum.iter_mut().zip(value).for_each(|(sum, value)| *sum += value * weight);
}

/// Rounds a row of sums into bytes, and starts anew.
fn drain(sums: &mut [[u64; 3]], area: u64, bytes: &mut Vec<u8>) {
    bytes.extend(sums.iter().flatten().map(|sum| ((sum + area / 2) / area) as u8));
    sums.fill([0; 3]);
}

#[inline]
fn colours(pixel: &[u8], colour: ColorType) -> [u8; 3] {
    // 16-bit samples are in the machine's byte order.
    let high = |at: usize| (u16::from_ne_bytes([pixel[2 * at], pixel[2 * at + 1]]) >> 8) as u8;
    match colour {
        ColorType::L8 | ColorType::La8 => [pixel[0]; 3],
        ColorType::L16 | ColorType::La16 => [high(0); 3],
        ColorType::Rgb16 | ColorType::Rgba16 => [high(0), high(1), high(2)],
        _ => [pixel[0], pixel[1], pixel[2]],
    }
}

/// Where pixel `(x, y)` of the picture as shown is in the picture as stored; `right` and `bottom` are the last column
/// and row as shown.
pub(super) const fn source_of(
    orientation: Orientation,
    (x, y): (u32, u32),
    (right, bottom): (u32, u32),
) -> (u32, u32) {
    match orientation {
        Orientation::NoTransforms => (x, y),
        Orientation::FlipHorizontal => (right - x, y),
        Orientation::Rotate180 => (right - x, bottom - y),
        Orientation::FlipVertical => (x, bottom - y),
        Orientation::Rotate90 => (y, right - x),
        Orientation::Rotate270 => (bottom - y, x),
        Orientation::Rotate90FlipH => (y, x),
        Orientation::Rotate270FlipH => (bottom - y, right - x),
    }
}

/// Whether what is stored as a row is shown as a column.
pub(super) const fn swaps_sides(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}
