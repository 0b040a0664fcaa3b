//! The definition of every operation, in plain Rust.

use super::{Kernels, full_pitch};
use crate::classify::model::{CHANNEL_GROUP, Conv, ConvKind, Requant};

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
    min: i64,
    max: i64,
}

impl Packed {
    fn new(conv: &Conv<'_>) -> Self {
        let (input, output) = (conv.input, conv.output);
        let weights = match conv.kind {
            ConvKind::Depthwise3x3 => {
                (0..9).flat_map(|tap| (0..output).map(move |c| conv.weight(tap, c))).collect()
            }
            ConvKind::Full3x3 => {
                (0..output).flat_map(|o| (0..9 * input).map(move |i| conv.weight(i, o))).collect()
            }
            ConvKind::Pointwise => {
                (0..output).flat_map(|o| (0..input).map(move |i| conv.weight(i, o))).collect()
            }
        };
        Self {
            input,
            output,
            stride: conv.stride,
            weights,
            requant: conv.requant.clone(),
            min: i64::from(conv.min),
            max: i64::from(conv.max),
        }
    }

    #[inline]
    fn requantise(&self, channel: usize, sum: i32) -> i16 {
        self.requant.apply(channel, sum).clamp(self.min, self.max) as i16
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
    type Scratch = ();

    fn scratch(_: usize) {}

    fn pack_full(conv: &Conv<'_>) -> Packed {
        Packed::new(conv)
    }

    fn pack_depthwise(conv: &Conv<'_>) -> Packed {
        Packed::new(conv)
    }

    fn pack_pointwise(conv: &Conv<'_>) -> Packed {
        Packed::new(conv)
    }

    fn full3x3(packed: &Packed, input: &[i16], side: usize, output: &mut [i16]) {
        let row_len = 3 * packed.input;
        let out_side = side / 2;
        let pitch = full_pitch(side);
        for (pixel, out) in output.chunks_exact_mut(packed.output).take(out_side * out_side).enumerate() {
            let start = 2 * (pixel / out_side) * pitch + 2 * (pixel % out_side) * packed.input;
            for (o, (value, filter)) in
                out.iter_mut().zip(packed.weights.chunks_exact(3 * row_len)).enumerate()
            {
                let rows = filter.chunks_exact(row_len).enumerate();
                let sum = rows.map(|(dy, weights)| dot(&input[start + dy * pitch..], weights)).sum();
                *value = packed.requantise(o, sum);
            }
        }
    }

    fn depthwise3x3(packed: &Packed, input: &[i16], side: usize, output: &mut [i16]) {
        let channels = packed.output;
        // Stride 1 starts one row above and left of the picture.
        let before = 2 - packed.stride;
        let inside = before..side + before;
        let out_side = side / packed.stride;
        for (pixel, out) in output.chunks_exact_mut(channels).take(out_side * out_side).enumerate() {
            let (y, x) = (packed.stride * (pixel / out_side), packed.stride * (pixel % out_side));
            for (group, out) in out.as_chunks_mut::<CHANNEL_GROUP>().0.iter_mut().enumerate() {
                let first = group * CHANNEL_GROUP;
                let mut sums = [0i32; CHANNEL_GROUP];
                for tap in 0..9 {
                    let (row, column) = (y + tap / 3, x + tap % 3);
                    if !inside.contains(&row) || !inside.contains(&column) {
                        continue;
                    }
                    let start = ((row - before) * side + column - before) * channels + first;
                    let weights = &packed.weights[tap * channels + first..][..CHANNEL_GROUP];
                    let values = &input[start..][..CHANNEL_GROUP];
                    for ((sum, value), weight) in sums.iter_mut().zip(values).zip(weights) {
                        *sum += i32::from(*value) * i32::from(*weight);
                    }
                }
                for (c, (value, sum)) in out.iter_mut().zip(sums).enumerate() {
                    *value = packed.requantise(first + c, sum);
                }
            }
        }
    }

    fn pointwise(packed: &Packed, (): &mut (), input: &[i16], pixels: usize, output: &mut [i16]) {
        let rows = input.chunks_exact(packed.input).zip(output.chunks_exact_mut(packed.output));
        for (values, out) in rows.take(pixels) {
            for (o, (value, weights)) in
                out.iter_mut().zip(packed.weights.chunks_exact(packed.input)).enumerate()
            {
                *value = packed.requantise(o, dot(values, weights));
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
