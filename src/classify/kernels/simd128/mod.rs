//! 128-bit SIMD for WebAssembly: 16-bit products in pairs with `i32x4.dot_i16x8_s`, which is exact.
//!
//! Everything goes by groups of eight channels, which the loader of the model file guarantees. Sums, requantisation and
//! clamping are those of [`super::portable`], integer for integer.

mod depthwise;
mod gemm;
mod lanes;

use core::arch::wasm32::{i16x8_add_sat, i32x4_add, i32x4_extend_high_i16x8, i32x4_extend_low_i16x8};

use super::Kernels;
use crate::classify::model::Conv;
use depthwise::Depthwise;
use gemm::Gemm;
use lanes::{Clamp, GROUP, load, load_wide, store, store_wide};

/// The implementation for engines with fixed-width SIMD.
#[derive(Clone, Copy, Debug)]
pub struct Simd128;

/// Values of one 3×3 patch of the picture, rounded up to whole pairs.
const PATCH: usize = 28;

impl Kernels for Simd128 {
    const NAME: &'static str = "simd128";
    type PackedFull = Gemm;
    type PackedDepthwise = Depthwise;
    type PackedPointwise = Gemm;

    fn pack_full(conv: &Conv<'_>) -> Gemm {
        Gemm::new(conv, PATCH)
    }

    fn pack_depthwise(conv: &Conv<'_>) -> Depthwise {
        Depthwise::new(conv)
    }

    fn pack_pointwise(conv: &Conv<'_>) -> Gemm {
        Gemm::new(conv, conv.input)
    }

    /// As a matrix product over the patches of each output row.
    fn full3x3(weights: &Gemm, input: &[i16], side: usize, output: &mut [i16]) {
        const PIXEL: usize = 3;
        let out_side = side / 2;
        let mut patches = vec![0; out_side * PATCH];
        for (out_y, out_row) in
            output.chunks_exact_mut(out_side * weights.output()).take(out_side).enumerate()
        {
            patches.fill(0);
            for (dy, row) in input.chunks_exact(side * PIXEL).skip(2 * out_y).take(3).enumerate() {
                for (out_x, patch) in patches.chunks_exact_mut(PATCH).enumerate() {
                    let start = 2 * out_x * PIXEL;
                    let values = &row[start..row.len().min(start + 3 * PIXEL)];
                    patch[dy * 3 * PIXEL..][..values.len()].copy_from_slice(values);
                }
            }
            weights.run(&patches, out_side, out_row);
        }
    }

    fn depthwise3x3(weights: &Depthwise, input: &[i16], side: usize, output: &mut [i16]) {
        weights.run(input, side, output);
    }

    fn pointwise(weights: &Gemm, input: &[i16], pixels: usize, output: &mut [i16]) {
        weights.run(input, pixels, output);
    }

    fn add(stream: &mut [i16], other: &[i16], min: i16, max: i16) {
        let clamp = Clamp::new(min, max);
        for (a, b) in stream.as_chunks_mut::<GROUP>().0.iter_mut().zip(other.as_chunks::<GROUP>().0) {
            store(a, clamp.apply(i16x8_add_sat(load(a), load(b))));
        }
    }

    fn pool_sum(input: &[i16], output: &mut [i32]) {
        output.fill(0);
        for pixel in input.chunks_exact(output.len()) {
            let groups =
                output.as_chunks_mut::<4>().0.as_chunks_mut::<2>().0.iter_mut().zip(pixel.as_chunks().0);
            for ([low, high], values) in groups {
                let values = load(values);
                store_wide(low, i32x4_add(load_wide(low), i32x4_extend_low_i16x8(values)));
                store_wide(high, i32x4_add(load_wide(high), i32x4_extend_high_i16x8(values)));
            }
        }
    }
}
