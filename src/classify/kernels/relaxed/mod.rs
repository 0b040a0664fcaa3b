//! Relaxed SIMD for WebAssembly: pointwise convolutions by `i32x4.relaxed_dot_i8x16_i7x16_add_s`, sixteen products and
//! sums in one instruction where the processor has one (VNNI, ARM's `SDOT`). Everything else is
//! [`super::simd128`]'s.
//!
//! A relaxed instruction may differ between machines only where an operand leaves its range. Here the second operand
//! has seven bits by construction, and then the result is the exact sum everywhere: products reach at most 127 · 128,
//! and the two that some processors first add in 16 bits stay below 2¹⁵.

mod gemm;

use super::Kernels;
use super::simd128::{Simd128, depthwise::Depthwise, stem::Stem};
use crate::classify::layer::Conv;
use gemm::{Gemm, Scratch};

/// The implementation for engines with relaxed SIMD.
#[derive(Clone, Copy, Debug)]
pub struct Relaxed;

impl Kernels for Relaxed {
    const NAME: &'static str = "relaxed";
    type PackedFull = Stem;
    type PackedDepthwise = Depthwise;
    type PackedPointwise = Gemm;
    type Scratch = Scratch;

    fn scratch(depth: usize) -> Scratch {
        Scratch::new(depth)
    }

    fn pack_full(conv: &Conv<'_>) -> Stem {
        Simd128::pack_full(conv)
    }

    fn pack_depthwise(conv: &Conv<'_>) -> Depthwise {
        Simd128::pack_depthwise(conv)
    }

    fn pack_pointwise(conv: &Conv<'_>) -> Gemm {
        Gemm::new(conv)
    }

    fn full3x3(packed: &Stem, input: &[i16], width: usize, output: &mut [i16]) {
        Simd128::full3x3(packed, input, width, output);
    }

    fn depthwise3x3(packed: &Depthwise, input: &[i16], width: usize, output: &mut [i16]) {
        Simd128::depthwise3x3(packed, input, width, output);
    }

    fn pointwise(
        packed: &Gemm,
        weights: &[u8],
        scratch: &mut Scratch,
        input: &[i16],
        pixels: usize,
        output: &mut [i16],
    ) {
        packed.run(weights, scratch, input, pixels, output);
    }

    fn add(stream: &mut [i16], other: &[i16], min: i16, max: i16) {
        Simd128::add(stream, other, min, max);
    }

    fn pool_sum(input: &[i16], output: &mut [i32]) {
        Simd128::pool_sum(input, output);
    }
}
