//! Antialiased resampling to the classifier's input, the same bytes on every target.
//!
//! Separable filters whose support grows with the reduction, so that every source pixel counts and the same photograph
//! at another size stays the same picture. Of the usual filters two together moved the scores least between sizes:
//! Catmull–Rom for reducing (Keys, "Cubic Convolution Interpolation for Digital Image Processing", 1981) and Lanczos
//! with three lobes for enlarging (Duchon, "Lanczos Filtering in One and Two Dimensions", 1979). At the input's own
//! size both leave the picture as it is. Aspect ratio is not kept: the published classifier is used on squeezed
//! pictures, and what is not cut off cannot hide.
//!
//! Pixels go through integers only. Weights are computed in `f64` with the four basic operations, whose results IEEE
//! 754 fixes, and rounded to integers. Rows are fed one by one, so the only memory is the output's.

use core::f64::consts::PI;

use super::Look;
use crate::classify::model::INPUT_SIDE;
use crate::classify::network::INPUT_BYTES;

const CHANNELS: usize = 3;
const ROW: usize = INPUT_SIDE * CHANNELS;
/// Weights of one output pixel add up to 2¹⁴.
const WEIGHT_BITS: u32 = 14;
/// Filtered rows keep 7 bits below the byte, and their sign: sharp filters overshoot.
const ROW_BITS: u32 = 7;

/// Bytes that one resampler holds, nearly: the sums and the look that is made of them.
pub const MEMORY: usize = INPUT_BYTES * 5;

/// For each output pixel: the first source pixel and the weights from there.
#[derive(Clone, Debug)]
struct Filter {
    taps: Vec<(usize, Vec<i32>)>,
}

impl Filter {
    /// Weights from `source` to [`INPUT_SIDE`] pixels.
    fn new(source: u32) -> Self {
        let ratio = f64::from(source) / INPUT_SIDE as f64;
        let (kernel, lobes): (fn(f64) -> f64, f64) =
            if ratio >= 1.0 { (catmull_rom, 2.0) } else { (lanczos3, 3.0) };
        let stretch = ratio.max(1.0);
        let last = source as usize - 1;
        let taps = (0..INPUT_SIDE)
            .map(|i| {
                let centre = (i as f64 + 0.5) * ratio - 0.5;
                // Truncation towards zero is the edge of the picture.
                let from = (centre - lobes * stretch).max(0.0) as usize;
                let to = ((centre + lobes * stretch) as usize).min(last);
                let exact: Vec<f64> = (from..=to).map(|j| kernel((j as f64 - centre) / stretch)).collect();
                (from, rounded(&exact))
            })
            .collect();
        Self { taps }
    }
}

/// Integers in proportion to the weights, whose sum is exactly 2¹⁴: what rounding leaves over goes on to the next.
fn rounded(weights: &[f64]) -> Vec<i32> {
    let sum: f64 = weights.iter().sum();
    let (mut exact, mut given) = (0.0, 0);
    weights
        .iter()
        .map(|weight| {
            exact += weight / sum * f64::from(1 << WEIGHT_BITS);
            let here = exact.round() as i32 - given;
            given += here;
            here
        })
        .collect()
}

/// Keys's cubic with a = −½.
fn catmull_rom(x: f64) -> f64 {
    let x = x.abs();
    if x < 1.0 {
        (1.5 * x - 2.5) * x * x + 1.0
    } else if x < 2.0 {
        ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0
    } else {
        0.0
    }
}

fn lanczos3(x: f64) -> f64 {
    if x.abs() < 3.0 { sinc(x) * sinc(x / 3.0) } else { 0.0 }
}

/// sin πx / πx for |x| < 3, by reduction to |x| ≤ ½ and the sine's series: the library's sine may differ in its last bit
/// from one target to another.
fn sinc(x: f64) -> f64 {
    if x == 0.0 {
        return 1.0;
    }
    let turns = x.round();
    let angle = (x - turns) * PI;
    let (mut term, mut sine) = (angle, angle);
    for n in 1..12 {
        let n = f64::from(2 * n);
        term *= -angle * angle / (n * (n + 1.0));
        sine += term;
    }
    let sign = if turns % 2.0 == 0.0 { 1.0 } else { -1.0 };
    sign * sine / (PI * x)
}

/// Resamples one picture whose rows arrive from top to bottom.
#[derive(Clone, Debug)]
pub struct Resampler {
    horizontal: Filter,
    vertical: Filter,
    /// Output rows before this one are complete.
    first_open: usize,
    row: Vec<i32>,
    sums: Vec<i32>,
}

impl Resampler {
    /// For a picture of `width × height` pixels, both at least 1.
    pub fn new(width: u32, height: u32) -> Self {
        Self {
            horizontal: Filter::new(width),
            vertical: Filter::new(height),
            first_open: 0,
            row: vec![0; ROW],
            sums: vec![0; INPUT_BYTES],
        }
    }

    /// Takes source row `y` (from 0, in order): `width` pixels of red, green, blue.
    pub fn push(&mut self, y: usize, rgb: &[u8]) {
        let pixels = rgb.as_chunks::<CHANNELS>().0;
        for (out, (first, weights)) in
            self.row.as_chunks_mut::<CHANNELS>().0.iter_mut().zip(&self.horizontal.taps)
        {
            let mut sum = [1i32 << (WEIGHT_BITS - ROW_BITS - 1); CHANNELS];
            for (pixel, weight) in pixels[*first..].iter().zip(weights) {
                for (s, p) in sum.iter_mut().zip(pixel) {
                    *s += i32::from(*p) * weight;
                }
            }
            *out = sum.map(|s| s >> (WEIGHT_BITS - ROW_BITS));
        }
        for (i, (first, weights)) in self.vertical.taps.iter().enumerate().skip(self.first_open) {
            if y < *first {
                break;
            }
            let Some(weight) = weights.get(y - first) else {
                self.first_open = i + 1;
                continue;
            };
            for (sum, value) in self.sums[i * ROW..(i + 1) * ROW].iter_mut().zip(&self.row) {
                *sum += value * weight;
            }
        }
    }

    /// The picture, once every row was pushed.
    pub fn finish(self) -> Look {
        let mut look: Look = Box::new([0; INPUT_BYTES]);
        let half = 1 << (WEIGHT_BITS + ROW_BITS - 1);
        for (byte, sum) in look.iter_mut().zip(&self.sums) {
            *byte = ((sum + half) >> (WEIGHT_BITS + ROW_BITS)).clamp(0, 255) as u8;
        }
        look
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sinc_is_the_sine_over_its_angle() {
        for i in -2999..3000 {
            let x = f64::from(i) / 1000.0;
            let exact = if i == 0 { 1.0 } else { (PI * x).sin() / (PI * x) };
            assert!((sinc(x) - exact).abs() < 1e-14, "{x}");
        }
    }

    #[test]
    fn weights_add_up_for_every_size() {
        for source in (1..3000).chain([4096, 12_000, 65_535]) {
            for (from, weights) in Filter::new(source).taps {
                assert_eq!(weights.iter().sum::<i32>(), 1 << WEIGHT_BITS, "{source}");
                assert!(from + weights.len() <= source as usize, "{source}");
                // What the sums have room for.
                assert!(weights.iter().map(|w| w.abs()).sum::<i32>() < 2 << WEIGHT_BITS, "{source}");
            }
        }
    }
}
