//! The matrix product behind pointwise convolutions.
#![allow(unsafe_code)]

use core::arch::wasm32::{
    i16x8_extend_high_i8x16, i16x8_extend_low_i8x16, i16x8_splat, i16x8_sub, i32x4_add, i32x4_dot_i16x8,
    i32x4_shuffle,
};

use super::lanes::{GROUP, Sink, Source, load_bytes, store};
use super::requant::GroupRequant;
use crate::classify::layer::{BLOCK, Conv};

/// Rows (pixels) handled together: 4 × 8 sums are eight vectors, which leaves registers for the operands.
const ROWS: usize = 4;
/// Values of the rows that go through all groups before the next rows do, so that they stay near.
const TILE: usize = 8192;
/// Fewest rows of a tile, since each tile widens the weights anew.
const TILE_ROWS: usize = 128;
/// Weights of one pair of inputs for eight outputs: two vectors of `(first, second)` pairs.
const PAIR: usize = 2 * GROUP;

/// A matrix product of `depth` inputs by a multiple of eight outputs.
#[derive(Clone, Debug)]
pub struct Gemm {
    depth: usize,
    zero_point: i16,
    requant: GroupRequant,
}

impl Gemm {
    /// What a pointwise convolution needs beside its weights.
    pub fn new(conv: &Conv<'_>) -> Self {
        Self { depth: conv.input, zero_point: conv.zero_point.into(), requant: GroupRequant::new(conv) }
    }

    /// Multiplies `rows` rows. `scratch` has room for one group's weights.
    pub fn run(&self, weights: &[u8], scratch: &mut [i16], input: &[i16], rows: usize, output: &mut [i16]) {
        let (depth, width) = (self.depth, self.requant.groups() * GROUP);
        let (input, output) = (&input[..rows * depth], &mut output[..rows * width]);
        let scratch = &mut scratch[..depth * GROUP];
        assert!(depth.is_multiple_of(4) && weights.len() == depth * width);
        let tile = (TILE / depth).max(TILE_ROWS).next_multiple_of(ROWS);
        for (input, output) in input.chunks(tile * depth).zip(output.chunks_mut(tile * width)) {
            let rows = output.len() / width;
            for (group, weights) in weights.chunks_exact(depth * GROUP).enumerate() {
                self.widen(weights, scratch);
                let mut row = 0;
                while row + ROWS <= rows {
                    // SAFETY: `input` has `rows · depth` values, `output` `rows · width`, `scratch` `depth · GROUP`, by
                    // the way they were cut.
                    unsafe { self.block::<ROWS>(input, scratch, row, group, output) };
                    row += ROWS;
                }
                while row < rows {
                    // SAFETY: as above.
                    unsafe { self.block::<1>(input, scratch, row, group, output) };
                    row += 1;
                }
            }
        }
    }

    /// From eight outputs of four inputs each to two pairs of inputs for eight outputs, with 16 bits, less the zero
    /// point.
    fn widen(&self, weights: &[u8], pairs: &mut [i16]) {
        let zero = i16x8_splat(self.zero_point);
        let blocks = weights.as_chunks::<BLOCK>().0.iter();
        for (block, pairs) in blocks.zip(pairs.as_chunks_mut::<GROUP>().0.as_chunks_mut::<4>().0) {
            for (half, outputs) in block.as_chunks::<16>().0.iter().enumerate() {
                let bytes = load_bytes(outputs);
                let first = i16x8_sub(i16x8_extend_low_i8x16(bytes), zero);
                let last = i16x8_sub(i16x8_extend_high_i8x16(bytes), zero);
                store(&mut pairs[half], i32x4_shuffle::<0, 2, 4, 6>(first, last));
                store(&mut pairs[2 + half], i32x4_shuffle::<1, 3, 5, 7>(first, last));
            }
        }
    }

    /// `N` rows by one group.
    ///
    /// # Safety
    /// `input` has at least `row + N` rows of `depth` values, `output` as many of all groups' outputs, and `weights`
    /// `depth · GROUP` values.
    #[inline(always)]
    unsafe fn block<const N: usize>(
        &self,
        input: &[i16],
        weights: &[i16],
        row: usize,
        group: usize,
        output: &mut [i16],
    ) {
        let depth = self.depth;
        let mut sums = [self.requant.start(group); N];
        // SAFETY: rows `row…row + N` are within `input` (the caller's promise), so each pair below `depth / 2` of each
        // is; the weights are `depth / 2 · PAIR = depth · GROUP` values; each row's outputs end at `(group + 1) · GROUP`,
        // within its width.
        unsafe {
            let rows = Source::new(input).from(row * depth);
            let weights = Source::new(weights);
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
