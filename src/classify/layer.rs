//! A layer's numbers as kernels take them: read from the model file, which has checked them.

use super::model::{CHANNEL_GROUP, INPUT_QUAD};

/// The kinds of convolution, and in which order their weights lie in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConvKind {
    /// 3×3 over all input channels. Height, width, input, output, as published.
    Full3x3,
    /// 3×3, one filter a channel. Height, width, channel, as published.
    Depthwise3x3,
    /// 1×1. For each eight outputs, for each four inputs: eight outputs of four inputs each, so that a kernel reads
    /// the file's bytes in order.
    Pointwise,
}

impl ConvKind {
    pub(super) const fn weight_count(self, input: usize, output: usize) -> usize {
        match self {
            Self::Full3x3 => 9 * input * output,
            Self::Depthwise3x3 => 9 * output,
            Self::Pointwise => input * output,
        }
    }
}

/// A convolution's numbers, read and checked.
#[derive(Clone, Debug)]
pub struct Conv<'a> {
    /// Which kind it is.
    pub kind: ConvKind,
    /// Input channels.
    pub input: usize,
    /// Output channels.
    pub output: usize,
    /// 1 or 2.
    pub stride: usize,
    /// Smallest value of an input.
    pub input_min: i16,
    /// The weight that stands for zero.
    pub zero_point: i8,
    /// One byte each, to be read as `i8`, in the order of the kind.
    pub weights: &'a [u8],
    /// How sums become outputs.
    pub requant: Requant,
    /// Smallest output.
    pub min: i16,
    /// Largest output.
    pub max: i16,
}

impl Conv<'_> {
    /// The weight less the zero point, for one input (of all 3 × 3 · channels, for [`ConvKind::Full3x3`]) and one output;
    /// for [`ConvKind::Depthwise3x3`], for one tap and one channel. Zero outside.
    pub fn weight(&self, input: usize, output: usize) -> i16 {
        let at = match self.kind {
            ConvKind::Full3x3 | ConvKind::Depthwise3x3 => input * self.output + output,
            ConvKind::Pointwise => pointwise_index(self.input, input, output),
        };
        self.weights.get(at).map_or(0, |w| i16::from(w.cast_signed()) - i16::from(self.zero_point))
    }

    /// Sum of the magnitudes of each output's weights.
    pub(super) fn weight_sums(&self) -> Vec<u32> {
        let mut sums = vec![0u32; self.output];
        let magnitude = |w: &u8| u32::from(w.cast_signed().abs_diff(self.zero_point));
        match self.kind {
            ConvKind::Full3x3 | ConvKind::Depthwise3x3 => {
                for row in self.weights.chunks_exact(self.output) {
                    sums.iter_mut().zip(row).for_each(|(sum, w)| *sum += magnitude(w));
                }
            }
            ConvKind::Pointwise => {
                let blocks = self.weights.as_chunks::<BLOCK>().0;
                let groups = blocks.chunks_exact(self.input / INPUT_QUAD);
                for (sums, blocks) in sums.as_chunks_mut::<CHANNEL_GROUP>().0.iter_mut().zip(groups) {
                    for block in blocks {
                        for (sum, quad) in sums.iter_mut().zip(block.as_chunks::<INPUT_QUAD>().0) {
                            *sum += quad.iter().map(magnitude).sum::<u32>();
                        }
                    }
                }
            }
        }
        sums
    }
}

/// Bytes of eight outputs of four inputs each.
pub const BLOCK: usize = CHANNEL_GROUP * INPUT_QUAD;

/// Where the weight of one input and output of a pointwise convolution lies.
pub const fn pointwise_index(inputs: usize, input: usize, output: usize) -> usize {
    let block = (output / CHANNEL_GROUP) * (inputs / INPUT_QUAD) + input / INPUT_QUAD;
    (block * CHANNEL_GROUP + output % CHANNEL_GROUP) * INPUT_QUAD + input % INPUT_QUAD
}

/// [`super::model::RequantHeader`] with its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Requant {
    /// See [`super::model::RequantHeader::PowerOfTwo`].
    PowerOfTwo {
        /// Per output channel.
        biases: Vec<i32>,
        /// To the right.
        shift: u32,
    },
    /// See [`super::model::RequantHeader::FixedPoint`].
    FixedPoint {
        /// Per output channel.
        biases: Vec<i64>,
        /// Per output channel.
        multipliers: Vec<i32>,
        /// To the left.
        shift: u32,
    },
}

impl Requant {
    /// Turns the sum of one output channel into its output, before clamping.
    #[inline]
    pub fn apply(&self, channel: usize, sum: i32) -> i64 {
        match self {
            Self::PowerOfTwo { biases, shift } => i64::from((sum + biases[channel]) >> shift),
            Self::FixedPoint { biases, multipliers, shift } => {
                let product = i64::from(sum << shift) * i64::from(multipliers[channel]);
                (product + biases[channel] + (1 << 31)) >> 32
            }
        }
    }
}

/// A fully connected layer's numbers, read and checked.
#[derive(Clone, Debug)]
pub struct Dense {
    /// Inputs.
    pub input: usize,
    /// Outputs.
    pub output: usize,
    /// `q − zero_point`, output-major.
    pub weights: Vec<i16>,
    /// Per output.
    pub biases: Vec<i64>,
    /// See [`super::model::DenseHeader`].
    pub multiplier: i32,
    /// See [`super::model::DenseHeader`].
    pub shift: u32,
    /// Whether negative outputs become zero.
    pub relu: bool,
}
