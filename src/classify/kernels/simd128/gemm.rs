//! The matrix product behind pointwise convolutions and the first convolution.

use core::arch::wasm32::{i32x4_add, i32x4_dot_i16x8, i32x4_splat};

use super::lanes::{Clamp, GROUP, GroupRequant, load, splat_pair, store};
use crate::classify::model::Conv;

/// Rows (pixels) handled together: 4 × 8 sums are eight vectors, which leaves registers for the operands.
const ROWS: usize = 4;
/// Rows that go through all groups before the next rows do, so that they stay in the first cache.
const TILE: usize = 16;

/// Weights of one pair of inputs for eight outputs: two vectors of `(first, second)` pairs.
type PairWeights = [[i16; GROUP]; 2];

/// Packed weights, `depth` inputs by a multiple of eight outputs.
#[derive(Clone, Debug)]
pub struct Gemm {
    depth: usize,
    output: usize,
    /// Group-major, then pairs of inputs.
    weights: Vec<PairWeights>,
    requant: Vec<GroupRequant>,
    shift: u32,
    min: i16,
    max: i16,
}

impl Gemm {
    /// Packs weights for rows of `depth` values; those that the convolution does not have are zero.
    pub fn new(conv: &Conv<'_>, depth: usize) -> Self {
        let zero = i16::from(conv.zero_point);
        let weight = |input: usize, output: usize| {
            conv.weights.get(input * conv.output + output).map_or(0, |q| i16::from(*q) - zero)
        };
        let pairs = depth / 2;
        let weights = (0..conv.output / GROUP)
            .flat_map(|group| (0..pairs).map(move |pair| (group, pair)))
            .map(|(group, pair)| {
                core::array::from_fn(|half| {
                    core::array::from_fn(|lane| {
                        weight(2 * pair + lane % 2, group * GROUP + half * 4 + lane / 2)
                    })
                })
            })
            .collect();
        Self {
            depth,
            output: conv.output,
            weights,
            requant: GroupRequant::pack(&conv.requant),
            shift: conv.requant.shift,
            min: conv.requant.min,
            max: conv.requant.max,
        }
    }

    /// Outputs of a row.
    pub fn output(&self) -> usize {
        self.output
    }

    /// Multiplies `rows` rows.
    pub fn run(&self, input: &[i16], rows: usize, output: &mut [i16]) {
        let (input, output) = (&input[..rows * self.depth], &mut output[..rows * self.output]);
        let tiles = input.chunks(TILE * self.depth).zip(output.chunks_mut(TILE * self.output));
        for (input, output) in tiles {
            for (group, requant) in self.requant.iter().enumerate() {
                let pairs = self.depth / 2;
                let weights = &self.weights[group * pairs..(group + 1) * pairs];
                let (blocks, rest) =
                    output.split_at_mut(output.len() / (ROWS * self.output) * ROWS * self.output);
                let (block_input, rest_input) = input.split_at(blocks.len() / self.output * self.depth);
                let blocks = block_input
                    .chunks_exact(ROWS * self.depth)
                    .zip(blocks.chunks_exact_mut(ROWS * self.output));
                for (input, output) in blocks {
                    self.block::<ROWS>(input, weights, group, requant, output);
                }
                let rest = rest_input.chunks_exact(self.depth).zip(rest.chunks_exact_mut(self.output));
                for (input, output) in rest {
                    self.block::<1>(input, weights, group, requant, output);
                }
            }
        }
    }

    /// `N` rows by one group.
    #[inline(always)]
    fn block<const N: usize>(
        &self,
        input: &[i16],
        weights: &[PairWeights],
        group: usize,
        requant: &GroupRequant,
        output: &mut [i16],
    ) {
        let rows: [&[[i16; 2]]; N] = core::array::from_fn(|row| {
            let row = &input[row * self.depth..(row + 1) * self.depth];
            // Of equal length, so that one check serves all.
            &row.as_chunks::<2>().0[..weights.len()]
        });
        let mut sums = [[i32x4_splat(0); 2]; N];
        for (pair, [low, high]) in weights.iter().enumerate() {
            let (low, high) = (load(low), load(high));
            for (sums, row) in sums.iter_mut().zip(rows) {
                let values = splat_pair(&row[pair]);
                sums[0] = i32x4_add(sums[0], i32x4_dot_i16x8(values, low));
                sums[1] = i32x4_add(sums[1], i32x4_dot_i16x8(values, high));
            }
        }
        let clamp = Clamp::new(self.min, self.max);
        for (row, sums) in output.chunks_exact_mut(self.output).zip(sums) {
            store(&mut row.as_chunks_mut().0[group], requant.apply(sums, self.shift, clamp));
        }
    }
}
