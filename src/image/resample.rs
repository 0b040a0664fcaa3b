//! Antialiased resampling to the classifier's input, the same bytes on every target.
//!
//! Separable filters whose support grows with the reduction, so that every source pixel counts and the same photograph
//! at another size stays the same picture. Of the usual filters two together moved the scores least between sizes:
//! Catmull–Rom for reducing (Keys, "Cubic Convolution Interpolation for Digital Image Processing", 1981) and Lanczos
//! with three lobes for enlarging (Duchon, "Lanczos Filtering in One and Two Dimensions", 1979). At the input's own
//! size both leave the picture as it is. Aspect ratio is not kept: the published classifier is used on squeezed
//! pictures, and what is not cut off cannot hide.
//!
//! Where an output pixel is many source pixels wide, blocks of 2 × 2, 4 × 4 or 8 × 8 of them are added up first, so that a
//! large photograph costs little more than one pass over its bytes.
//!
//! Pixels go through integers only. Weights are computed in `f64` with the four basic operations, whose results IEEE
//! 754 fixes, and rounded to integers. Rows are fed one by one, so the only memory is the output's.

use core::cmp::Ordering;
use core::f64::consts::PI;

use super::Look;
use crate::classify::model::INPUT_SIDE;
use crate::classify::network::INPUT_BYTES;

const CHANNELS: usize = 3;
const ROW: usize = INPUT_SIDE * CHANNELS;
/// Weights of one output pixel add up to 2¹⁴.
const WEIGHT_BITS: u32 = 14;
/// Filtered rows keep 7 bits below the byte, and their sign: sharp filters overshoot.
const ROW_BITS: u32 = 7;

/// Bytes that one resampler holds, nearly: the sums and the look that is made of them.
pub const MEMORY: usize = INPUT_BYTES * 5;

/// Blocks of up to this many pixels a side are added up before filtering.
const MAX_BLOCK: u32 = 8;
/// Least blocks that an output pixel must be wide: below that, adding up first would show.
const MIN_RATIO: f64 = 4.0;

/// For each output pixel: the first block and the weights from there.
#[derive(Clone, Debug)]
struct Filter {
    /// Source pixels.
    source: usize,
    /// Source pixels of a block; the last one may have fewer.
    block: usize,
    taps: Vec<(usize, Vec<i32>)>,
}

impl Filter {
    /// Weights from `source` to [`INPUT_SIDE`] pixels.
    fn new(source: u32) -> Self {
        let ratio = f64::from(source) / INPUT_SIDE as f64;
        let mut block = 1;
        while block < MAX_BLOCK && ratio >= f64::from(2 * block) * MIN_RATIO {
            block *= 2;
        }
        Self::with_block(source, block as usize)
    }

    fn with_block(source: u32, block: usize) -> Self {
        let ratio = f64::from(source) / INPUT_SIDE as f64;
        let (kernel, lobes): (fn(f64) -> f64, f64) = match source.cmp(&(INPUT_SIDE as u32)) {
            Ordering::Less => (lanczos3, 3.0),
            // Both kernels are zero at every pixel but the same one.
            Ordering::Equal => (catmull_rom, 0.0),
            Ordering::Greater => (catmull_rom, 2.0),
        };
        let stretch = ratio.max(1.0);
        let source = source as usize;
        let taps = (0..INPUT_SIDE)
            .map(|i| {
                let centre = (i as f64 + 0.5) * ratio - 0.5;
                // Truncation towards zero is the edge of the picture.
                let from = (centre - lobes * stretch).max(0.0) as usize;
                let to = ((centre + lobes * stretch) as usize).min(source - 1);
                let first = from / block;
                // A block weighs what its pixels do.
                let mut exact = vec![0.0; to / block - first + 1];
                for j in from..=to {
                    exact[j / block - first] += kernel((j as f64 - centre) / stretch);
                }
                (first, rounded(&exact))
            })
            .collect();
        Self { source, block, taps }
    }

    /// Pixels of the block that ends with this pixel, if one does.
    fn ended(&self, pixel: usize) -> Option<usize> {
        let count = pixel % self.block + 1;
        (count == self.block || pixel + 1 == self.source).then_some(count)
    }
}

/// Integers in proportion to the weights, whose sum is exactly 2¹⁴: what rounding leaves over goes on to the next.
fn rounded(weights: &[f64]) -> Vec<i32> {
    let sum: f64 = weights.iter().sum();
    let (mut exact, mut given) = (0.0, 0);
    weights
        .iter()
        .map(|weight| {
            exact += weight / sum * f64::from(1 << WEIGHT_BITS);
            let here = exact.round() as i32 - given;
            given += here;
            here
        })
        .collect()
}

/// Keys's cubic with a = −½.
fn catmull_rom(x: f64) -> f64 {
    let x = x.abs();
    if x < 1.0 {
        (1.5 * x - 2.5) * x * x + 1.0
    } else if x < 2.0 {
        ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0
    } else {
        0.0
    }
}

fn lanczos3(x: f64) -> f64 {
    if x.abs() < 3.0 { sinc(x) * sinc(x / 3.0) } else { 0.0 }
}

/// sin πx / πx for |x| < 3, by reduction to |x| ≤ ½ and the sine's series: the library's sine may differ in its last bit
/// from one target to another.
fn sinc(x: f64) -> f64 {
    if x == 0.0 {
        return 1.0;
    }
    let turns = x.round();
    let angle = (x - turns) * PI;
    let (mut term, mut sine) = (angle, angle);
    for n in 1..12 {
        let n = f64::from(2 * n);
        term *= -angle * angle / (n * (n + 1.0));
        sine += term;
    }
    let sign = if turns % 2.0 == 0.0 { 1.0 } else { -1.0 };
    sign * sine / (PI * x)
}

/// Resamples one picture whose rows arrive from top to bottom.
#[derive(Clone, Debug)]
pub struct Resampler {
    horizontal: Filter,
    vertical: Filter,
    /// Output rows before this one are complete.
    first_open: usize,
    /// Columns of a row of blocks, added up.
    columns: Vec<u16>,
    /// The same row's blocks.
    blocks: Vec<u16>,
    row: Vec<i32>,
    sums: Vec<i32>,
}

impl Resampler {
    /// For a picture of `width × height` pixels, both at least 1.
    pub fn new(width: u32, height: u32) -> Self {
        Self::with_filters(Filter::new(width), Filter::new(height))
    }

    fn with_filters(horizontal: Filter, vertical: Filter) -> Self {
        Self {
            first_open: 0,
            columns: vec![0; horizontal.source * CHANNELS],
            blocks: vec![0; horizontal.source.div_ceil(horizontal.block) * CHANNELS],
            row: vec![0; ROW],
            sums: vec![0; INPUT_BYTES],
            horizontal,
            vertical,
        }
    }

    /// Takes source row `y` (from 0, in order): `width` pixels of red, green, blue.
    pub fn push(&mut self, y: usize, rgb: &[u8]) {
        if y.is_multiple_of(self.vertical.block) {
            self.columns.iter_mut().zip(rgb).for_each(|(sum, value)| *sum = u16::from(*value));
        } else {
            self.columns.iter_mut().zip(rgb).for_each(|(sum, value)| *sum += u16::from(*value));
        }
        if let Some(rows) = self.vertical.ended(y) {
            if rows < self.vertical.block {
                self.columns.iter_mut().for_each(|sum| *sum = filled(*sum, rows, self.vertical.block));
            }
            match self.horizontal.block {
                1 => core::mem::swap(&mut self.columns, &mut self.blocks),
                2 => add_columns::<2>(&self.columns, &mut self.blocks),
                4 => add_columns::<4>(&self.columns, &mut self.blocks),
                _ => add_columns::<8>(&self.columns, &mut self.blocks),
            }
            self.filter(y / self.vertical.block);
        }
    }

    /// Takes row `y` of blocks.
    // A function of its own, so that a browser's optimised code for it can take over within the first picture.
    #[inline(never)]
    fn filter(&mut self, y: usize) {
        let blocks = self.blocks.as_chunks::<CHANNELS>().0;
        let shift = WEIGHT_BITS - ROW_BITS + (self.horizontal.block * self.vertical.block).ilog2();
        for (out, (first, weights)) in
            self.row.as_chunks_mut::<CHANNELS>().0.iter_mut().zip(&self.horizontal.taps)
        {
            let mut sum = [1i32 << (shift - 1); CHANNELS];
            for (block, weight) in blocks[*first..].iter().zip(weights) {
                for (s, b) in sum.iter_mut().zip(block) {
                    *s += i32::from(*b) * weight;
                }
            }
            *out = sum.map(|s| s >> shift);
        }
        for (i, (first, weights)) in self.vertical.taps.iter().enumerate().skip(self.first_open) {
            if y < *first {
                break;
            }
            let Some(weight) = weights.get(y - first) else {
                self.first_open = i + 1;
                continue;
            };
            for (sum, value) in self.sums[i * ROW..(i + 1) * ROW].iter_mut().zip(&self.row) {
                *sum += value * weight;
            }
        }
    }

    /// The picture, once every row was pushed.
    pub fn finish(self) -> Look {
        let mut look: Look = Box::new([0; INPUT_BYTES]);
        let half = 1 << (WEIGHT_BITS + ROW_BITS - 1);
        for (byte, sum) in look.iter_mut().zip(&self.sums) {
            *byte = ((sum + half) >> (WEIGHT_BITS + ROW_BITS)).clamp(0, 255) as u8;
        }
        look
    }
}

/// Sums of columns to sums of blocks: a size known to the compiler is several times as fast.
fn add_columns<const BLOCK: usize>(columns: &[u16], blocks: &mut [u16]) {
    let add = |sum: [u16; CHANNELS], column: &[u16; CHANNELS]| core::array::from_fn(|c| sum[c] + column[c]);
    let (whole, rest) = columns.as_chunks::<CHANNELS>().0.as_chunks::<BLOCK>();
    let (blocks, _) = blocks.as_chunks_mut::<CHANNELS>();
    for (block, columns) in blocks.iter_mut().zip(whole) {
        *block = columns.iter().fold([0; CHANNELS], add);
    }
    if let Some(last) = blocks.last_mut().filter(|_| !rest.is_empty()) {
        *last = rest.iter().fold([0; CHANNELS], add).map(|sum| filled(sum, rest.len(), BLOCK));
    }
}

/// The sum that a block would have if the rest of it were as what is there, at the picture's edge.
fn filled(sum: u16, count: usize, block: usize) -> u16 {
    ((usize::from(sum) * block + count / 2) / count) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sinc_is_the_sine_over_its_angle() {
        for i in -2999..3000 {
            let x = f64::from(i) / 1000.0;
            let exact = if i == 0 { 1.0 } else { (PI * x).sin() / (PI * x) };
            assert!((sinc(x) - exact).abs() < 1e-14, "{x}");
        }
    }

    #[test]
    fn weights_add_up_for_every_size() {
        for source in (1..3000).chain([4096, 12_000, 65_535]) {
            let filter = Filter::new(source);
            let blocks = filter.source.div_ceil(filter.block);
            for (from, weights) in filter.taps {
                assert_eq!(weights.iter().sum::<i32>(), 1 << WEIGHT_BITS, "{source}");
                assert!(from + weights.len() <= blocks, "{source}");
                // What the sums have room for.
                assert!(weights.iter().map(|w| w.abs()).sum::<i32>() < 2 << WEIGHT_BITS, "{source}");
            }
        }
    }

    fn resampled(picture: &image::RgbImage, block: impl Fn(u32) -> Filter) -> Look {
        let (width, height) = picture.dimensions();
        let mut resampler = Resampler::with_filters(block(width), block(height));
        for (y, row) in picture.as_raw().chunks_exact(width as usize * CHANNELS).enumerate() {
            resampler.push(y, row);
        }
        resampler.finish()
    }

    #[test]
    fn blocks_are_used_where_they_do_not_show() {
        assert_eq!(
            [224, 1791, 1792, 3583, 3584, 7168, 60_000].map(|n| Filter::new(n).block),
            [1, 1, 2, 2, 4, 8, 8]
        );
        for (width, height) in [(1792, 1792), (4001, 3001), (7177, 1801)] {
            let picture = corpus::scene::harbour(width, height);
            let exact = resampled(&picture, |source| Filter::with_block(source, 1));
            let ours = resampled(&picture, Filter::new);
            let apart: Vec<u8> = exact.iter().zip(ours.iter()).map(|(a, b)| a.abs_diff(*b)).collect();
            let sum: u32 = apart.iter().map(|a| u32::from(*a)).sum();
            assert!(apart.iter().all(|a| *a <= 4), "{width} × {height}: {:?}", apart.iter().max());
            assert!(sum as usize * 10 <= apart.len(), "{width} × {height}: {sum} in all");
        }
    }

    #[test]
    fn one_colour_stays_itself_up_to_the_edge() {
        for side in [1792, 1793, 3585, 3586, 3587, 7169, 7175] {
            for value in [0, 1, 127, 255] {
                let picture = image::RgbImage::from_pixel(side, side, image::Rgb([value; 3]));
                assert!(resampled(&picture, Filter::new).iter().all(|v| *v == value), "{side}, {value}");
            }
        }
    }
}
