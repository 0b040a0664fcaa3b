//! Depthwise 3×3: the nine taps in pairs, so that one instruction multiplies and adds two of them.
#![allow(unsafe_code)]

use core::arch::wasm32::{i16x8_shuffle, i16x8_splat, i32x4_add, i32x4_dot_i16x8};

use super::lanes::{GROUP, Source, store};
use super::requant::GroupRequant;
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

    /// Filters a `side × side` tensor.
    pub fn run(&self, input: &[i16], side: usize, output: &mut [i16]) {
        // Stride 1 starts one row above and left of the picture.
        let before = 2 - self.stride;
        let out_side = side / self.stride;
        let inside = before..side + before;
        for (pixel, out) in output.chunks_exact_mut(self.channels).take(out_side * out_side).enumerate() {
            let (y, x) = (self.stride * (pixel / out_side), self.stride * (pixel % out_side));
            let taps: [&[i16]; TAPS] = core::array::from_fn(|tap| {
                let (row, column) = (y + tap / 3, x + tap % 3);
                if inside.contains(&row) && inside.contains(&column) {
                    let start = ((row - before) * side + column - before) * self.channels;
                    &input[start..start + self.channels]
                } else {
                    &self.zeros
                }
            });
            self.pixel(&taps, out);
        }
    }

    /// One pixel. All slices have a value for each channel.
    #[inline(always)]
    fn pixel(&self, taps: &[&[i16]; TAPS], out: &mut [i16]) {
        let taps = taps.map(Source::new);
        let weights = Source::new(&self.weights);
        for (group, out) in out.as_chunks_mut().0.iter_mut().enumerate() {
            let mut sums = self.requant.start(group);
            for pair in 0..PAIRS {
                // SAFETY: there are as many groups as eights of channels, in the taps and in the weights.
                let (first, second, low, high) = unsafe {
                    let at = group * GROUP_WEIGHTS + pair * 2 * GROUP;
                    let second = match taps.get(2 * pair + 1) {
                        Some(tap) => tap.vector(group * GROUP),
                        None => i16x8_splat(0),
                    };
                    (
                        taps[2 * pair].vector(group * GROUP),
                        second,
                        weights.vector(at),
                        weights.vector(at + GROUP),
                    )
                };
                let near = i16x8_shuffle::<0, 8, 1, 9, 2, 10, 3, 11>(first, second);
                let far = i16x8_shuffle::<4, 12, 5, 13, 6, 14, 7, 15>(first, second);
                sums[0] = i32x4_add(sums[0], i32x4_dot_i16x8(near, low));
                sums[1] = i32x4_add(sums[1], i32x4_dot_i16x8(far, high));
            }
            let [outputs] = self.requant.finish(group, [sums]);
            store(out, outputs);
        }
    }
}
