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

    fn samples(&self, y: u32) -> &[u8] {
        let length = self.width as usize * self.pixel_bytes();
        &self.bytes[y as usize * length..(y as usize + 1) * length]
    }

    fn pixel_bytes(&self) -> usize {
        self.colour.bytes_per_pixel().into()
    }
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
