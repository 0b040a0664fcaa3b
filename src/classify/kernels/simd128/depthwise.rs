//! Depthwise 3×3: the nine taps in pairs, so that one instruction multiplies and adds two of them.
#![allow(unsafe_code)]

use core::arch::wasm32::{i16x8_shuffle, i16x8_splat, i32x4_add, i32x4_dot_i16x8};

use super::lanes::{GROUP, Sink, Source};
use super::requant::GroupRequant;
use crate::classify::kernels::rows_read;
use crate::classify::model::Conv;

const TAPS: usize = 9;
/// Four pairs of taps, and the ninth with a zero.
const PAIRS: usize = 5;
/// Weights of one group.
const GROUP_WEIGHTS: usize = PAIRS * 2 * GROUP;

/// Packed weights.
#[derive(Clone, Debug)]
pub struct Depthwise {
    channels: usize,
    stride: usize,
    /// For each group and pair: `(first, second)` of channels 0…3, then of 4…7.
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
            let (group, pair, half, lane) =
                (at / GROUP_WEIGHTS, at / (2 * GROUP) % PAIRS, at / GROUP % 2, at % GROUP);
            let tap = 2 * pair + lane % 2;
            if tap < TAPS { conv.weight(tap, group * GROUP + half * 4 + lane / 2) } else { 0 }
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
        let (channels, groups) = (self.channels, self.requant.groups());
        // Stride 1 starts one column left of the picture.
        let before = 2 - self.stride;
        let inside = before..width + before;
        let out_width = width / self.stride;
        let rows = output.len() / (out_width * channels);
        let input = &input[..rows_read(rows, self.stride) * width * channels];
        assert!(channels == groups * GROUP && self.weights.len() == groups * GROUP_WEIGHTS);
        assert!(self.zeros.len() == channels);
        for (pixel, out) in output.chunks_exact_mut(channels).take(rows * out_width).enumerate() {
            let (y, x) = (self.stride * (pixel / out_width), self.stride * (pixel % out_width));
            let taps: [Source<'_, i16>; TAPS] = core::array::from_fn(|tap| {
                let (row, column) = (y + tap / 3, x + tap % 3);
                if inside.contains(&column) {
                    let start = (row * width + column - before) * channels;
                    // SAFETY: the row is one of those that are read, and the column is below `width`, so a whole pixel
                    // follows.
                    unsafe { Source::new(input).from(start) }
                } else {
                    Source::new(&self.zeros)
                }
            });
            let mut out = Sink::new(out);
            for group in 0..groups {
                // SAFETY: each tap has a pixel's values, the weights all groups', both as asserted.
                unsafe { self.group(&taps, group, &mut out) };
            }
        }
    }

    /// Eight channels of one pixel.
    ///
    /// # Safety
    /// The taps and the output have `group + 1` groups of values, the weights that of `group`.
    #[inline(always)]
    unsafe fn group(&self, taps: &[Source<'_, i16>; TAPS], group: usize, out: &mut Sink<'_, i16>) {
        let mut sums = self.requant.start(group);
        // SAFETY: as this function's.
        unsafe {
            let weights = Source::new(&self.weights).from(group * GROUP_WEIGHTS);
            for pair in 0..PAIRS {
                let first = taps[2 * pair].vector(group * GROUP);
                let second = match taps.get(2 * pair + 1) {
                    Some(tap) => tap.vector(group * GROUP),
                    None => i16x8_splat(0),
                };
                let near = i16x8_shuffle::<0, 8, 1, 9, 2, 10, 3, 11>(first, second);
                let far = i16x8_shuffle::<4, 12, 5, 13, 6, 14, 7, 15>(first, second);
                let (low, high) =
                    (weights.vector(pair * 2 * GROUP), weights.vector(pair * 2 * GROUP + GROUP));
                sums[0] = i32x4_add(sums[0], i32x4_dot_i16x8(near, low));
                sums[1] = i32x4_add(sums[1], i32x4_dot_i16x8(far, high));
            }
            let [outputs] = self.requant.finish(group, [sums]);
            out.put(group * GROUP, outputs);
        }
    }
}
