//! Requantisation of eight channels: sums in two vectors of four, outputs in one vector of eight.

use core::arch::wasm32::{
    i16x8_max, i16x8_min, i16x8_narrow_i32x4, i16x8_splat, i32x4_shl, i32x4_shr, i32x4_shuffle, i32x4_splat,
    i64x2_add, i64x2_extmul_high_i32x4, i64x2_extmul_low_i32x4, v128,
};

use super::lanes::{load_long, load_wide};
use crate::classify::layer::{Conv, Requant};

/// The range of a layer's outputs.
#[derive(Clone, Copy)]
pub struct Clamp {
    min: v128,
    max: v128,
}

impl Clamp {
    /// Both ends included.
    #[inline(always)]
    pub fn new(min: i16, max: i16) -> Self {
        Self { min: i16x8_splat(min), max: i16x8_splat(max) }
    }

    /// Clamps eight values.
    #[inline(always)]
    pub fn apply(self, values: v128) -> v128 {
        i16x8_min(i16x8_max(values, self.min), self.max)
    }
}

/// Requantisation of one layer, by groups of eight channels.
#[derive(Clone, Debug)]
pub struct GroupRequant {
    kind: Kind,
    min: i16,
    max: i16,
}

#[derive(Clone, Debug)]
enum Kind {
    PowerOfTwo { biases: Vec<[[i32; 4]; 2]>, shift: u32 },
    FixedPoint { groups: Vec<FixedPoint>, shift: u32 },
}

#[derive(Clone, Debug)]
struct FixedPoint {
    multipliers: [[i32; 4]; 2],
    /// With the half that rounds to nearest.
    biases: [[i64; 2]; 4],
}

impl GroupRequant {
    /// Packs a layer's.
    pub fn new(conv: &Conv<'_>) -> Self {
        let kind = match &conv.requant {
            Requant::PowerOfTwo { biases, shift } => {
                let halves = biases.as_chunks::<4>().0.as_chunks::<2>().0;
                Kind::PowerOfTwo { biases: halves.to_vec(), shift: *shift }
            }
            Requant::FixedPoint { biases, multipliers, shift } => {
                let multipliers = multipliers.as_chunks::<4>().0.as_chunks::<2>().0;
                let biases = biases.as_chunks::<2>().0.as_chunks::<4>().0;
                let half = 1 << 31;
                let groups = multipliers.iter().zip(biases).map(|(multipliers, biases)| FixedPoint {
                    multipliers: *multipliers,
                    biases: biases.map(|pair| pair.map(|bias| bias + half)),
                });
                Kind::FixedPoint { groups: groups.collect(), shift: *shift }
            }
        };
        Self { kind, min: conv.min, max: conv.max }
    }

    /// How many groups there are.
    pub fn groups(&self) -> usize {
        match &self.kind {
            Kind::PowerOfTwo { biases, .. } => biases.len(),
            Kind::FixedPoint { groups, .. } => groups.len(),
        }
    }

    /// What the sums of a group start from.
    #[inline(always)]
    pub fn start(&self, group: usize) -> [v128; 2] {
        match &self.kind {
            Kind::PowerOfTwo { biases, .. } => [load_wide(&biases[group][0]), load_wide(&biases[group][1])],
            Kind::FixedPoint { .. } => [i32x4_splat(0); 2],
        }
    }

    /// Sums of `N` pixels of a group to outputs.
    ///
    /// The upper half of each 64-bit result fits 32 bits, so that narrowing with saturation and then clamping is the
    /// same as clamping in 64 bits.
    #[inline(always)]
    pub fn finish<const N: usize>(&self, group: usize, sums: [[v128; 2]; N]) -> [v128; N] {
        let clamp = Clamp::new(self.min, self.max);
        let scaled = match &self.kind {
            Kind::PowerOfTwo { shift, .. } => shift_right(sums, *shift),
            Kind::FixedPoint { groups, shift } => {
                let numbers = &groups[group];
                sums.map(|[low, high]| {
                    [numbers.scale(0, i32x4_shl(low, *shift)), numbers.scale(1, i32x4_shl(high, *shift))]
                })
            }
        };
        scaled.map(|[low, high]| clamp.apply(i16x8_narrow_i32x4(low, high)))
    }
}

impl FixedPoint {
    #[inline(always)]
    fn scale(&self, half: usize, sums: v128) -> v128 {
        let multipliers = load_wide(&self.multipliers[half]);
        let low = i64x2_add(i64x2_extmul_low_i32x4(sums, multipliers), load_long(&self.biases[2 * half]));
        let high =
            i64x2_add(i64x2_extmul_high_i32x4(sums, multipliers), load_long(&self.biases[2 * half + 1]));
        i32x4_shuffle::<1, 3, 5, 7>(low, high)
    }
}

/// An arithmetic shift to the right by at most twelve. Each distance has its own code, since engines take several
/// instructions for a distance that they do not know.
#[inline(always)]
fn shift_right<const N: usize>(sums: [[v128; 2]; N], distance: u32) -> [[v128; 2]; N] {
    macro_rules! by {
        ($($n:literal)*) => {
            match distance {
                $($n => sums.map(|halves| halves.map(|half| i32x4_shr(half, $n))),)*
                _ => sums,
            }
        };
    }
    by!(1 2 3 4 5 6 7 8 9 10 11 12)
}
