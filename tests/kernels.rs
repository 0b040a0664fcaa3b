//! The portable kernels against the textbook formulas, in wide integers and without any tiling. Also run under Miri.

use pausepoint::classify::kernels::portable::Portable;
use pausepoint::classify::kernels::{Kernels, full_pitch, rows_read};
use pausepoint::classify::layer::{Conv, ConvKind, Requant, pointwise_index};

/// Miri takes a thousand times as long.
const CASES: u64 = if cfg!(miri) { 2 } else { 200 };

/// Knuth's MMIX generator, "The Art of Computer Programming", volume 2, 3.3.4.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.below(256) as u8).collect()
    }

    fn activations(&mut self, length: usize) -> Vec<i16> {
        (0..length).map(|_| self.below(16_384) as i16 - 4096).collect()
    }

    fn requant(&mut self, outputs: usize) -> Requant {
        if self.below(2) == 0 {
            let biases = (0..outputs).map(|_| self.below(1 << 20) as i32 - (1 << 19)).collect();
            Requant::PowerOfTwo { biases, shift: self.below(13) as u32 }
        } else {
            let biases = (0..outputs).map(|_| self.below(1 << 30) as i64 * 4096 - (1 << 41)).collect();
            let multipliers = (0..outputs).map(|_| self.below(1 << 30) as i32 - (1 << 29)).collect();
            Requant::FixedPoint { biases, multipliers, shift: self.below(3) as u32 }
        }
    }
}

fn conv<'a>(random: &mut Random, kind: ConvKind, shape: [usize; 3], weights: &'a [u8]) -> Conv<'a> {
    let [input, output, stride] = shape;
    Conv {
        kind,
        input,
        output,
        stride,
        input_min: -4096,
        zero_point: random.below(256) as u8 as i8,
        weights,
        requant: random.requant(output),
        min: -(random.below(8192) as i16),
        max: random.below(16_383) as i16 + 1,
    }
}

/// The output of a sum, by the model file's documentation.
fn requantised(conv: &Conv<'_>, output: usize, sum: i128) -> i16 {
    let value = match &conv.requant {
        Requant::PowerOfTwo { biases, shift } => (sum + i128::from(biases[output])).div_euclid(1 << shift),
        Requant::FixedPoint { biases, multipliers, shift } => {
            let product = sum * (1 << shift) * i128::from(multipliers[output]);
            (product + i128::from(biases[output]) + (1 << 31)).div_euclid(1 << 32)
        }
    };
    value.clamp(conv.min.into(), conv.max.into()) as i16
}

#[test]
fn pointwise_is_a_matrix_product() {
    for seed in 0..CASES {
        let random = &mut Random(seed);
        let (input, output) = (8 * (1 + random.below(4)) as usize, 8 * (1 + random.below(3)) as usize);
        let pixels = 1 + random.below(6) as usize;
        let weights = random.bytes(input * output);
        let conv = conv(random, ConvKind::Pointwise, [input, output, 1], &weights);
        let tensor = random.activations(pixels * input);
        let mut found = vec![0; pixels * output];
        let mut scratch = Portable::scratch(input);
        let packed = Portable::pack_pointwise(&conv);
        Portable::pointwise(&packed, &weights, &mut scratch, &tensor, pixels, &mut found);
        for (at, value) in found.iter().enumerate() {
            let (pixel, o) = (at / output, at % output);
            let product = |i: usize| {
                let weight = weights[pointwise_index(input, i, o)] as i8;
                i128::from(tensor[pixel * input + i]) * (i128::from(weight) - i128::from(conv.zero_point))
            };
            assert_eq!(*value, requantised(&conv, o, (0..input).map(product).sum()), "case {seed}, {at}");
        }
    }
}

#[test]
fn depthwise_is_a_convolution_of_each_channel() {
    for seed in 0..CASES {
        let random = &mut Random(seed + 1000);
        let (channels, stride) = (8 * (1 + random.below(2)) as usize, 1 + random.below(2) as usize);
        let (width, rows) = (2 * (1 + random.below(4)) as usize, 1 + random.below(3) as usize);
        let weights = random.bytes(9 * channels);
        let conv = conv(random, ConvKind::Depthwise3x3, [channels, channels, stride], &weights);
        let tensor = random.activations(rows_read(rows, stride) * width * channels);
        let out_width = width / stride;
        let mut found = vec![0; rows * out_width * channels];
        Portable::depthwise3x3(&Portable::pack_depthwise(&conv), &tensor, width, &mut found);
        for (at, value) in found.iter().enumerate() {
            let (y, x, c) = (at / channels / out_width, at / channels % out_width, at % channels);
            let mut sum = 0;
            for dy in 0..3 {
                for dx in 0..3 {
                    // Zeros on both sides for stride 1, on the right only for stride 2.
                    let column = (x * stride + dx).wrapping_sub(2 - stride);
                    if column < width {
                        let weight = weights[(dy * 3 + dx) * channels + c] as i8;
                        let value = tensor[((y * stride + dy) * width + column) * channels + c];
                        sum += i128::from(value) * (i128::from(weight) - i128::from(conv.zero_point));
                    }
                }
            }
            assert_eq!(*value, requantised(&conv, c, sum), "case {seed}, {at}");
        }
    }
}

#[test]
fn the_first_convolution_is_one_over_three_channels() {
    for seed in 0..CASES {
        let random = &mut Random(seed + 2000);
        let (output, width, rows) = (8, 8, 1 + random.below(2) as usize);
        let weights = random.bytes(27 * output);
        let conv = conv(random, ConvKind::Full3x3, [3, output, 2], &weights);
        let pitch = full_pitch(width);
        let tensor = random.activations(rows_read(rows, 2) * pitch);
        let mut found = vec![0; rows * width / 2 * output];
        Portable::full3x3(&Portable::pack_full(&conv), &tensor, width, &mut found);
        for (at, value) in found.iter().enumerate() {
            let (y, x, o) = (at / output / (width / 2), at / output % (width / 2), at % output);
            let mut sum = 0;
            for dy in 0..3 {
                for i in 0..9 {
                    let weight = weights[(dy * 9 + i) * output + o] as i8;
                    let value = tensor[(2 * y + dy) * pitch + 6 * x + i];
                    sum += i128::from(value) * (i128::from(weight) - i128::from(conv.zero_point));
                }
            }
            assert_eq!(*value, requantised(&conv, o, sum), "case {seed}, {at}");
        }
    }
}

#[test]
fn addition_saturates_and_the_pool_sums() {
    let mut stream = [i16::MAX, i16::MIN, 100, -100];
    Portable::add(&mut stream, &[1, -1, 50, -50], -120, 16_383);
    assert_eq!(stream, [16_383, -120, 150, -120]);
    let mut sums = [7, 7];
    Portable::pool_sum(&[1, 2, 3, 4, 30_000, -30_000], &mut sums);
    assert_eq!(sums, [30_004, -29_994]);
}
