//! The definition of every operation, in plain Rust.

use super::Kernels;
use crate::classify::model::{Conv, Requant};

/// The implementation for every target, and the reference for the others.
#[derive(Clone, Copy, Debug)]
pub struct Portable;

/// Weights as `q − zero_point`, in the order in which one output needs them.
#[derive(Clone, Debug)]
pub struct Packed {
    input: usize,
    output: usize,
    stride: usize,
    /// Full and pointwise: output-major. Depthwise: the nine taps, channels last.
    weights: Vec<i16>,
    requant: Requant,
}

impl Packed {
    fn output_major(conv: &Conv<'_>) -> Self {
        let zero = i16::from(conv.zero_point);
        let rows = conv.weights.len() / conv.output;
        let weights = (0..conv.output)
            .flat_map(|o| (0..rows).map(move |r| i16::from(conv.weights[r * conv.output + o]) - zero))
            .collect();
        Self { weights, ..Self::without_weights(conv) }
    }

    fn without_weights(conv: &Conv<'_>) -> Self {
        Self {
            input: conv.input,
            output: conv.output,
            stride: conv.stride,
            weights: Vec::new(),
            requant: conv.requant.clone(),
        }
    }
}

fn dot(a: &[i16], b: &[i16]) -> i32 {
    a.iter().zip(b).map(|(x, y)| i32::from(*x) * i32::from(*y)).sum()
}

impl Kernels for Portable {
    const NAME: &'static str = "portable";
    type PackedFull = Packed;
    type PackedDepthwise = Packed;
    type PackedPointwise = Packed;

    fn pack_full(conv: &Conv<'_>) -> Packed {
        Packed::output_major(conv)
    }

    fn pack_depthwise(conv: &Conv<'_>) -> Packed {
        let zero = i16::from(conv.zero_point);
        let weights = conv.weights.iter().map(|q| i16::from(*q) - zero).collect();
        Packed { weights, ..Packed::without_weights(conv) }
    }

    fn pack_pointwise(conv: &Conv<'_>) -> Packed {
        Packed::output_major(conv)
    }

    fn full3x3(packed: &Packed, input: &[i16], side: usize, output: &mut [i16]) {
        let row_len = 3 * packed.input;
        let out_side = side / 2;
        for (pixel, out) in output.chunks_exact_mut(packed.output).take(out_side * out_side).enumerate() {
            let (y, x) = (2 * (pixel / out_side), 2 * (pixel % out_side));
            let columns = row_len.min((side - x) * packed.input);
            for (o, (value, filter)) in
                out.iter_mut().zip(packed.weights.chunks_exact(3 * row_len)).enumerate()
            {
                let sum = (0..3.min(side - y))
                    .map(|dy| {
                        let start = ((y + dy) * side + x) * packed.input;
                        dot(&input[start..start + columns], &filter[dy * row_len..])
                    })
                    .sum();
                *value = packed.requant.apply(o, sum);
            }
        }
    }

    fn depthwise3x3(packed: &Packed, input: &[i16], side: usize, output: &mut [i16]) {
        let channels = packed.output;
        // Stride 1 starts one row above and left of the picture.
        let before = 2 - packed.stride;
        let out_side = side / packed.stride;
        let mut sums = vec![0i32; channels];
        for (pixel, out) in output.chunks_exact_mut(channels).take(out_side * out_side).enumerate() {
            let (y, x) = (packed.stride * (pixel / out_side), packed.stride * (pixel % out_side));
            sums.fill(0);
            for (tap, weights) in packed.weights.chunks_exact(channels).enumerate() {
                let (row, column) = (y + tap / 3, x + tap % 3);
                let inside = before..side + before;
                if !inside.contains(&row) || !inside.contains(&column) {
                    continue;
                }
                let start = ((row - before) * side + column - before) * channels;
                let values = &input[start..start + channels];
                for ((sum, value), weight) in sums.iter_mut().zip(values).zip(weights) {
                    *sum += i32::from(*value) * i32::from(*weight);
                }
            }
            for (c, (value, sum)) in out.iter_mut().zip(&sums).enumerate() {
                *value = packed.requant.apply(c, *sum);
            }
        }
    }

    fn pointwise(packed: &Packed, input: &[i16], pixels: usize, output: &mut [i16]) {
        let rows = input.chunks_exact(packed.input).zip(output.chunks_exact_mut(packed.output));
        for (values, out) in rows.take(pixels) {
            for (o, (value, weights)) in
                out.iter_mut().zip(packed.weights.chunks_exact(packed.input)).enumerate()
            {
                *value = packed.requant.apply(o, dot(values, weights));
            }
        }
    }

    fn add(stream: &mut [i16], other: &[i16], min: i16, max: i16) {
        for (a, b) in stream.iter_mut().zip(other) {
            *a = a.saturating_add(*b).clamp(min, max);
        }
    }

    fn pool_sum(input: &[i16], output: &mut [i32]) {
        output.fill(0);
        for pixel in input.chunks_exact(output.len()) {
            for (sum, value) in output.iter_mut().zip(pixel) {
                *sum += i32::from(*value);
            }
        }
    }
}
