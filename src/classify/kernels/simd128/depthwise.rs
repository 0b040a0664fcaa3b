//! Depthwise 3×3, four pixels of a row at a time. One instruction multiplies and adds a pair of taps; the pixels share
//! the pairs: upper and middle row of each column, and neighbours in the lower row.
#![allow(unsafe_code)]

use core::arch::wasm32::{i16x8_shuffle, i32x4_add, i32x4_dot_i16x8, v128};

use super::lanes::{GROUP, Sink, Source};
use super::requant::GroupRequant;
use crate::classify::kernels::rows_read;
use crate::classify::layer::Conv;

/// Pixels handled together.
const PIXELS: usize = 4;
/// Columns that they read, for both strides.
const COLUMNS_1: usize = PIXELS + 2;
const COLUMNS_2: usize = 2 * PIXELS + 1;

/// A weight of zero.
const NONE: usize = 9;
/// Taps of the pairs: upper and middle row, for each column; then in the lower row for a pixel whose first column is
/// even, and for one whose first column is odd, both of two pairs.
const PAIRS: [(usize, usize); 7] = [(0, 3), (1, 4), (2, 5), (6, 7), (8, NONE), (NONE, 6), (7, 8)];
/// Weights of one group.
const GROUP_WEIGHTS: usize = PAIRS.len() * 2 * GROUP;

/// Packed weights.
#[derive(Clone, Debug)]
pub struct Depthwise {
    channels: usize,
    stride: usize,
    /// For each group and half of it: the pairs, `(first, second)` of four channels.
    weights: Vec<i16>,
    requant: GroupRequant,
    /// What lies outside the picture.
    zeros: Vec<i16>,
}

impl Depthwise {
    /// Packs weights.
    pub fn new(conv: &Conv<'_>) -> Self {
        let channels = conv.output;
        let weight = |at: usize| {
            let (group, half, pair, lane) =
                (at / GROUP_WEIGHTS, at / (GROUP_WEIGHTS / 2) % 2, at / GROUP % PAIRS.len(), at % GROUP);
            let tap = if lane % 2 == 0 { PAIRS[pair].0 } else { PAIRS[pair].1 };
            if tap == NONE { 0 } else { conv.weight(tap, group * GROUP + half * 4 + lane / 2) }
        };
        Self {
            channels,
            stride: conv.stride,
            weights: (0..channels / GROUP * GROUP_WEIGHTS).map(weight).collect(),
            requant: GroupRequant::new(conv),
            zeros: vec![0; channels],
        }
    }

    /// Filters the rows of `width` pixels that `output` needs.
    pub fn run(&self, input: &[i16], width: usize, output: &mut [i16]) {
        if self.stride == 1 {
            self.rows::<1, COLUMNS_1>(input, width, output);
        } else {
            self.rows::<2, COLUMNS_2>(input, width, output);
        }
    }

    fn rows<const STRIDE: usize, const COLUMNS: usize>(
        &self,
        input: &[i16],
        width: usize,
        output: &mut [i16],
    ) {
        const { assert!(COLUMNS == STRIDE * (PIXELS - 1) + 3) };
        let (channels, groups) = (self.channels, self.requant.groups());
        // Stride 1 starts one column left of the picture.
        let before = 2 - STRIDE;
        let inside = before..width + before;
        let out_width = width / STRIDE;
        let rows = output.len() / (out_width * channels);
        let input = &input[..rows_read(rows, STRIDE) * width * channels];
        let output = &mut output[..rows * out_width * channels];
        assert!(channels == groups * GROUP && self.weights.len() == groups * GROUP_WEIGHTS);
        assert!(self.zeros.len() == channels && out_width >= PIXELS);
        for (y, output) in output.chunks_exact_mut(out_width * channels).enumerate() {
            for x in (0..out_width).step_by(PIXELS) {
                // The last pixels of a row may be filtered twice.
                let x = x.min(out_width - PIXELS);
                let taps: [[Source<'_, i16>; COLUMNS]; 3] = core::array::from_fn(|row| {
                    core::array::from_fn(|column| {
                        let (row, column) = (STRIDE * y + row, STRIDE * x + column);
                        if inside.contains(&column) {
                            let start = (row * width + column - before) * channels;
                            // SAFETY: the row is one of those that are read, and the column is below `width`, so a
                            // whole pixel follows.
                            unsafe { Source::new(input).from(start) }
                        } else {
                            Source::new(&self.zeros)
                        }
                    })
                });
                let mut out = Sink::new(&mut output[x * channels..(x + PIXELS) * channels]);
                for group in 0..groups {
                    // SAFETY: each tap has a pixel's values, the weights all groups', both as asserted; the output has
                    // so many pixels.
                    unsafe { self.group::<STRIDE, COLUMNS>(&taps, group, &mut out) };
                }
            }
        }
    }

    /// Eight channels of the pixels.
    ///
    /// # Safety
    /// The taps and the output's pixels have `group + 1` groups of values, the weights that of `group`.
    #[inline(always)]
    unsafe fn group<const STRIDE: usize, const COLUMNS: usize>(
        &self,
        taps: &[[Source<'_, i16>; COLUMNS]; 3],
        group: usize,
        out: &mut Sink<'_, i16>,
    ) {
        let start = self.requant.start(group);
        // SAFETY: as this function's.
        unsafe {
            let weights = Source::new(&self.weights).from(group * GROUP_WEIGHTS);
            let low = half::<STRIDE, COLUMNS>(taps, group, weights, start[0], |a, b| {
                i16x8_shuffle::<0, 8, 1, 9, 2, 10, 3, 11>(a, b)
            });
            let weights = weights.from(GROUP_WEIGHTS / 2);
            let high = half::<STRIDE, COLUMNS>(taps, group, weights, start[1], |a, b| {
                i16x8_shuffle::<4, 12, 5, 13, 6, 14, 7, 15>(a, b)
            });
            let sums: [[v128; 2]; PIXELS] = core::array::from_fn(|n| [low[n], high[n]]);
            for (n, outputs) in self.requant.finish(group, sums).into_iter().enumerate() {
                out.put(n * self.channels + group * GROUP, outputs);
            }
        }
    }
}

/// Sums of four channels of the pixels, which `interleave` takes from two vectors of eight.
///
/// # Safety
/// The taps have `group + 1` groups of values, the weights half a group's.
#[inline(always)]
unsafe fn half<const STRIDE: usize, const COLUMNS: usize>(
    [upper, middle, lower]: &[[Source<'_, i16>; COLUMNS]; 3],
    group: usize,
    weights: Source<'_, i16>,
    start: v128,
    interleave: impl Fn(v128, v128) -> v128,
) -> [v128; PIXELS] {
    let mut sums = [start; PIXELS];
    // SAFETY: as this function's.
    unsafe {
        let weights: [v128; PAIRS.len()] = core::array::from_fn(|pair| weights.vector(pair * GROUP));
        let at = group * GROUP;
        for column in 0..COLUMNS {
            let values = interleave(upper[column].vector(at), middle[column].vector(at));
            for (n, sum) in sums.iter_mut().enumerate() {
                if (STRIDE * n..STRIDE * n + 3).contains(&column) {
                    *sum = i32x4_add(*sum, i32x4_dot_i16x8(values, weights[column - STRIDE * n]));
                }
            }
        }
        for column in (0..COLUMNS).step_by(2) {
            // The last one stands alone for stride 2, and meets a weight of zero.
            let next = (column + 1).min(COLUMNS - 1);
            let values = interleave(lower[column].vector(at), lower[next].vector(at));
            for (n, sum) in sums.iter_mut().enumerate() {
                let first = STRIDE * n;
                if column + 1 >= first && column < first + 3 {
                    let pair = 3 + 2 * (first % 2) + usize::from(column + 1 >= first + 2);
                    *sum = i32x4_add(*sum, i32x4_dot_i16x8(values, weights[pair]));
                }
            }
        }
    }
    sums
}
