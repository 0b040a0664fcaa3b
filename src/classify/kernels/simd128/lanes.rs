//! Loads, stores and requantisation of groups of eight channels. The only unsafe code: each load and store takes a
//! reference to an array of the vector's size, so it is within bounds by its type.
#![allow(unsafe_code)]

use core::arch::wasm32::{
    i16x8_max, i16x8_min, i16x8_narrow_i32x4, i16x8_splat, i32x4_shl, i32x4_shuffle, i64x2_add,
    i64x2_extmul_high_i32x4, i64x2_extmul_low_i32x4, v128, v128_load, v128_load32_splat, v128_store,
};

use crate::classify::model::Requant;

/// Channels handled together.
pub const GROUP: usize = 8;

/// Eight 16-bit values.
#[inline(always)]
pub fn load(values: &[i16; GROUP]) -> v128 {
    // SAFETY: the reference covers the 16 bytes that are read; WebAssembly loads need no alignment.
    unsafe { v128_load(values.as_ptr().cast()) }
}

/// Stores eight 16-bit values.
#[inline(always)]
pub fn store(values: &mut [i16; GROUP], vector: v128) {
    // SAFETY: the reference covers the 16 bytes that are written, and is exclusive.
    unsafe { v128_store(values.as_mut_ptr().cast(), vector) }
}

/// One pair of 16-bit values in all four 32-bit lanes.
#[inline(always)]
pub fn splat_pair(pair: &[i16; 2]) -> v128 {
    // SAFETY: the reference covers the 4 bytes that are read.
    unsafe { v128_load32_splat(pair.as_ptr().cast()) }
}

/// Four 32-bit values.
#[inline(always)]
pub fn load_wide(values: &[i32; 4]) -> v128 {
    // SAFETY: the reference covers the 16 bytes that are read.
    unsafe { v128_load(values.as_ptr().cast()) }
}

/// Stores four 32-bit values.
#[inline(always)]
pub fn store_wide(values: &mut [i32; 4], vector: v128) {
    // SAFETY: the reference covers the 16 bytes that are written, and is exclusive.
    unsafe { v128_store(values.as_mut_ptr().cast(), vector) }
}

/// Two 64-bit values.
#[inline(always)]
fn load_bias(values: &[i64; 2]) -> v128 {
    // SAFETY: the reference covers the 16 bytes that are read.
    unsafe { v128_load(values.as_ptr().cast()) }
}

/// The range of a layer's outputs.
#[derive(Clone, Copy)]
pub struct Clamp {
    min: v128,
    max: v128,
}

impl Clamp {
    pub fn new(min: i16, max: i16) -> Self {
        Self { min: i16x8_splat(min), max: i16x8_splat(max) }
    }

    #[inline(always)]
    pub fn apply(self, values: v128) -> v128 {
        i16x8_min(i16x8_max(values, self.min), self.max)
    }
}

/// Requantisation of one group.
#[derive(Clone, Debug)]
pub struct GroupRequant {
    multipliers: [[i32; 4]; 2],
    /// With the half that rounds to nearest.
    biases: [[i64; 2]; 4],
}

impl GroupRequant {
    /// One for each group of channels.
    pub fn pack(requant: &Requant) -> Vec<Self> {
        let multipliers = requant.multipliers.as_chunks::<GROUP>().0;
        let biases = requant.biases.as_chunks::<GROUP>().0;
        let half = 1 << 31;
        multipliers
            .iter()
            .zip(biases)
            .map(|(m, b)| Self {
                multipliers: [[m[0], m[1], m[2], m[3]], [m[4], m[5], m[6], m[7]]],
                biases: [[b[0], b[1]], [b[2], b[3]], [b[4], b[5]], [b[6], b[7]]]
                    .map(|pair| pair.map(|v| v + half)),
            })
            .collect()
    }

    /// Eight sums, as two vectors, to eight outputs.
    ///
    /// The upper half of each 64-bit result fits 32 bits, so that narrowing with saturation and then clamping is the
    /// same as clamping in 64 bits.
    #[inline(always)]
    pub fn apply(&self, sums: [v128; 2], shift: u32, clamp: Clamp) -> v128 {
        let low = self.apply_half(0, sums[0], shift);
        let high = self.apply_half(1, sums[1], shift);
        clamp.apply(i16x8_narrow_i32x4(low, high))
    }

    #[inline(always)]
    fn apply_half(&self, half: usize, sums: v128, shift: u32) -> v128 {
        let sums = i32x4_shl(sums, shift);
        let multipliers = load_wide(&self.multipliers[half]);
        let low = i64x2_add(i64x2_extmul_low_i32x4(sums, multipliers), load_bias(&self.biases[2 * half]));
        let high =
            i64x2_add(i64x2_extmul_high_i32x4(sums, multipliers), load_bias(&self.biases[2 * half + 1]));
        i32x4_shuffle::<1, 3, 5, 7>(low, high)
    }
}
