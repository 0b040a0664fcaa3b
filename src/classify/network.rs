//! The integer network: a MobileNetV2 over 16-bit activations, generic over its kernels.
//!
//! A block widens, filters and narrows some rows at a time, so that the wide tensors in between never exist as a whole:
//! they would be the largest by far, and slower to reach than the processor's second cache.

use core::ops::Range;

use super::kernels::{Kernels, full_pitch, rows_read};
use super::layer::{ConvKind, Dense};
use super::model::{CLASS_COUNT, ConvHeader, INPUT_SIDE, ModelError, ModelFile};

/// The network's outputs before the softmax, in units of 2⁻¹⁶, in class order.
pub type Logits = [i32; CLASS_COUNT];

/// Bytes of an input picture: 224 × 224 pixels of red, green, blue.
pub const INPUT_BYTES: usize = INPUT_SIDE * INPUT_SIDE * 3;

const INPUT_PITCH: usize = full_pitch(INPUT_SIDE);
/// The picture with its zeros.
const INPUT_LEN: usize = (INPUT_SIDE + 1) * INPUT_PITCH;
/// Values of the wide tensor that a strip may have: 384 KiB.
const STRIP: usize = 192 * 1024;

/// A pointwise convolution; its weights stay in the model file.
struct Pointwise<K: Kernels> {
    packed: K::PackedPointwise,
    weights: Range<usize>,
    output: usize,
}

struct Block<K: Kernels> {
    /// The first block has none: its wide tensor is the first convolution's output.
    expand: Option<Pointwise<K>>,
    depthwise: K::PackedDepthwise,
    stride: usize,
    /// Channels of the wide tensor.
    wide: usize,
    project: Pointwise<K>,
    residual: bool,
    range: (i16, i16),
    /// Side of the block's input.
    side: usize,
    /// Rows of output made at a time.
    rows: usize,
}

/// A loaded network with its tensors, which are sized once.
pub struct Network<K: Kernels> {
    /// The model file, for the weights.
    file: Vec<u8>,
    input_scale: i16,
    input_offset: i16,
    stem: K::PackedFull,
    blocks: Vec<Block<K>>,
    head: Pointwise<K>,
    dense: Vec<Dense>,
    picture: Vec<i16>,
    /// The residual stream before and after a block.
    stream: Vec<i16>,
    narrowed: Vec<i16>,
    /// Strips of a block's wide tensors, before and after the depthwise convolution.
    widened: Vec<i16>,
    filtered: Vec<i16>,
    pooled: Vec<i32>,
    hidden: Vec<i32>,
    scratch: K::Scratch,
}

impl<K: Kernels> Network<K> {
    /// Prepares the layers of a model file and sets up the working memory.
    ///
    /// # Errors
    /// As [`ModelFile::conv`].
    pub fn new(file: ModelFile) -> Result<Self, ModelError> {
        let header = file.header();
        let pointwise = |layer: &ConvHeader, input_min: i16| -> Result<_, ModelError> {
            Ok(Pointwise {
                packed: K::pack_pointwise(&file.conv(layer, ConvKind::Pointwise, input_min)?),
                weights: file.range(layer.weights)?,
                output: layer.output as usize,
            })
        };
        let darkest = header.input_offset.min(255 * header.input_scale + header.input_offset);
        let stem = K::pack_full(&file.conv(&header.stem, ConvKind::Full3x3, darkest)?);

        let mut side = INPUT_SIDE / 2;
        let mut stream_min = header.stem.min;
        let (mut stream, mut widened, mut filtered, mut deepest) = (0, 0, 0, 0);
        let mut blocks = Vec::with_capacity(header.blocks.len());
        for block in &header.blocks {
            let wide = block.depthwise.output as usize;
            let narrow = block.project.output as usize;
            let stride = block.depthwise.stride as usize;
            let out_side = side / stride;
            let fitting = STRIP / (side * wide);
            let rows = (fitting.saturating_sub(3 - stride) / stride).clamp(1, out_side);
            let wide_min = block.expand.as_ref().map_or(stream_min, |layer| layer.min);
            blocks.push(Block {
                expand: block.expand.as_ref().map(|layer| pointwise(layer, stream_min)).transpose()?,
                depthwise: K::pack_depthwise(&file.conv(
                    &block.depthwise,
                    ConvKind::Depthwise3x3,
                    wide_min,
                )?),
                stride,
                wide,
                project: pointwise(&block.project, block.depthwise.min)?,
                residual: block.residual,
                range: (block.project.min, block.project.max),
                side,
                rows,
            });
            widened = widened.max(rows_read(rows, stride) * side * wide);
            filtered = filtered.max(rows * out_side * wide);
            stream = stream.max(out_side * out_side * narrow);
            deepest = deepest.max(wide).max(narrow);
            stream_min = block.project.min;
            side = out_side;
        }
        let head = pointwise(&header.head, stream_min)?;
        widened = widened.max(side * side * head.output);
        let dense = header.dense.iter().map(|layer| file.dense(layer)).collect::<Result<Vec<_>, _>>()?;
        let widest = dense.iter().map(|layer| layer.output).max().unwrap_or(0);
        Ok(Self {
            input_scale: header.input_scale,
            input_offset: header.input_offset,
            stem,
            blocks,
            dense,
            picture: vec![0; INPUT_LEN],
            stream: vec![0; stream],
            narrowed: vec![0; stream],
            widened: vec![0; widened],
            filtered: vec![0; filtered],
            pooled: vec![0; head.output.max(widest)],
            hidden: vec![0; widest],
            scratch: K::scratch(deepest),
            head,
            file: file.into_bytes(),
        })
    }

    /// Runs the network on one 224 × 224 picture of 8-bit red, green, blue.
    pub fn run(&mut self, rgb: &[u8; INPUT_BYTES]) -> Logits {
        self.run_observed(rgb, |_| ())
    }

    /// Runs the network and shows every strip of every layer's output to `observe`, in order.
    pub fn run_observed(&mut self, rgb: &[u8; INPUT_BYTES], mut observe: impl FnMut(&[i16])) -> Logits {
        let rows = self.picture.chunks_exact_mut(INPUT_PITCH).zip(rgb.chunks_exact(3 * INPUT_SIDE));
        for (values, bytes) in rows {
            for (value, byte) in values.iter_mut().zip(bytes) {
                *value = i16::from(*byte) * self.input_scale + self.input_offset;
            }
        }

        let mut stream_len = 0;
        for block in &self.blocks {
            let out_side = block.side / block.stride;
            let row = block.side * block.wide;
            // Stride 1 begins one row above the picture.
            let above = 2 - block.stride;
            let shared = 3 - block.stride;
            let mut strip_rows = 0;
            for y in (0..out_side).step_by(block.rows) {
                let rows = block.rows.min(out_side - y);
                // The strip begins with rows that the last one ended with, or with zeros.
                let ready = if y == 0 {
                    self.widened[..above * row].fill(0);
                    above
                } else {
                    self.widened.copy_within((strip_rows - shared) * row..strip_rows * row, 0);
                    shared
                };
                strip_rows = rows_read(rows, block.stride);
                let first = y * block.stride + ready - above;
                let made = (strip_rows - ready).min(block.side - first);
                let (new, below) = self.widened[ready * row..strip_rows * row].split_at_mut(made * row);
                match &block.expand {
                    None => {
                        let picture = &self.picture[2 * first * INPUT_PITCH..];
                        K::full3x3(&self.stem, picture, INPUT_SIDE, new);
                    }
                    Some(layer) => {
                        let depth = stream_len / (block.side * block.side);
                        let input = &self.stream[first * block.side * depth..stream_len];
                        let weights = &self.file[layer.weights.clone()];
                        let pixels = made * block.side;
                        K::pointwise(&layer.packed, weights, &mut self.scratch, input, pixels, new);
                    }
                }
                observe(new);
                below.fill(0);

                let pixels = rows * out_side;
                let filtered = &mut self.filtered[..pixels * block.wide];
                K::depthwise3x3(&block.depthwise, &self.widened[..strip_rows * row], block.side, filtered);
                observe(filtered);

                let layer = &block.project;
                let place = y * out_side * layer.output..(y * out_side + pixels) * layer.output;
                let narrowed = &mut self.narrowed[place.clone()];
                let weights = &self.file[layer.weights.clone()];
                K::pointwise(&layer.packed, weights, &mut self.scratch, filtered, pixels, narrowed);
                if block.residual {
                    K::add(narrowed, &self.stream[place], block.range.0, block.range.1);
                }
                observe(narrowed);
            }
            core::mem::swap(&mut self.stream, &mut self.narrowed);
            stream_len = out_side * out_side * block.project.output;
        }

        let pixels = self.blocks.last().map_or(0, |block| (block.side / block.stride).pow(2));
        let head = &mut self.widened[..pixels * self.head.output];
        let weights = &self.file[self.head.weights.clone()];
        let stream = &self.stream[..stream_len];
        K::pointwise(&self.head.packed, weights, &mut self.scratch, stream, pixels, head);
        observe(head);
        K::pool_sum(head, &mut self.pooled[..self.head.output]);

        for layer in &self.dense {
            layer.run(&self.pooled[..layer.input], &mut self.hidden[..layer.output]);
            self.pooled[..layer.output].copy_from_slice(&self.hidden[..layer.output]);
        }
        core::array::from_fn(|class| self.pooled[class])
    }
}

impl Dense {
    /// Small enough that one implementation serves every target.
    fn run(&self, input: &[i32], output: &mut [i32]) {
        for (o, (value, weights)) in output.iter_mut().zip(self.weights.chunks_exact(self.input)).enumerate()
        {
            let sum: i64 = input.iter().zip(weights).map(|(x, w)| i64::from(*x) * i64::from(*w)).sum();
            let wide = i128::from(sum + self.biases[o]) * i128::from(self.multiplier);
            let rounded = (wide + (1 << (self.shift - 1))) >> self.shift;
            let low = if self.relu { 0 } else { i128::from(i32::MIN) };
            *value = rounded.clamp(low, i128::from(i32::MAX)) as i32;
        }
    }
}
