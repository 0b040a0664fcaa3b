//! Depthwise 3×3: the nine taps in pairs, so that one instruction multiplies and adds two of them.

use core::arch::wasm32::{i16x8_shuffle, i16x8_splat, i32x4_add, i32x4_dot_i16x8, i32x4_splat};

use super::lanes::{Clamp, GROUP, GroupRequant, load, store};
use crate::classify::model::Conv;

const TAPS: usize = 9;
/// Four pairs of taps, and the ninth with a zero.
const PAIRS: usize = 5;

/// Packed weights.
#[derive(Clone, Debug)]
pub struct Depthwise {
    channels: usize,
    stride: usize,
    /// For each group and pair: `(first, second)` of channels 0…3, then of 4…7.
    weights: Vec<[[[i16; GROUP]; 2]; PAIRS]>,
    requant: Vec<GroupRequant>,
    shift: u32,
    min: i16,
    max: i16,
    /// What lies outside the picture.
    zeros: Vec<i16>,
}

impl Depthwise {
    /// Packs weights.
    pub fn new(conv: &Conv<'_>) -> Self {
        let zero = i16::from(conv.zero_point);
        let channels = conv.output;
        let weight = |tap: usize, channel: usize| {
            conv.weights.get(tap * channels + channel).map_or(0, |q| i16::from(*q) - zero)
        };
        let weights = (0..channels / GROUP)
            .map(|group| {
                core::array::from_fn(|pair| {
                    core::array::from_fn(|half| {
                        core::array::from_fn(|lane| {
                            weight(2 * pair + lane % 2, group * GROUP + half * 4 + lane / 2)
                        })
                    })
                })
            })
            .collect();
        Self {
            channels,
            stride: conv.stride,
            weights,
            requant: GroupRequant::pack(&conv.requant),
            shift: conv.requant.shift,
            min: conv.requant.min,
            max: conv.requant.max,
            zeros: vec![0; channels],
        }
    }

    /// Filters a `side × side` tensor.
    pub fn run(&self, input: &[i16], side: usize, output: &mut [i16]) {
        // Stride 1 starts one row above and left of the picture.
        let before = 2 - self.stride;
        let out_side = side / self.stride;
        let clamp = Clamp::new(self.min, self.max);
        let inside = before..side + before;
        for (pixel, out) in output.chunks_exact_mut(self.channels).take(out_side * out_side).enumerate() {
            let (y, x) = (self.stride * (pixel / out_side), self.stride * (pixel % out_side));
            let taps: [&[[i16; GROUP]]; TAPS] = core::array::from_fn(|tap| {
                let (row, column) = (y + tap / 3, x + tap % 3);
                let values = if inside.contains(&row) && inside.contains(&column) {
                    let start = ((row - before) * side + column - before) * self.channels;
                    &input[start..start + self.channels]
                } else {
                    &self.zeros
                };
                &values.as_chunks().0[..self.weights.len()]
            });
            let groups = out.as_chunks_mut().0.iter_mut().zip(&self.weights).zip(&self.requant);
            for (group, ((out, weights), requant)) in groups.enumerate() {
                let mut sums = [i32x4_splat(0); 2];
                for (pair, [low, high]) in weights.iter().enumerate() {
                    let first = load(&taps[2 * pair][group]);
                    let second = taps.get(2 * pair + 1).map_or(i16x8_splat(0), |tap| load(&tap[group]));
                    let near = i16x8_shuffle::<0, 8, 1, 9, 2, 10, 3, 11>(first, second);
                    let far = i16x8_shuffle::<4, 12, 5, 13, 6, 14, 7, 15>(first, second);
                    sums[0] = i32x4_add(sums[0], i32x4_dot_i16x8(near, load(low)));
                    sums[1] = i32x4_add(sums[1], i32x4_dot_i16x8(far, load(high)));
                }
                store(out, requant.apply(sums, self.shift, clamp));
            }
        }
    }
}
