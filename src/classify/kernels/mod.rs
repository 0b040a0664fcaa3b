//! The five operations of the network, as an interface with several implementations that give the same integers.
//!
//! [`portable`] is the definition: plain Rust, one obvious loop nest each. Every other implementation must give its
//! output bit for bit, for every input in range. Sums are 32-bit and cannot overflow: the loader of the model file
//! has checked each channel's worst case. Tensors are row-major with channels last (NHWC with N = 1).

#[cfg(feature = "test-hooks")]
pub mod compare;
pub mod portable;
#[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
pub mod relaxed;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub mod simd128;
pub mod warm_up;

use super::layer::Conv;

/// The implementation that this build is made for.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub type Active = portable::Portable;
/// The implementation that this build is made for.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128", not(target_feature = "relaxed-simd")))]
pub type Active = simd128::Simd128;
/// The implementation that this build is made for.
#[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
pub type Active = relaxed::Relaxed;

/// Values of one row of the picture: one column of zeros at the end, and one value more, since kernels read pairs.
pub const fn full_pitch(width: usize) -> usize {
    (width + 1) * 3 + 1
}

/// Rows that a 3×3 convolution reads for `rows` rows of output.
pub const fn rows_read(rows: usize, stride: usize) -> usize {
    rows * stride + 3 - stride
}

/// An implementation of the network's operations, which work on strips: some whole rows of a tensor.
///
/// The many weights of pointwise convolutions stay where the model file has them and are passed to each call; `Packed*`
/// hold the rest.
pub trait Kernels {
    /// Name, as builds are called: `portable`, `simd128`, `relaxed`.
    const NAME: &'static str;
    /// First convolution, 3×3 over all channels, stride 2.
    type PackedFull;
    /// Depthwise 3×3.
    type PackedDepthwise;
    /// Pointwise 1×1, a matrix product (GEMM), without its weights.
    type PackedPointwise;
    /// Working memory of [`Self::pointwise`].
    type Scratch;

    /// Working memory for pointwise convolutions of up to `depth` inputs.
    fn scratch(depth: usize) -> Self::Scratch;

    /// Packs a [`super::layer::ConvKind::Full3x3`].
    fn pack_full(conv: &Conv<'_>) -> Self::PackedFull;
    /// Packs a [`super::layer::ConvKind::Depthwise3x3`].
    fn pack_depthwise(conv: &Conv<'_>) -> Self::PackedDepthwise;
    /// Packs a [`super::layer::ConvKind::Pointwise`].
    fn pack_pointwise(conv: &Conv<'_>) -> Self::PackedPointwise;

    /// 3×3 convolution, stride 2, of three channels. `output` receives whole rows of `width / 2` pixels, `width` being
    /// a multiple of eight; `input` has [`rows_read`] rows of [`full_pitch`] values. What a row has behind the
    /// picture's own values are zeros: TensorFlow's `SAME` pads an even side at the bottom and right only.
    fn full3x3(packed: &Self::PackedFull, input: &[i16], width: usize, output: &mut [i16]);

    /// Depthwise 3×3 convolution. `output` receives whole rows of `width / stride` pixels, at least four; `input` has
    /// [`rows_read`] rows of `width`. Beside a row lie zeros: on both sides for stride 1, on the right only for stride 2.
    fn depthwise3x3(packed: &Self::PackedDepthwise, input: &[i16], width: usize, output: &mut [i16]);

    /// Pointwise convolution of `pixels` pixels: `input` has `pixels · in` values, `output` receives `pixels · out`.
    /// `weights` are those of the convolution that was packed.
    fn pointwise(
        packed: &Self::PackedPointwise,
        weights: &[u8],
        scratch: &mut Self::Scratch,
        input: &[i16],
        pixels: usize,
        output: &mut [i16],
    );

    /// Adds `other` to `stream` and clamps to `min…max`.
    fn add(stream: &mut [i16], other: &[i16], min: i16, max: i16);

    /// Sums each channel over all pixels.
    fn pool_sum(input: &[i16], output: &mut [i32]);
}
