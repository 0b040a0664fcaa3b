//! The matrix product behind pointwise convolutions.
#![allow(unsafe_code)]

use core::arch::wasm32::{i32x4_add, i32x4_dot_i16x8};

use super::lanes::{GROUP, Sink, Source};
use super::requant::GroupRequant;
use crate::classify::model::Conv;

/// Rows (pixels) handled together: 4 × 8 sums are eight vectors, which leaves registers for the operands.
const ROWS: usize = 4;
/// Values of the rows that go through all groups before the next rows do, so that they stay in the first cache.
const TILE: usize = 4096;
/// Weights of one pair of inputs for eight outputs: two vectors of `(first, second)` pairs.
const PAIR: usize = 2 * GROUP;

/// Packed weights, `depth` inputs by a multiple of eight outputs.
#[derive(Clone, Debug)]
pub struct Gemm {
    depth: usize,
    /// Group-major, then pairs of inputs.
    weights: Vec<i16>,
    requant: GroupRequant,
}

impl Gemm {
    /// Packs the weights of a pointwise convolution.
    pub fn new(conv: &Conv<'_>) -> Self {
        let zero = i16::from(conv.zero_point);
        let mut weights = vec![0; conv.weights.len()];
        // From eight outputs of four inputs each to two pairs of inputs for eight outputs.
        let blocks = weights.as_chunks_mut::<{ 2 * PAIR }>().0.iter_mut();
        for (packed, block) in blocks.zip(conv.weights.as_chunks::<{ 2 * PAIR }>().0) {
            let (first, second) = packed.split_at_mut(PAIR);
            let pairs = first.as_chunks_mut::<2>().0.iter_mut().zip(second.as_chunks_mut::<2>().0);
            for ((first, second), quad) in pairs.zip(block.as_chunks::<4>().0) {
                let [a, b, c, d] = quad.map(|q| i16::from(q) - zero);
                (*first, *second) = ([a, b], [c, d]);
            }
        }
        Self { depth: conv.input, weights, requant: GroupRequant::new(conv) }
    }

    /// Multiplies `rows` rows.
    pub fn run(&self, input: &[i16], rows: usize, output: &mut [i16]) {
        let (depth, width) = (self.depth, self.requant.groups() * GROUP);
        let (input, output) = (&input[..rows * depth], &mut output[..rows * width]);
        assert!(depth.is_multiple_of(2) && self.weights.len() == depth * width);
        let tile = (TILE / depth).next_multiple_of(ROWS);
        for (input, output) in input.chunks(tile * depth).zip(output.chunks_mut(tile * width)) {
            let rows = output.len() / width;
            for group in 0..self.requant.groups() {
                let mut row = 0;
                while row + ROWS <= rows {
                    // SAFETY: `input` has `rows · depth` values, `output` `rows · width`, by the way they were cut.
                    unsafe { self.block::<ROWS>(input, row, group, output) };
                    row += ROWS;
                }
                while row < rows {
                    // SAFETY: as above.
                    unsafe { self.block::<1>(input, row, group, output) };
                    row += 1;
                }
            }
        }
    }

    /// `N` rows by one group.
    ///
    /// # Safety
    /// `input` has at least `row + N` rows of `depth` values, `output` as many of all groups' outputs.
    #[inline(always)]
    unsafe fn block<const N: usize>(&self, input: &[i16], row: usize, group: usize, output: &mut [i16]) {
        let depth = self.depth;
        let mut sums = [self.requant.start(group); N];
        // SAFETY: rows `row…row + N` are within `input` (the caller's promise), so each pair below `depth / 2` of each
        // is; the group's weights are `depth / 2 · PAIR` values from `group · depth · GROUP` on, within `groups · depth
        // · GROUP`, which `run` has asserted; each row's outputs end at `(group + 1) · GROUP`, within its width.
        unsafe {
            let rows = Source::new(input).from(row * depth);
            let weights = Source::new(&self.weights).from(group * depth * GROUP);
            for pair in 0..depth / 2 {
                let low = weights.vector(pair * PAIR);
                let high = weights.vector(pair * PAIR + GROUP);
                for (n, sums) in sums.iter_mut().enumerate() {
                    let values = rows.splat32(n * depth + 2 * pair);
                    sums[0] = i32x4_add(sums[0], i32x4_dot_i16x8(values, low));
                    sums[1] = i32x4_add(sums[1], i32x4_dot_i16x8(values, high));
                }
            }
            let width = self.requant.groups() * GROUP;
            let mut sink = Sink::new(output);
            for (n, outputs) in self.requant.finish(group, sums).into_iter().enumerate() {
                sink.put((row + n) * width + group * GROUP, outputs);
            }
        }
    }
}
