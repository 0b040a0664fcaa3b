//! Antialiased resampling to the classifier's input, in integers.
//!
//! A separable triangle filter whose support grows with the reduction, so that every source pixel counts and the same
//! photograph at another size stays the same picture; enlarging, it is bilinear interpolation. Aspect ratio is not
//! kept: the published classifier is used on squeezed pictures, and what is not cut off cannot hide.
//!
//! Rows are fed one by one, so the only memory is the output's.

use super::Look;
use crate::classify::model::INPUT_SIDE;
use crate::classify::network::INPUT_BYTES;

const CHANNELS: usize = 3;
const ROW: usize = INPUT_SIDE * CHANNELS;
/// Weights of one output pixel add up to 2¹⁵.
const WEIGHT_BITS: u32 = 15;
/// Filtered rows keep 7 bits below the byte.
const ROW_BITS: u32 = 7;

/// For each output pixel: the first source pixel and the weights from there.
#[derive(Clone, Debug)]
struct Filter {
    taps: Vec<(usize, Vec<u16>)>,
}

impl Filter {
    /// Triangle weights from `source` to [`INPUT_SIDE`] pixels.
    ///
    /// With `n` output pixels, output `i` has its centre at `(2i + 1) · source / 2n` and source `j` at `j + ½`. All
    /// distances are multiples of `1 / 2n`, so the weights are exact ratios of integers.
    fn new(source: u32) -> Self {
        let (source, out) = (i64::from(source), INPUT_SIDE as i64);
        let support = 2 * source.max(out);
        let taps = (0..out)
            .map(|i| {
                let centre = (2 * i + 1) * source;
                let weight = |j: i64| (support - ((2 * j + 1) * out - centre).abs()).max(0);
                let first = ((centre - support) / (2 * out)).max(0);
                let last = ((centre + support) / (2 * out)).min(source - 1);
                let sum: i64 = (first..=last).map(weight).sum();
                // Cumulative rounding: each weight is within one of its exact value and the sum is exactly 2¹⁵.
                let mut before = 0;
                let mut cumulative = 0;
                let weights = (first..=last)
                    .map(|j| {
                        cumulative += weight(j);
                        let here = ((cumulative << (WEIGHT_BITS + 1)) + sum) / (2 * sum);
                        let rounded = here - before;
                        before = here;
                        rounded as u16
                    })
                    .collect();
                (first as usize, weights)
            })
            .collect();
        Self { taps }
    }
}

/// Resamples one picture whose rows arrive from top to bottom.
#[derive(Clone, Debug)]
pub struct Resampler {
    horizontal: Filter,
    vertical: Filter,
    /// Output rows before this one are complete.
    first_open: usize,
    row: Vec<u32>,
    sums: Vec<u32>,
}

impl Resampler {
    /// For a picture of `width × height` pixels, both at least 1.
    pub fn new(width: u32, height: u32) -> Self {
        Self {
            horizontal: Filter::new(width),
            vertical: Filter::new(height),
            first_open: 0,
            row: vec![0; ROW],
            sums: vec![0; INPUT_BYTES],
        }
    }

    /// Takes source row `y` (from 0, in order): `width` pixels of red, green, blue.
    pub fn push(&mut self, y: usize, rgb: &[u8]) {
        let pixels = rgb.as_chunks::<CHANNELS>().0;
        for (out, (first, weights)) in
            self.row.as_chunks_mut::<CHANNELS>().0.iter_mut().zip(&self.horizontal.taps)
        {
            let mut sum = [1u32 << (WEIGHT_BITS - ROW_BITS - 1); CHANNELS];
            for (pixel, weight) in pixels[*first..].iter().zip(weights) {
                for (s, p) in sum.iter_mut().zip(pixel) {
                    *s += u32::from(*p) * u32::from(*weight);
                }
            }
            *out = sum.map(|s| s >> (WEIGHT_BITS - ROW_BITS));
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
                *sum += value * u32::from(*weight);
            }
        }
    }

    /// The picture, once every row was pushed.
    pub fn finish(self) -> Look {
        let mut look: Look = Box::new([0; INPUT_BYTES]);
        let half = 1 << (WEIGHT_BITS + ROW_BITS - 1);
        for (byte, sum) in look.iter_mut().zip(&self.sums) {
            *byte = ((sum + half) >> (WEIGHT_BITS + ROW_BITS)).min(255) as u8;
        }
        look
    }
}
