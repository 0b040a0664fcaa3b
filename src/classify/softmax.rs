//! Softmax in integers, so that every target gives the same probabilities.

use super::model::CLASS_COUNT;
use super::network::Logits;

/// A probability in millionths: 0…1,000,000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Probability(u32);

impl Probability {
    /// Certainty.
    pub const ONE: Self = Self(1_000_000);

    /// From millionths; more than a million counts as one.
    pub const fn from_millionths(millionths: u32) -> Self {
        if millionths > Self::ONE.0 { Self::ONE } else { Self(millionths) }
    }

    /// Millionths, 0…1,000,000.
    pub const fn millionths(self) -> u32 {
        self.0
    }

    /// As a fraction, 0…1.
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / f64::from(Self::ONE.0)
    }

    /// Sum, at most one.
    pub const fn plus(self, other: Self) -> Self {
        Self::from_millionths(self.0 + other.0)
    }
}

/// log₂ e in units of 2⁻³⁰.
const LOG2_E: u64 = 1_549_082_005;

/// 2^(−2^−k) in units of 2⁻³² for k = 1…24: one factor for each bit of a binary fraction.
const ROOTS: [u64; 24] = [
    3_037_000_500,
    3_611_622_603,
    3_938_502_376,
    4_112_874_773,
    4_202_935_003,
    4_248_701_965,
    4_271_771_996,
    4_283_353_945,
    4_289_156_690,
    4_292_061_010,
    4_293_513_907,
    4_294_240_540,
    4_294_603_903,
    4_294_785_595,
    4_294_876_445,
    4_294_921_870,
    4_294_944_583,
    4_294_955_939,
    4_294_961_618,
    4_294_964_457,
    4_294_965_876,
    4_294_966_586,
    4_294_966_941,
    4_294_967_119,
];

/// e^(−x) in units of 2⁻³², for `x` in units of 2⁻¹⁶.
fn exp_negative(x: u64) -> u64 {
    // Exponent of two, in units of 2⁻²⁴.
    let power = (x * LOG2_E) >> 22;
    let whole = power >> 24;
    if whole >= 32 {
        return 0;
    }
    let fraction = power & 0xff_ffff;
    let mut value = 1u64 << 32;
    for (bit, root) in ROOTS.iter().enumerate() {
        if fraction >> (23 - bit) & 1 == 1 {
            value = (value * root) >> 32;
        }
    }
    value >> whole
}

/// Class probabilities from logits.
pub fn softmax(logits: &Logits) -> [Probability; CLASS_COUNT] {
    let largest = logits.iter().copied().map(i64::from).max().unwrap_or(0);
    let weights = logits.map(|l| exp_negative((largest - i64::from(l)).unsigned_abs()));
    // The largest logit weighs 2³², so the sum is never zero.
    let sum: u64 = weights.iter().sum();
    weights.map(|w| Probability((w * u64::from(Probability::ONE.0) + sum / 2).div_euclid(sum) as u32))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn constants_are_what_they_are_called() {
        assert_eq!(LOG2_E, (core::f64::consts::LOG2_E * f64::from(1 << 30)).round() as u64);
        for (k, root) in ROOTS.iter().enumerate() {
            let exact = (-(0.5f64.powi(k as i32 + 1))).exp2() * 4_294_967_296.0;
            assert_eq!(*root, exact.round() as u64, "k = {}", k + 1);
        }
    }

    proptest! {
        #[test]
        fn agrees_with_floating_point(logits in prop::array::uniform5(-40 * 65_536i32..40 * 65_536)) {
            let exact = logits.map(|l| f64::from(l) / 65_536.0);
            let largest = exact.iter().copied().fold(f64::MIN, f64::max);
            let weights = exact.map(|l| (l - largest).exp());
            let sum: f64 = weights.iter().sum();
            for (ours, weight) in softmax(&logits).iter().zip(weights) {
                prop_assert!((ours.as_f64() - weight / sum).abs() < 1e-6);
            }
        }

        #[test]
        fn never_panics(logits in prop::array::uniform5(any::<i32>())) {
            let total: u32 = softmax(&logits).iter().map(|p| p.millionths()).sum();
            prop_assert!((999_990..=1_000_010).contains(&total));
        }
    }
}
