//! The matrix product behind pointwise convolutions, in two limbs of seven bits.
//!
//! With `a` an activation, `m` the smallest one, `w` a weight and `z` the zero point:
//!
//! ```text
//! a − m = 128·h + l,  0 ≤ h, l ≤ 127
//! Σ a·(w − z) = 128·Σ h·w + Σ l·w − z·Σ (a − m) + m·Σ (w − z)
//! ```
//!
//! The first two sums are dot products of eight by seven bits, the third is one number a row, the last one number a
//! column. Additions wrap: whatever the parts are, the whole is a sum that the loader has proved to fit 32 bits.
#![allow(unsafe_code)]

use core::arch::wasm32::{
    i8x16_narrow_i16x8, i16x8_splat, i16x8_sub, i32x4_add, i32x4_extadd_pairwise_i16x8, i32x4_extract_lane,
    i32x4_relaxed_dot_i8x16_i7x16_add, i32x4_shl, i32x4_shuffle, i32x4_splat, u16x8_shr, v128, v128_and,
};

use crate::classify::kernels::simd128::lanes::{GROUP, Sink, Source, load, store_bytes};
use crate::classify::kernels::simd128::requant::GroupRequant;
use crate::classify::layer::{BLOCK, Conv};
use crate::classify::model::INPUT_QUAD;

/// Rows (pixels) handled together.
const ROWS: usize = 4;
/// Activations of the rows that go through all groups before the next rows do, so that they stay in the first cache.
const TILE: usize = 4096;
/// Bytes of the limbs of eight activations: the low ones, then the high ones.
const LIMBS: usize = 16;
const LIMB_BITS: u32 = 7;

/// The limbs of some rows, and the sums of the rows' activations.
#[derive(Clone, Debug)]
pub struct Scratch {
    limbs: Vec<u8>,
    sums: Vec<i32>,
}

impl Scratch {
    /// Enough for rows of up to `depth` activations.
    pub fn new(depth: usize) -> Self {
        // The number of rows is rounded up to whole fours, and the least depth is that of one group.
        Self { limbs: vec![0; 2 * (TILE + ROWS * depth)], sums: vec![0; TILE / GROUP + ROWS] }
    }
}

/// Rows that go through all groups together.
fn tile_rows(depth: usize) -> usize {
    (TILE / depth).next_multiple_of(ROWS)
}

/// A matrix product of `depth` inputs by a multiple of eight outputs.
#[derive(Clone, Debug)]
pub struct Gemm {
    depth: usize,
    input_min: i16,
    zero_point: i32,
    /// `m·Σ (w − z)` for each output.
    columns: Vec<i32>,
    requant: GroupRequant,
}

impl Gemm {
    /// What a pointwise convolution needs beside its weights.
    pub fn new(conv: &Conv<'_>) -> Self {
        let zero_point = i32::from(conv.zero_point);
        let mut columns = vec![0i32; conv.output];
        let groups = conv.weights.chunks_exact(conv.input * GROUP);
        for (columns, weights) in columns.as_chunks_mut::<GROUP>().0.iter_mut().zip(groups) {
            for block in weights.as_chunks::<BLOCK>().0 {
                for (column, quad) in columns.iter_mut().zip(block.as_chunks::<INPUT_QUAD>().0) {
                    *column += quad.iter().map(|w| i32::from(w.cast_signed()) - zero_point).sum::<i32>();
                }
            }
        }
        for column in &mut columns {
            *column = column.wrapping_mul(i32::from(conv.input_min));
        }
        Self {
            depth: conv.input,
            input_min: conv.input_min,
            zero_point,
            columns,
            requant: GroupRequant::new(conv),
        }
    }

    /// Multiplies `rows` rows.
    pub fn run(&self, weights: &[u8], scratch: &mut Scratch, input: &[i16], rows: usize, output: &mut [i16]) {
        let (depth, width) = (self.depth, self.requant.groups() * GROUP);
        let (input, output) = (&input[..rows * depth], &mut output[..rows * width]);
        assert!(depth.is_multiple_of(GROUP) && weights.len() == depth * width);
        assert!(self.columns.len() == width);
        let tile = tile_rows(depth);
        for (input, output) in input.chunks(tile * depth).zip(output.chunks_mut(tile * width)) {
            let rows = output.len() / width;
            let limbs = &mut scratch.limbs[..2 * input.len()];
            let sums = &mut scratch.sums[..rows];
            self.split(input, limbs, sums);
            for (group, weights) in weights.chunks_exact(depth * GROUP).enumerate() {
                let mut row = 0;
                while row + ROWS <= rows {
                    // SAFETY: `limbs` has two bytes for each of `rows · depth` activations, `sums` one number a row,
                    // `output` `rows · width` values, `weights` `depth · GROUP` bytes, by the way they were cut.
                    unsafe { self.block::<ROWS>(limbs, weights, sums, row, group, output) };
                    row += ROWS;
                }
                while row < rows {
                    // SAFETY: as above.
                    unsafe { self.block::<1>(limbs, weights, sums, row, group, output) };
                    row += 1;
                }
            }
        }
    }

    /// Splits activations into limbs, eight by eight, and adds each row's up.
    fn split(&self, input: &[i16], limbs: &mut [u8], sums: &mut [i32]) {
        let smallest = i16x8_splat(self.input_min);
        let mask = i16x8_splat((1 << LIMB_BITS) - 1);
        let rows = input.chunks_exact(self.depth).zip(limbs.chunks_exact_mut(2 * self.depth));
        for ((row, limbs), sum) in rows.zip(sums) {
            let mut total = i32x4_splat(0);
            for (values, limbs) in row.as_chunks::<GROUP>().0.iter().zip(limbs.as_chunks_mut::<LIMBS>().0) {
                let values = i16x8_sub(load(values), smallest);
                total = i32x4_add(total, i32x4_extadd_pairwise_i16x8(values));
                let low = v128_and(values, mask);
                let high = u16x8_shr(values, LIMB_BITS);
                store_bytes(limbs, i8x16_narrow_i16x8(low, high));
            }
            *sum = horizontal_sum(total).wrapping_mul(-self.zero_point);
        }
    }

    /// `N` rows by one group.
    ///
    /// # Safety
    /// There are `row + N` rows: of `2 · depth` bytes in `limbs`, of one number in `sums`, of all groups' outputs in
    /// `output`; and `depth · GROUP` bytes in `weights`.
    #[inline(always)]
    unsafe fn block<const N: usize>(
        &self,
        limbs: &[u8],
        weights: &[u8],
        sums: &[i32],
        row: usize,
        group: usize,
        output: &mut [i16],
    ) {
        let depth = self.depth;
        let mut totals = [[i32x4_splat(0); 2]; N];
        // SAFETY: rows `row…row + N` are within `limbs` and `sums`, and `depth / 4` blocks within `weights` (the caller's
        // promise); the group's columns are eight numbers within what `run` has asserted; each row's outputs end at
        // `(group + 1) · GROUP`, within its width.
        unsafe {
            let rows = Source::new(limbs).from(2 * row * depth);
            let weights = Source::new(weights);
            for limb in [GROUP, 0] {
                for eight in 0..depth / GROUP {
                    for quad in 0..2 {
                        let at = (2 * eight + quad) * BLOCK;
                        let (low, high) = (weights.vector(at), weights.vector(at + BLOCK / 2));
                        for (n, totals) in totals.iter_mut().enumerate() {
                            let at = 2 * n * depth + eight * LIMBS + limb + quad * INPUT_QUAD;
                            let values = rows.splat32(at);
                            totals[0] = i32x4_relaxed_dot_i8x16_i7x16_add(low, values, totals[0]);
                            totals[1] = i32x4_relaxed_dot_i8x16_i7x16_add(high, values, totals[1]);
                        }
                    }
                }
                if limb != 0 {
                    totals = totals.map(|halves| halves.map(|half| i32x4_shl(half, LIMB_BITS)));
                }
            }
            let columns = Source::new(&self.columns).from(group * GROUP);
            let start = self.requant.start(group);
            let start = [i32x4_add(start[0], columns.vector(0)), i32x4_add(start[1], columns.vector(4))];
            let sums = Source::new(sums).from(row);
            for (n, halves) in totals.iter_mut().enumerate() {
                let sum = sums.splat32(n);
                *halves = [0, 1].map(|half| i32x4_add(halves[half], i32x4_add(start[half], sum)));
            }
            let width = self.requant.groups() * GROUP;
            let mut sink = Sink::new(output);
            for (n, outputs) in self.requant.finish(group, totals).into_iter().enumerate() {
                sink.put((row + n) * width + group * GROUP, outputs);
            }
        }
    }
}

fn horizontal_sum(lanes: v128) -> i32 {
    let pairs = i32x4_add(lanes, i32x4_shuffle::<2, 3, 0, 1>(lanes, lanes));
    i32x4_extract_lane::<0>(pairs).wrapping_add(i32x4_extract_lane::<1>(pairs))
}
