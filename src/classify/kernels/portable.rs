//! The definition of every operation, in plain Rust.

use super::{Kernels, full_pitch};
use crate::classify::layer::{BLOCK, Conv, ConvKind, Requant};
use crate::classify::model::{CHANNEL_GROUP, INPUT_QUAD};

/// The implementation for every target, and the reference for the others.
#[derive(Clone, Copy, Debug)]
pub struct Portable;

/// A convolution without the weights of a pointwise one.
#[derive(Clone, Debug)]
pub struct Packed {
    input: usize,
    output: usize,
    stride: usize,
    zero_point: i16,
    /// Less the zero point. Full: output-major. Depthwise: the nine taps, channels last. Pointwise: none.
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
            ConvKind::Pointwise => Vec::new(),
        };
        Self {
            input,
            output,
            stride: conv.stride,
            zero_point: conv.zero_point.into(),
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
    /// The weights of eight outputs, output-major.
    type Scratch = Vec<i16>;

    fn scratch(depth: usize) -> Vec<i16> {
        vec![0; depth * CHANNEL_GROUP]
    }

    fn pack_full(conv: &Conv<'_>) -> Packed {
        Packed::new(conv)
    }

    fn pack_depthwise(conv: &Conv<'_>) -> Packed {
        Packed::new(conv)
    }

    fn pack_pointwise(conv: &Conv<'_>) -> Packed {
        Packed::new(conv)
    }

    fn full3x3(packed: &Packed, input: &[i16], width: usize, output: &mut [i16]) {
        let row_len = 3 * packed.input;
        let out_width = width / 2;
        let pitch = full_pitch(width);
        for (pixel, out) in output.chunks_exact_mut(packed.output).enumerate() {
            let start = 2 * (pixel / out_width) * pitch + 2 * (pixel % out_width) * packed.input;
            for (o, (value, filter)) in
                out.iter_mut().zip(packed.weights.chunks_exact(3 * row_len)).enumerate()
            {
                let rows = filter.chunks_exact(row_len).enumerate();
                let sum = rows.map(|(dy, weights)| dot(&input[start + dy * pitch..], weights)).sum();
                *value = packed.requantise(o, sum);
            }
        }
    }

    fn depthwise3x3(packed: &Packed, input: &[i16], width: usize, output: &mut [i16]) {
        let channels = packed.output;
        // Stride 1 starts one column left of the picture.
        let before = 2 - packed.stride;
        let inside = before..width + before;
        let out_width = width / packed.stride;
        for (pixel, out) in output.chunks_exact_mut(channels).enumerate() {
            let (y, x) = (packed.stride * (pixel / out_width), packed.stride * (pixel % out_width));
            for (group, out) in out.as_chunks_mut::<CHANNEL_GROUP>().0.iter_mut().enumerate() {
                let first = group * CHANNEL_GROUP;
                let mut sums = [0i32; CHANNEL_GROUP];
                for tap in 0..9 {
                    let (row, column) = (y + tap / 3, x + tap % 3);
                    if !inside.contains(&column) {
                        continue;
                    }
                    let start = (row * width + column - before) * channels + first;
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

    fn pointwise(
        packed: &Packed,
        weights: &[u8],
        scratch: &mut Vec<i16>,
        input: &[i16],
        pixels: usize,
        output: &mut [i16],
    ) {
        let depth = packed.input;
        let blocks = weights.as_chunks::<BLOCK>().0;
        for (group, blocks) in blocks.chunks_exact(depth / INPUT_QUAD).enumerate() {
            let columns = &mut scratch[..depth * CHANNEL_GROUP];
            for (quad, block) in blocks.iter().enumerate() {
                for (o, weights) in block.as_chunks::<INPUT_QUAD>().0.iter().enumerate() {
                    let column = &mut columns[o * depth + quad * INPUT_QUAD..][..INPUT_QUAD];
                    for (value, weight) in column.iter_mut().zip(weights) {
                        *value = i16::from(weight.cast_signed()) - packed.zero_point;
                    }
                }
            }
            let rows = input.chunks_exact(depth).zip(output.chunks_exact_mut(packed.output));
            for (values, out) in rows.take(pixels) {
                let out = &mut out[group * CHANNEL_GROUP..][..CHANNEL_GROUP];
                for (o, (value, column)) in out.iter_mut().zip(columns.chunks_exact(depth)).enumerate() {
                    *value = packed.requantise(group * CHANNEL_GROUP + o, dot(values, column));
                }
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
