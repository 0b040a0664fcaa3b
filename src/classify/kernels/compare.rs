//! Compares implementations integer for integer, on random tensors and layer by layer on pictures. Only with the
//! feature `test-hooks`: the wasm test build carries it into Node and Chromium.

use super::{Kernels, full_pitch, rows_read};
use crate::classify::layer::{Conv, ConvKind, Requant};
use crate::classify::model::{MAX_RIGHT_SHIFT, MAX_SPAN, ModelError, ModelFile};
use crate::classify::network::{INPUT_BYTES, Network};

/// Runs `cases` random layers of each kind through both; the first difference as a message.
///
/// # Errors
/// Names the operation and the layer that differed.
pub fn compare<A: Kernels, B: Kernels>(seed: u64, cases: u32) -> Result<(), String> {
    let mut random = Random(seed | 1);
    for case in 0..cases {
        let input = 8 * random.between(1, 24) as usize;
        let output = 8 * random.between(1, 12) as usize;
        let pixels = random.between(1, 300) as usize;
        let layer = Layer::random(&mut random, ConvKind::Pointwise, input, output, 1);
        let tensor = layer.tensor(&mut random, pixels * input);
        let (mut a, mut b) = (vec![0; pixels * output], vec![1; pixels * output]);
        let (conv, weights) = (layer.conv(), &layer.weights);
        A::pointwise(&A::pack_pointwise(&conv), weights, &mut A::scratch(input), &tensor, pixels, &mut a);
        B::pointwise(&B::pack_pointwise(&conv), weights, &mut B::scratch(input), &tensor, pixels, &mut b);
        same("pointwise", case, &a, &b)?;

        let stride = random.between(1, 2) as usize;
        let (width, rows) = (stride * random.between(4, 15) as usize, random.between(1, 5) as usize);
        let layer = Layer::random(&mut random, ConvKind::Depthwise3x3, output, output, stride);
        let tensor = layer.tensor(&mut random, rows_read(rows, stride) * width * output);
        let length = rows * width / stride * output;
        let (mut a, mut b) = (vec![0; length], vec![1; length]);
        A::depthwise3x3(&A::pack_depthwise(&layer.conv()), &tensor, width, &mut a);
        B::depthwise3x3(&B::pack_depthwise(&layer.conv()), &tensor, width, &mut b);
        same("depthwise", case, &a, &b)?;

        let width = 8 * random.between(1, 4) as usize;
        let layer = Layer::random(&mut random, ConvKind::Full3x3, 3, output, 2);
        let tensor = layer.tensor(&mut random, rows_read(rows, 2) * full_pitch(width));
        let length = rows * width / 2 * output;
        let (mut a, mut b) = (vec![0; length], vec![1; length]);
        A::full3x3(&A::pack_full(&layer.conv()), &tensor, width, &mut a);
        B::full3x3(&B::pack_full(&layer.conv()), &tensor, width, &mut b);
        same("full", case, &a, &b)?;

        let mut a: Vec<i16> = (0..output * pixels).map(|_| random.next() as i16).collect();
        let mut b = a.clone();
        let other: Vec<i16> = a.iter().map(|_| random.next() as i16).collect();
        let (min, max) = (-random.between(0, 32_768) as i16, random.between(0, 32_767) as i16);
        A::add(&mut a, &other, min, max);
        B::add(&mut b, &other, min, max);
        same("add", case, &a, &b)?;

        let (mut sums, mut others) = (vec![0; output], vec![1; output]);
        A::pool_sum(&other, &mut sums);
        B::pool_sum(&other, &mut others);
        same("pool", case, &sums, &others)?;
    }
    Ok(())
}

/// A short digest of every strip of every layer of one picture, in order.
///
/// # Errors
/// As [`Network::new`].
pub fn trace<K: Kernels>(file: ModelFile, rgb: &[u8; INPUT_BYTES]) -> Result<Vec<String>, ModelError> {
    let mut digests = Vec::new();
    Network::<K>::new(file)?.run_observed(rgb, |strip| {
        let bytes: Vec<u8> = strip.iter().flat_map(|value| value.to_le_bytes()).collect();
        digests.push(blake3::hash(&bytes).to_hex()[..16].into());
    });
    Ok(digests)
}

fn same<T: PartialEq>(operation: &str, case: u32, a: &[T], b: &[T]) -> Result<(), String> {
    match a.iter().zip(b).position(|(a, b)| a != b) {
        None => Ok(()),
        Some(at) => Err(format!("{operation}, case {case}: output {at} of {} differs", a.len())),
    }
}

struct Layer {
    kind: ConvKind,
    input: usize,
    output: usize,
    stride: usize,
    zero_point: i8,
    weights: Vec<u8>,
    requant: Requant,
    min: i16,
    max: i16,
    /// Smallest and largest input for which no sum can overflow, as the loader would demand.
    range: (i64, i64),
}

impl Layer {
    fn random(random: &mut Random, kind: ConvKind, input: usize, output: usize, stride: usize) -> Self {
        let depth = match kind {
            ConvKind::Full3x3 => 9 * input,
            ConvKind::Depthwise3x3 => 9,
            ConvKind::Pointwise => input,
        };
        let linear = random.between(0, 1) == 1;
        let (requant, headroom) = if random.between(0, 1) == 1 {
            let shift = random.between(0, MAX_RIGHT_SHIFT.into()) as u32;
            let biases = (0..output).map(|_| random.between(-(1 << 29), 1 << 29) as i32).collect();
            (Requant::PowerOfTwo { biases, shift }, 30)
        } else {
            let shift = random.between(0, 3) as u32;
            let biases = (0..output).map(|_| (random.next() as i64) >> 14).collect();
            let multipliers = (0..output).map(|_| random.next() as i32 >> random.between(0, 20)).collect();
            (Requant::FixedPoint { biases, multipliers, shift }, 31 - shift)
        };
        let peak = ((1i64 << headroom) / (255 * depth as i64)).min(32_767);
        let span = if kind == ConvKind::Pointwise { peak.min(i64::from(MAX_SPAN)) } else { 2 * peak };
        let low = random.between(-peak, peak - span);
        Self {
            kind,
            input,
            output,
            stride,
            zero_point: random.next() as i8,
            weights: (0..depth * output).map(|_| random.next() as u8).collect(),
            requant,
            min: if linear { i16::MIN } else { 0 },
            max: if linear { i16::MAX } else { random.between(1, 16_383) as i16 },
            range: (low, low + span),
        }
    }

    fn conv(&self) -> Conv<'_> {
        Conv {
            kind: self.kind,
            input: self.input,
            output: self.output,
            stride: self.stride,
            input_min: self.range.0 as i16,
            zero_point: self.zero_point,
            weights: &self.weights,
            requant: self.requant.clone(),
            min: self.min,
            max: self.max,
        }
    }

    /// Values over the whole range, the extremes often among them.
    fn tensor(&self, random: &mut Random, length: usize) -> Vec<i16> {
        (0..length)
            .map(|_| match random.between(0, 9) {
                0 => self.range.0 as i16,
                1 => self.range.1 as i16,
                _ => random.between(self.range.0, self.range.1) as i16,
            })
            .collect()
    }
}

/// Marsaglia's xorshift64, "Xorshift RNGs", 2003.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() >> 16) as i64 % (high - low + 1)
    }
}
