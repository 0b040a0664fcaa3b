//! Work without a result, to be done while the model file is still on its way.
//!
//! A browser runs WebAssembly in quickly made, slow code at first and compiles a function well once it has been busy for
//! a few milliseconds. Done beforehand, the first picture need not wait for it.

use super::{Active, Kernels, full_pitch, rows_read};
use crate::classify::layer::{Conv, ConvKind, Requant};

const CHANNELS: usize = 96;
const SIDE: usize = 56;

/// Keeps the kernels busy for as long as it takes engines to notice: some ten million multiply-adds each.
pub fn warm_up() {
    let weights = vec![0; CHANNELS * CHANNELS];
    let requant = Requant::PowerOfTwo { biases: vec![0; CHANNELS], shift: 6 };
    let conv = |kind, input: usize, stride, length| Conv {
        kind,
        input,
        output: CHANNELS,
        stride,
        input_min: 0,
        zero_point: 0,
        weights: &weights[..length],
        requant: requant.clone(),
        min: 0,
        max: 1,
    };
    let input = vec![0; rows_read(SIDE, 1) * SIDE * CHANNELS];
    let mut output = vec![0; SIDE * SIDE * CHANNELS];

    let full = Active::pack_full(&conv(ConvKind::Full3x3, 3, 2, 27 * CHANNELS));
    for _ in 0..4 {
        Active::full3x3(&full, &input[..rows_read(SIDE, 2) * full_pitch(2 * SIDE)], 2 * SIDE, &mut output);
    }
    let depthwise = Active::pack_depthwise(&conv(ConvKind::Depthwise3x3, CHANNELS, 1, 9 * CHANNELS));
    Active::depthwise3x3(&depthwise, &input, SIDE, &mut output);

    let pointwise = Active::pack_pointwise(&conv(ConvKind::Pointwise, CHANNELS, 1, CHANNELS * CHANNELS));
    let mut scratch = Active::scratch(CHANNELS);
    Active::pointwise(&pointwise, &weights, &mut scratch, &input, SIDE * SIDE / 4, &mut output);
}
