//! The model file: one versioned container for a MobileNetV2 classifier with 8-bit weights.
//!
//! Layout, little endian:
//!
//! | bytes | content |
//! | --- | --- |
//! | 0…7 | magic `PPMODEL\x1a` |
//! | 8…11 | format version, `u32` |
//! | 12…15 | length of the header, `u32` |
//! | 16…23 | length of the whole file, `u64` |
//! | 24… | header ([`Header`]) in postcard's wire format, padded with zeros to 16 bytes |
//! | … | data: weights (`i8` or `u8`), biases (`i32` or `i64`), multipliers (`i32`) |
//! | last 32 | BLAKE3 of everything before it |
//!
//! BLAKE3 and not SHA-256, because a first visit computes it in code that the browser has not yet optimised, and it
//! takes a tenth of the time there.
//!
//! Weights keep the grid on which they were published: a weight is `scale · (q − zero_point)` with `q` an
//! unsigned byte (convolutions store `q − 128`, as kernels read signed bytes), so a sum of products over `q − zero_point`
//! is exact in integers and the scale moves into the requantisation (Jacob et al., "Quantization and Training of Neural
//! Networks for Efficient Integer-Arithmetic-Only Inference", CVPR 2018, section 2).

use core::fmt;
use core::ops::Range;

use serde::{Deserialize, Serialize};

use super::layer::{Conv, ConvKind, Dense, Requant};

/// First eight bytes of a model file.
pub const MAGIC: [u8; 8] = *b"PPMODEL\x1a";
/// The format version that this build reads and writes.
pub const FORMAT_VERSION: u32 = 3;
/// Side of the square input picture, in pixels.
pub const INPUT_SIDE: usize = 224;
/// Number of classes, in the order of [`CLASSES`].
pub const CLASS_COUNT: usize = 5;
/// Class names in the order of the network's outputs.
pub const CLASSES: [&str; CLASS_COUNT] = ["drawing", "hentai", "neutral", "porn", "sexy"];

const PREFIX: usize = 24;
const DIGEST: usize = 32;
const ALIGNMENT: usize = 16;
/// No published model of this family comes near it; a larger header is not ours.
const MAX_HEADER: usize = 1 << 20;
/// Widest layer accepted; bounds what a crafted header can make the loader allocate.
const MAX_CHANNELS: usize = 4096;
/// Convolutions put out a multiple of this, so that kernels have no ragged ends.
pub const CHANNEL_GROUP: usize = 8;
/// Inputs of a pointwise convolution whose weights lie together; see [`ConvKind::Pointwise`].
pub const INPUT_QUAD: usize = 4;
/// Values between the smallest and the largest input of a pointwise convolution: two limbs of seven bits.
pub const MAX_SPAN: u32 = (1 << 14) - 1;
/// Largest right shift of [`RequantHeader::PowerOfTwo`].
pub const MAX_RIGHT_SHIFT: u8 = 12;
const MAX_BLOCKS: usize = 64;
const MAX_DENSE: usize = 8;

/// Why a model file was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ModelError {
    /// The first bytes are not those of a model file.
    Magic,
    /// A format version that this build does not read.
    Version,
    /// The file ends early, or goes on after its end.
    Length,
    /// The content does not match its digest.
    Digest,
    /// The header is not valid, or names things that do not fit together.
    Header,
    /// Weights for which a 32-bit sum could overflow.
    Overflow,
    /// A whole and valid model file, but not the published one that was asked for.
    Unpublished,
}

impl ModelError {
    /// Stable code, for logs and for other languages.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Magic => "model/magic",
            Self::Version => "model/version",
            Self::Length => "model/length",
            Self::Digest => "model/digest",
            Self::Header => "model/header",
            Self::Overflow => "model/overflow",
            Self::Unpublished => "model/unpublished",
        }
    }
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Magic => "not a Pausepoint model file",
            Self::Version => "model file of another format version",
            Self::Length => "model file is cut short or too long",
            Self::Digest => "model file was altered: its digest does not match",
            Self::Header => "model file has an invalid header",
            Self::Overflow => "model file could overflow 32-bit sums",
            Self::Unpublished => "model file is not the published model of that name",
        })
    }
}

impl core::error::Error for ModelError {}

/// A run of bytes in the data section: offset from its start, and length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section(pub u32, pub u32);

/// A convolution (first 3×3, depthwise 3×3 or pointwise 1×1) with its requantisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConvHeader {
    /// Input channels.
    pub input: u32,
    /// Output channels.
    pub output: u32,
    /// 1 or 2.
    pub stride: u32,
    /// The `q − 128` that stands for weight zero.
    pub zero_point: i8,
    /// Smallest output.
    pub min: i16,
    /// Largest output.
    pub max: i16,
    /// `q − 128` as `i8`, in the order of the [`ConvKind`].
    pub weights: Section,
    /// How sums become outputs.
    pub requant: RequantHeader,
}

/// How the sums of a convolution become its outputs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum RequantHeader {
    /// `out[c] = clamp((sum[c] + bias[c]) >> shift, min, max)`, for layers that may choose their output step: it is
    /// the step of the sums times a power of two, and nothing is multiplied.
    PowerOfTwo {
        /// `i32` per output channel, in steps of the sums, with the half that rounds to nearest.
        biases: Section,
        /// 0…12.
        shift: u8,
    },
    /// `out[c] = clamp(((sum[c] << shift) · multiplier[c] + bias[c] + 2³¹) >> 32, min, max)`, in 64 bits.
    FixedPoint {
        /// `i64` per output channel, in units of 2⁻³² output steps.
        biases: Section,
        /// `i32` per output channel; zero where batch normalisation has switched a channel off.
        multipliers: Section,
        /// Left shift before the multiplication, 0…8: for layers whose output grid is coarser than half a step.
        shift: u8,
    },
}

/// A fully connected layer over 32-bit activations with 64-bit sums.
///
/// `out[c] = (acc[c] + bias[c]) · multiplier >> shift`, rounded to nearest, in units of 2⁻¹⁶.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DenseHeader {
    /// Inputs.
    pub input: u32,
    /// Outputs.
    pub output: u32,
    /// The `q` that stands for weight zero.
    pub zero_point: u8,
    /// Whether negative outputs become zero.
    pub relu: bool,
    /// Positive.
    pub multiplier: i32,
    /// Right shift, 1…62.
    pub shift: u8,
    /// `u8`, input-major.
    pub weights: Section,
    /// `i64` per output.
    pub biases: Section,
}

/// An inverted residual block (Sandler et al., "MobileNetV2", CVPR 2018, section 3.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockHeader {
    /// Widening 1×1 convolution with ReLU6; the first block has none.
    pub expand: Option<ConvHeader>,
    /// 3×3 depthwise convolution with ReLU6.
    pub depthwise: ConvHeader,
    /// Narrowing 1×1 convolution, linear.
    pub project: ConvHeader,
    /// Whether the block's input is added to its output.
    pub residual: bool,
}

/// What is said of a model before its numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Short name: `mid` or `small`.
    pub name: String,
    /// Where the weights come from: package, version, path.
    pub source: String,
    /// Licence and copyright notice of the weights.
    pub licence: String,
    /// Class names in output order; always [`CLASSES`].
    pub classes: Vec<String>,
    /// A pixel `p` enters as `input_scale · p + input_offset`, in units of 1/255.
    pub input_scale: i16,
    /// See `input_scale`.
    pub input_offset: i16,
    /// First convolution, 3×3, stride 2, ReLU6.
    pub stem: ConvHeader,
    /// Inverted residual blocks in order.
    pub blocks: Vec<BlockHeader>,
    /// Last 1×1 convolution, ReLU6, before the average pool.
    pub head: ConvHeader,
    /// Fully connected layers after the pool; the last gives the logits.
    pub dense: Vec<DenseHeader>,
}

/// A model file that is whole: digest, lengths, shapes and ranges were checked.
#[derive(Clone, Debug)]
pub struct ModelFile {
    header: Header,
    bytes: Vec<u8>,
    data_start: usize,
    digest: [u8; DIGEST],
}

impl ModelFile {
    /// Reads and checks a model file.
    ///
    /// # Errors
    /// A [`ModelError`] for anything but a whole, unaltered file of this format version whose layers fit together
    /// and cannot overflow.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, ModelError> {
        let head = bytes.get(..8).ok_or(ModelError::Magic)?;
        if head != MAGIC {
            return Err(ModelError::Magic);
        }
        let version = read_u32(&bytes, 8).ok_or(ModelError::Length)?;
        if version != FORMAT_VERSION {
            return Err(ModelError::Version);
        }
        let header_len = read_u32(&bytes, 12).ok_or(ModelError::Length)? as usize;
        let total = bytes.get(16..24).ok_or(ModelError::Length)?;
        let total = u64::from_le_bytes(total.try_into().map_err(|_| ModelError::Length)?);
        if total != bytes.len() as u64 || bytes.len() < PREFIX + DIGEST {
            return Err(ModelError::Length);
        }
        let (content, stored) = bytes.split_at(bytes.len() - DIGEST);
        let digest = *blake3::hash(content).as_bytes();
        if digest != stored {
            return Err(ModelError::Digest);
        }
        if header_len > MAX_HEADER {
            return Err(ModelError::Header);
        }
        let data_start = PREFIX.checked_add(header_len).ok_or(ModelError::Header)?;
        let header = content.get(PREFIX..data_start).ok_or(ModelError::Header)?;
        let header: Header = postcard::from_bytes(header).map_err(|_| ModelError::Header)?;
        let file = Self { header, data_start, digest, bytes };
        file.check()?;
        Ok(file)
    }

    /// Writes a model file. `data` is the data section that the header's [`Section`]s point into.
    pub fn encode(header: &Header, data: &[u8]) -> Vec<u8> {
        // Serialising plain strings and numbers into memory cannot fail.
        let mut head = postcard::to_allocvec(header).unwrap_or_default();
        head.resize((PREFIX + head.len()).next_multiple_of(ALIGNMENT) - PREFIX, 0);
        let total = (PREFIX + head.len() + data.len() + DIGEST) as u64;
        let mut out = Vec::with_capacity(total as usize);
        out.extend_from_slice(&MAGIC);
        out.extend_from_slice(&FORMAT_VERSION.to_le_bytes());
        out.extend_from_slice(&(head.len() as u32).to_le_bytes());
        out.extend_from_slice(&total.to_le_bytes());
        out.extend_from_slice(&head);
        out.extend_from_slice(data);
        let digest = blake3::hash(&out);
        out.extend_from_slice(digest.as_bytes());
        out
    }

    /// The header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// BLAKE3 of the file's content, as stored in its last 32 bytes.
    pub fn digest(&self) -> &[u8; DIGEST] {
        &self.digest
    }

    /// A convolution's numbers. `input_min` is the smallest value that it is given.
    ///
    /// # Errors
    /// [`ModelError::Header`]; never for a layer of a parsed file's own header.
    pub fn conv(&self, layer: &ConvHeader, kind: ConvKind, input_min: i16) -> Result<Conv<'_>, ModelError> {
        let (input, output) = (layer.input as usize, layer.output as usize);
        let requant = match &layer.requant {
            RequantHeader::PowerOfTwo { biases, shift } => {
                let biases = self.section(*biases, 4 * output)?.as_chunks().0;
                Requant::PowerOfTwo {
                    biases: biases.iter().map(|b| i32::from_le_bytes(*b)).collect(),
                    shift: u32::from(*shift),
                }
            }
            RequantHeader::FixedPoint { biases, multipliers, shift } => {
                let biases = self.section(*biases, 8 * output)?.as_chunks().0;
                let multipliers = self.section(*multipliers, 4 * output)?.as_chunks().0;
                Requant::FixedPoint {
                    biases: biases.iter().map(|b| i64::from_le_bytes(*b)).collect(),
                    multipliers: multipliers.iter().map(|b| i32::from_le_bytes(*b)).collect(),
                    shift: u32::from(*shift),
                }
            }
        };
        Ok(Conv {
            kind,
            input,
            output,
            stride: layer.stride as usize,
            input_min,
            zero_point: layer.zero_point,
            weights: self.section(layer.weights, kind.weight_count(input, output))?,
            requant,
            min: layer.min,
            max: layer.max,
        })
    }

    /// A fully connected layer's numbers.
    ///
    /// # Errors
    /// [`ModelError::Header`]; never for a layer of a parsed file's own header.
    pub fn dense(&self, layer: &DenseHeader) -> Result<Dense, ModelError> {
        let (input, output) = (layer.input as usize, layer.output as usize);
        let published = self.section(layer.weights, input * output)?;
        let biases = self.section(layer.biases, 8 * output)?;
        let zero = i16::from(layer.zero_point);
        let weights = (0..output)
            .flat_map(|o| (0..input).map(move |i| i16::from(published[i * output + o]) - zero))
            .collect();
        Ok(Dense {
            input,
            output,
            weights,
            biases: biases.as_chunks().0.iter().map(|b| i64::from_le_bytes(*b)).collect(),
            multiplier: layer.multiplier,
            shift: u32::from(layer.shift),
            relu: layer.relu,
        })
    }

    /// Where a section lies in [`Self::into_bytes`].
    ///
    /// # Errors
    /// [`ModelError::Header`]; never for a section of a parsed file's own header.
    pub fn range(&self, section: Section) -> Result<Range<usize>, ModelError> {
        let ends = self.bytes.len() - DIGEST;
        let start = self.data_start.checked_add(section.0 as usize).ok_or(ModelError::Header)?;
        let end = start.checked_add(section.1 as usize).ok_or(ModelError::Header)?;
        if end <= ends { Ok(start..end) } else { Err(ModelError::Header) }
    }

    /// The whole file, so that weights can be used where they are.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    fn section(&self, section: Section, expected: usize) -> Result<&[u8], ModelError> {
        let bytes = self.bytes.get(self.range(section)?).ok_or(ModelError::Header)?;
        if bytes.len() == expected { Ok(bytes) } else { Err(ModelError::Header) }
    }

    /// Checks that the layers fit together and that no sum can leave 32 bits.
    fn check(&self) -> Result<(), ModelError> {
        let h = &self.header;
        let ensure = |ok: bool| if ok { Ok(()) } else { Err(ModelError::Header) };
        ensure(h.classes.iter().map(String::as_str).eq(CLASSES))?;
        ensure(!h.blocks.is_empty() && h.blocks.len() <= MAX_BLOCKS)?;
        ensure(!h.dense.is_empty() && h.dense.len() <= MAX_DENSE)?;

        let ends = [0, 255].map(|p| i32::from(h.input_scale) * p + i32::from(h.input_offset));
        let fits = |value: i32| value.abs() <= i32::from(i16::MAX);
        // The product before the addition, too: both are made in 16 bits.
        ensure(fits(255 * i32::from(h.input_scale)) && ends.into_iter().all(fits))?;

        self.check_conv(&h.stem, ConvKind::Full3x3, 3, (ends[0].min(ends[1]), ends[0].max(ends[1])))?;
        ensure(h.stem.stride == 2)?;
        let mut side = INPUT_SIDE / 2;
        let mut stream = &h.stem;
        for (index, block) in h.blocks.iter().enumerate() {
            // Only the first block takes the first convolution's output as it is.
            ensure(block.expand.is_some() == (index > 0))?;
            let mut wide = stream;
            if let Some(expand) = &block.expand {
                self.check_conv(expand, ConvKind::Pointwise, wide.output, range(wide))?;
                wide = expand;
            }
            self.check_conv(&block.depthwise, ConvKind::Depthwise3x3, wide.output, range(wide))?;
            let filtered = &block.depthwise;
            self.check_conv(&block.project, ConvKind::Pointwise, filtered.output, range(filtered))?;
            if block.depthwise.stride == 2 {
                ensure(side.is_multiple_of(2))?;
                side /= 2;
            }
            if block.residual {
                // The two addends share one grid, so the sum is a plain saturating addition.
                ensure(block.depthwise.stride == 1 && stream.output == block.project.output)?;
                ensure((stream.min, stream.max) == (block.project.min, block.project.max))?;
            }
            stream = &block.project;
        }
        self.check_conv(&h.head, ConvKind::Pointwise, stream.output, range(stream))?;

        let pooled = u64::from(peak(range(&h.head))) * (side * side) as u64;
        ensure(pooled < 1 << 31)?;
        let mut width = h.head.output;
        for layer in &h.dense {
            ensure(layer.input == width && (1..=MAX_CHANNELS).contains(&(layer.output as usize)))?;
            ensure(layer.multiplier > 0 && (1..=62).contains(&layer.shift))?;
            let biases = self.dense(layer)?.biases;
            // 2³¹ · 255 · 4096 < 2⁵²: with such a bias no 64-bit sum can overflow.
            ensure(biases.iter().all(|b| b.unsigned_abs() < 1 << 52))?;
            width = layer.output;
        }
        ensure(width as usize == CLASS_COUNT)
    }

    fn check_conv(
        &self,
        layer: &ConvHeader,
        kind: ConvKind,
        input: u32,
        input_range: (i32, i32),
    ) -> Result<(), ModelError> {
        let ensure = |ok: bool| if ok { Ok(()) } else { Err(ModelError::Header) };
        let group = CHANNEL_GROUP as u32;
        ensure(layer.input == input && (1..=MAX_CHANNELS).contains(&(layer.input as usize)))?;
        ensure((1..=MAX_CHANNELS).contains(&(layer.output as usize)) && layer.output.is_multiple_of(group))?;
        ensure(layer.stride == 1 || (layer.stride == 2 && kind != ConvKind::Pointwise))?;
        ensure(kind != ConvKind::Depthwise3x3 || layer.input == layer.output)?;
        ensure(layer.min <= 0 && layer.max > 0)?;
        if kind == ConvKind::Pointwise {
            ensure(layer.input.is_multiple_of(group))?;
            ensure(input_range.1.abs_diff(input_range.0) <= MAX_SPAN)?;
        }
        // The first layer's range was checked to fit, and the others are made of 16-bit numbers.
        let conv = self.conv(layer, kind, input_range.0 as i16)?;

        let input_peak = u64::from(peak(input_range));
        let bounds: Vec<u64> = conv.weight_sums().iter().map(|sum| u64::from(*sum) * input_peak).collect();
        let fits = match &conv.requant {
            Requant::PowerOfTwo { biases, shift } => {
                ensure(*shift <= u32::from(MAX_RIGHT_SHIFT))?;
                bounds.iter().zip(biases).all(|(sum, bias)| sum + u64::from(bias.unsigned_abs()) < 1 << 31)
            }
            Requant::FixedPoint { biases, shift, .. } => {
                ensure(*shift <= 8)?;
                // With a product below 2⁶² such a bias leaves room in 64 bits, and the result's upper half in 32.
                ensure(biases.iter().all(|b| b.unsigned_abs() < 1 << 61))?;
                bounds.iter().all(|sum| sum << shift < 1 << 31)
            }
        };
        if fits { Ok(()) } else { Err(ModelError::Overflow) }
    }
}

/// What a layer can put out.
fn range(layer: &ConvHeader) -> (i32, i32) {
    (i32::from(layer.min), i32::from(layer.max))
}

/// Largest magnitude in a range.
fn peak((min, max): (i32, i32)) -> u32 {
    min.unsigned_abs().max(max.unsigned_abs())
}

fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}
