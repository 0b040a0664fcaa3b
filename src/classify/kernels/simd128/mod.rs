//! 128-bit SIMD for WebAssembly: 16-bit products in pairs with `i32x4.dot_i16x8_s`, which is exact.
//!
//! Everything goes by groups of eight channels, which the loader of the model file guarantees. Sums, requantisation and
//! clamping are those of [`super::portable`], integer for integer.

pub(super) mod depthwise;
mod gemm;
pub(super) mod lanes;
pub(super) mod requant;
pub(super) mod stem;

use core::arch::wasm32::{i16x8_add_sat, i32x4_add, i32x4_extend_high_i16x8, i32x4_extend_low_i16x8};

use super::Kernels;
use crate::classify::layer::Conv;
use depthwise::Depthwise;
use gemm::Gemm;
use lanes::{GROUP, load, load_wide, store, store_wide};
use requant::Clamp;
use stem::Stem;

/// The implementation for engines with fixed-width SIMD.
#[derive(Clone, Copy, Debug)]
pub struct Simd128;

impl Kernels for Simd128 {
    const NAME: &'static str = "simd128";
    type PackedFull = Stem;
    type PackedDepthwise = Depthwise;
    type PackedPointwise = Gemm;
    type Scratch = Vec<i16>;

    fn scratch(depth: usize) -> Vec<i16> {
        vec![0; depth * GROUP]
    }

    fn pack_full(conv: &Conv<'_>) -> Stem {
        Stem::new(conv)
    }

    fn pack_depthwise(conv: &Conv<'_>) -> Depthwise {
        Depthwise::new(conv)
    }

    fn pack_pointwise(conv: &Conv<'_>) -> Gemm {
        Gemm::new(conv)
    }

    fn full3x3(packed: &Stem, input: &[i16], width: usize, output: &mut [i16]) {
        packed.run(input, width, output);
    }

    fn depthwise3x3(packed: &Depthwise, input: &[i16], width: usize, output: &mut [i16]) {
        packed.run(input, width, output);
    }

    fn pointwise(
        packed: &Gemm,
        weights: &[u8],
        scratch: &mut Vec<i16>,
        input: &[i16],
        pixels: usize,
        output: &mut [i16],
    ) {
        packed.run(weights, scratch, input, pixels, output);
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
