//! The integer network: a MobileNetV2 over 16-bit activations, generic over its kernels.

use super::kernels::{Kernels, full_pitch};
use super::model::{CLASS_COUNT, Conv, ConvHeader, ConvKind, Dense, INPUT_SIDE, ModelError, ModelFile};

/// The network's outputs before the softmax, in units of 2⁻¹⁶, in class order.
pub type Logits = [i32; CLASS_COUNT];

/// Bytes of an input picture: 224 × 224 pixels of red, green, blue.
pub const INPUT_BYTES: usize = INPUT_SIDE * INPUT_SIDE * 3;

const INPUT_PITCH: usize = full_pitch(INPUT_SIDE);
/// The picture with its zeros.
const INPUT_LEN: usize = (INPUT_SIDE + 1) * INPUT_PITCH;

struct Block<K: Kernels> {
    expand: Option<(K::PackedPointwise, usize)>,
    depthwise: K::PackedDepthwise,
    stride: usize,
    wide: usize,
    project: K::PackedPointwise,
    narrow: usize,
    residual: bool,
    range: (i16, i16),
}

/// A loaded network with its tensors, which are sized once.
pub struct Network<K: Kernels> {
    input_scale: i16,
    input_offset: i16,
    stem: K::PackedFull,
    stem_channels: usize,
    blocks: Vec<Block<K>>,
    head: K::PackedPointwise,
    head_channels: usize,
    dense: Vec<Dense>,
    /// The residual stream, and three tensors inside a block.
    stream: Vec<i16>,
    expanded: Vec<i16>,
    filtered: Vec<i16>,
    projected: Vec<i16>,
    pooled: Vec<i32>,
    hidden: Vec<i32>,
    scratch: K::Scratch,
}

impl<K: Kernels> Network<K> {
    /// Packs the weights of a model file and sets up the working memory.
    ///
    /// # Errors
    /// As [`ModelFile::conv`].
    pub fn new(file: &ModelFile<'_>) -> Result<Self, ModelError> {
        let header = file.header();
        let pointwise = |layer: &ConvHeader, input_min: i16| -> Result<_, ModelError> {
            Ok(K::pack_pointwise(&file.conv(layer, ConvKind::Pointwise, input_min)?))
        };
        let darkest = header.input_offset.min(255 * header.input_scale + header.input_offset);
        let stem: Conv<'_> = file.conv(&header.stem, ConvKind::Full3x3, darkest)?;
        let mut stream_min = header.stem.min;
        let mut side = INPUT_SIDE / 2;
        let stem_channels = stem.output;
        let (mut stream, mut expanded, mut filtered, mut projected) =
            (side * side * stem_channels, INPUT_LEN, 0, 0);
        let mut blocks = Vec::with_capacity(header.blocks.len());
        for block in &header.blocks {
            let wide = block.depthwise.output as usize;
            let narrow = block.project.output as usize;
            let stride = block.depthwise.stride as usize;
            let wide_min = block.expand.as_ref().map_or(stream_min, |layer| layer.min);
            expanded = expanded.max(side * side * wide);
            side /= stride;
            filtered = filtered.max(side * side * wide);
            projected = projected.max(side * side * narrow);
            blocks.push(Block {
                expand: match &block.expand {
                    Some(layer) => Some((pointwise(layer, stream_min)?, wide)),
                    None => None,
                },
                depthwise: K::pack_depthwise(&file.conv(
                    &block.depthwise,
                    ConvKind::Depthwise3x3,
                    wide_min,
                )?),
                stride,
                wide,
                project: pointwise(&block.project, block.depthwise.min)?,
                narrow,
                residual: block.residual,
                range: (block.project.min, block.project.max),
            });
            stream_min = block.project.min;
        }
        let head_channels = header.head.output as usize;
        let inputs = header.blocks.iter().map(|block| block.project.input.max(block.project.output));
        let inputs = inputs.chain([header.stem.output]);
        let deepest = inputs.max().unwrap_or(0) as usize;
        stream = stream.max(projected);
        expanded = expanded.max(side * side * head_channels);
        let dense = header.dense.iter().map(|layer| file.dense(layer)).collect::<Result<Vec<_>, _>>()?;
        let widest = dense.iter().map(|layer| layer.output).max().unwrap_or(0);
        Ok(Self {
            input_scale: header.input_scale,
            input_offset: header.input_offset,
            stem: K::pack_full(&stem),
            stem_channels,
            blocks,
            head: pointwise(&header.head, stream_min)?,
            head_channels,
            dense,
            stream: vec![0; stream],
            expanded: vec![0; expanded],
            filtered: vec![0; filtered],
            // They change places, so each must hold every tensor of the stream.
            projected: vec![0; stream],
            pooled: vec![0; head_channels.max(widest)],
            hidden: vec![0; widest],
            scratch: K::scratch(deepest),
        })
    }

    /// Runs the network on one 224 × 224 picture of 8-bit red, green, blue.
    pub fn run(&mut self, rgb: &[u8; INPUT_BYTES]) -> Logits {
        let picture = &mut self.expanded[..INPUT_LEN];
        for (values, bytes) in picture.chunks_exact_mut(INPUT_PITCH).zip(rgb.chunks_exact(3 * INPUT_SIDE)) {
            for (value, byte) in values.iter_mut().zip(bytes) {
                *value = i16::from(*byte) * self.input_scale + self.input_offset;
            }
            values[3 * INPUT_SIDE..].fill(0);
        }
        picture[INPUT_SIDE * INPUT_PITCH..].fill(0);
        let mut side = INPUT_SIDE / 2;
        let mut pixels = side * side;
        let stem_len = pixels * self.stem_channels;
        K::full3x3(&self.stem, &self.expanded[..INPUT_LEN], INPUT_SIDE, &mut self.stream[..stem_len]);
        let mut stream_len = stem_len;

        for block in &self.blocks {
            let filtered_side = side / block.stride;
            let filtered_pixels = filtered_side * filtered_side;
            let filtered = &mut self.filtered[..filtered_pixels * block.wide];
            match &block.expand {
                Some((weights, wide)) => {
                    let expanded = &mut self.expanded[..pixels * wide];
                    K::pointwise(weights, &mut self.scratch, &self.stream[..stream_len], pixels, expanded);
                    K::depthwise3x3(&block.depthwise, expanded, side, filtered);
                }
                None => K::depthwise3x3(&block.depthwise, &self.stream[..stream_len], side, filtered),
            }
            (side, pixels, stream_len) = (filtered_side, filtered_pixels, filtered_pixels * block.narrow);
            let projected = &mut self.projected[..stream_len];
            K::pointwise(&block.project, &mut self.scratch, filtered, pixels, projected);
            if block.residual {
                K::add(&mut self.stream[..stream_len], projected, block.range.0, block.range.1);
            } else {
                core::mem::swap(&mut self.stream, &mut self.projected);
            }
        }

        let head = &mut self.expanded[..pixels * self.head_channels];
        K::pointwise(&self.head, &mut self.scratch, &self.stream[..stream_len], pixels, head);
        K::pool_sum(head, &mut self.pooled[..self.head_channels]);

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
