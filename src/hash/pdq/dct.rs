//! From the reduced picture to frequencies, bits and quality.

use core::f64::consts::PI;

use super::{FREQUENCIES, PdqHash, Reduced, SIDE, Spectrum};

/// Steps between neighbours that make up one point of quality.
const STEPS: u32 = 90;
const BEST: u32 = 100;

/// Two-sided cosine transform (DCT-II) without the constant frequencies: row `i`, column `j` of the result is frequency
/// `i + 1` down and `j + 1` across.
pub fn spectrum(reduced: &Reduced) -> Spectrum {
    let matrix = matrix();
    let mut columns = [[0.0f32; SIDE]; FREQUENCIES];
    for (sums, weights) in columns.iter_mut().zip(&matrix) {
        for (row, weight) in reduced.iter().zip(weights) {
            for (sum, value) in sums.iter_mut().zip(row) {
                *sum += weight * value;
            }
        }
    }
    let mut spectrum = [[0.0f32; FREQUENCIES]; FREQUENCIES];
    for (sums, values) in spectrum.iter_mut().zip(&columns) {
        for (k, value) in values.iter().enumerate() {
            for (sum, weights) in sums.iter_mut().zip(&matrix) {
                *sum += value * weights[k];
            }
        }
    }
    spectrum
}

/// A bit for each frequency that is above the median, the lower of the two in the middle.
pub fn bits(spectrum: &Spectrum) -> PdqHash {
    let values = spectrum.as_flattened();
    let middle = (values.len() - 1) / 2;
    // Counted and not sorted: it takes some ten microseconds, and a sort would be a hundredth of the module.
    let is_median = |median: &&f32| {
        let below = values.iter().filter(|value| value < median).count();
        let up_to = values.iter().filter(|value| value <= median).count();
        (below..up_to).contains(&middle)
    };
    let median = *values.iter().find(is_median).unwrap_or(&0.0);
    let mut hash = PdqHash::default();
    for (bit, value) in values.iter().enumerate() {
        if *value > median {
            hash.0[hash.0.len() - 1 - bit / 8] |= 1 << (bit % 8);
        }
    }
    hash
}

/// How much there is to see, 0…100. Steps below one in a hundred do not count.
pub fn quality(reduced: &Reduced) -> u8 {
    let step = |a: f32, b: f32| (((a - b) * 100.0 / 255.0) as i32).unsigned_abs();
    let down = reduced.windows(2).flat_map(|rows| rows[0].iter().zip(&rows[1])).map(|(a, b)| step(*a, *b));
    let across = reduced.iter().flat_map(|row| row.windows(2)).map(|pair| step(pair[0], pair[1]));
    (down.chain(across).sum::<u32>() / STEPS).min(BEST) as u8
}

fn matrix() -> [[f32; SIDE]; FREQUENCIES] {
    // Rounded to single precision before it is multiplied, as the reference's.
    let scale = f64::from((2.0 / SIDE as f64).sqrt() as f32);
    core::array::from_fn(|i| core::array::from_fn(|j| (scale * cosine((i + 1) * (2 * j + 1))) as f32))
}

/// cos (π/128 · n) by the series, after reduction to the first quarter: the library's may differ in its last bit from one
/// target to another.
fn cosine(n: usize) -> f64 {
    let n = n % (4 * SIDE);
    let n = n.min(4 * SIDE - n);
    let (n, sign) = if n <= SIDE { (n, 1.0) } else { (2 * SIDE - n, -1.0) };
    let angle = PI / (2 * SIDE) as f64 * n as f64;
    let (mut term, mut cosine) = (1.0, 1.0);
    for k in 1..13 {
        let k = f64::from(2 * k);
        term *= -angle * angle / (k * (k - 1.0));
        cosine += term;
    }
    sign * cosine
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_matrix_is_the_one_that_the_library_s_cosine_gives() {
        for (i, row) in matrix().iter().enumerate() {
            for (j, weight) in row.iter().enumerate() {
                let scale = f64::from((2.0f64 / 64.0).sqrt() as f32);
                let angle = (PI / 2.0 / 64.0) * (i + 1) as f64 * (2 * j + 1) as f64;
                assert_eq!(*weight, (scale * angle.cos()) as f32, "{i}, {j}");
            }
        }
    }

    #[test]
    fn the_median_is_the_lower_one() {
        let mut spectrum = [[0.0; FREQUENCIES]; FREQUENCIES];
        for (i, value) in spectrum.as_flattened_mut().iter_mut().enumerate() {
            *value = if i < 128 { -1.0 } else { 1.0 };
        }
        assert_eq!(bits(&spectrum).to_string(), format!("{}{}", "f".repeat(32), "0".repeat(32)));
    }
}
