//! The first convolution: 3×3 over three channels, stride 2.
#![allow(unsafe_code)]

use core::arch::wasm32::{i32x4_add, i32x4_dot_i16x8};

use super::lanes::{GROUP, Sink, Source};
use super::requant::GroupRequant;
use crate::classify::kernels::{full_pitch, rows_read};
use crate::classify::layer::Conv;

/// Channels of the picture.
const CHANNELS: usize = 3;
/// Values of one row of a patch, and one more that meets a weight of zero.
const PATCH_ROW: usize = 3 * CHANNELS + 1;
const PAIRS: usize = PATCH_ROW / 2;
/// Weights of one group.
const GROUP_WEIGHTS: usize = 3 * PAIRS * 2 * GROUP;
/// Pixels handled together.
const PIXELS: usize = 4;

/// Packed weights.
#[derive(Clone, Debug)]
pub struct Stem {
    /// For each group, row and pair: `(first, second)` of outputs 0…3, then of 4…7.
    weights: Vec<i16>,
    requant: GroupRequant,
}

impl Stem {
    /// Packs weights.
    pub fn new(conv: &Conv<'_>) -> Self {
        let weight = |at: usize| {
            let (group, row, pair) =
                (at / GROUP_WEIGHTS, at / (2 * GROUP * PAIRS) % 3, at / (2 * GROUP) % PAIRS);
            let (half, lane) = (at / GROUP % 2, at % GROUP);
            let value = 2 * pair + lane % 2;
            let output = group * GROUP + half * 4 + lane / 2;
            if value < 3 * CHANNELS { conv.weight(row * 3 * CHANNELS + value, output) } else { 0 }
        };
        Self {
            weights: (0..conv.output / GROUP * GROUP_WEIGHTS).map(weight).collect(),
            requant: GroupRequant::new(conv),
        }
    }

    /// Filters the rows of `width` pixels that `output` needs.
    pub fn run(&self, input: &[i16], width: usize, output: &mut [i16]) {
        let pitch = full_pitch(width);
        let out_width = width / 2;
        let row = out_width * self.requant.groups() * GROUP;
        let rows = output.len() / row;
        assert!(
            out_width.is_multiple_of(PIXELS) && self.weights.len() == self.requant.groups() * GROUP_WEIGHTS
        );
        let (input, output) = (&input[..rows_read(rows, 2) * pitch], &mut output[..rows * row]);
        for y in 0..rows {
            for group in 0..self.requant.groups() {
                for x in (0..out_width).step_by(PIXELS) {
                    // SAFETY: the last patch row is among those that are read; its last patch begins at column `width −
                    // 2`, and a row has values for `width + 1` columns and one more; `output` has all pixels.
                    unsafe { self.block(input, pitch, (x, y), group, out_width, output) };
                }
            }
        }
    }

    /// # Safety
    /// Patches of the pixels `x…x + PIXELS` lie within `input`, their outputs within `output`.
    #[inline(always)]
    unsafe fn block(
        &self,
        input: &[i16],
        pitch: usize,
        (x, y): (usize, usize),
        group: usize,
        out_width: usize,
        output: &mut [i16],
    ) {
        let mut sums = [self.requant.start(group); PIXELS];
        // SAFETY: the caller's promise; the group's weights are within by `run`'s assertion.
        unsafe {
            let weights = Source::new(&self.weights).from(group * GROUP_WEIGHTS);
            let patch = Source::new(input).from(2 * y * pitch + 2 * x * CHANNELS);
            for row in 0..3 {
                for pair in 0..PAIRS {
                    let at = (row * PAIRS + pair) * 2 * GROUP;
                    let (low, high) = (weights.vector(at), weights.vector(at + GROUP));
                    for (n, sums) in sums.iter_mut().enumerate() {
                        let values = patch.splat32(row * pitch + 2 * n * CHANNELS + 2 * pair);
                        sums[0] = i32x4_add(sums[0], i32x4_dot_i16x8(values, low));
                        sums[1] = i32x4_add(sums[1], i32x4_dot_i16x8(values, high));
                    }
                }
            }
            let width = self.requant.groups() * GROUP;
            let mut sink = Sink::new(output);
            for (n, outputs) in self.requant.finish(group, sums).into_iter().enumerate() {
                sink.put((y * out_width + x + n) * width + group * GROUP, outputs);
            }
        }
    }
}
