//! From the published weights to a model file.
//!
//! The weights keep their bytes. What is computed here is only how sums become outputs: batch normalisation folds into
//! a multiplier and a bias per channel, and every scale into the multipliers.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use pausepoint::classify::layer::pointwise_index;
use pausepoint::classify::model::{
    BlockHeader, CLASSES, ConvHeader, DenseHeader, Header, MAX_RIGHT_SHIFT, ModelFile, RequantHeader, Section,
};
use serde::Deserialize;

/// ReLU6 outputs have up to 14 bits: 0…16383 stands for 0…6. So have linear outputs and residual sums, in steps of
/// 1/64, so ±128; the largest seen over 168 pictures is 66 in either model (`tests/oracle/nsfwjs.mjs ranges`). Fourteen
/// bits are two limbs of seven, which the dot products of relaxed SIMD multiply exactly.
const ACTIVATION_MAX: f64 = 16383.0;
const SIX: f64 = 6.0;
const RELU6_STEP: f64 = SIX / ACTIVATION_MAX;
const LINEAR_STEP: f64 = 1.0 / 64.0;
const LINEAR_RANGE: (i16, i16) = (-8192, 8191);
/// A pixel is an integer of 1/255.
const INPUT_STEP: f64 = 1.0 / 255.0;
/// The pool's output stays a sum.
const POOL_PIXELS: f64 = 49.0;
/// Outputs of fully connected layers, logits included.
const DENSE_STEP: f64 = 1.0 / 65536.0;

#[derive(Deserialize)]
struct Tensor {
    shape: Vec<usize>,
    offset: usize,
    length: usize,
    min: f64,
    scale: f64,
}

#[derive(Deserialize)]
struct Norm {
    gamma: String,
    beta: String,
    mean: String,
    variance: String,
    epsilon: f64,
}

#[derive(Deserialize)]
struct Step {
    kind: String,
    input: String,
    output: String,
    other: Option<String>,
    stride: Option<u32>,
    weights: Option<String>,
    bias: Option<String>,
    norm: Option<Norm>,
    activation: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Published {
    tensors: HashMap<String, Tensor>,
    input_scale: f64,
    input_shift: f64,
    steps: Vec<Step>,
}

/// What the model file says of itself.
pub struct Origin<'a> {
    pub name: &'a str,
    pub source: String,
    pub licence: String,
}

/// Converts what `extract-model.mjs` wrote into `folder`.
pub fn convert(folder: &Path, origin: &Origin<'_>) -> Result<Vec<u8>> {
    let steps = std::fs::read(folder.join("steps.json")).context("reading the model's steps")?;
    let published: Published = serde_json::from_slice(&steps).context("parsing the model's steps")?;
    let bytes = std::fs::read(folder.join("weights.bin")).context("reading the model's weights")?;
    let mut converter = Converter { published: &published, bytes: &bytes, data: Vec::new() };
    let header = converter.header(origin)?;
    let file = ModelFile::encode(&header, &converter.data);
    ModelFile::parse(file.clone()).context("the converted model does not load")?;
    Ok(file)
}

struct Requantised {
    requant: RequantHeader,
    output_step: f64,
    min: i16,
    max: i16,
}

struct Converter<'a> {
    published: &'a Published,
    bytes: &'a [u8],
    data: Vec<u8>,
}

impl<'a> Converter<'a> {
    fn header(&mut self, origin: &Origin<'_>) -> Result<Header> {
        let published = self.published;
        // Renamings (padding, flattening, dropout) do nothing to the numbers.
        let mut alias: HashMap<&str, &str> = HashMap::new();
        let mut steps = Vec::new();
        for step in &published.steps {
            if step.kind == "alias" {
                let source = alias.get(step.input.as_str()).copied().unwrap_or(&step.input);
                alias.insert(&step.output, source);
            } else {
                steps.push(step);
            }
        }
        let follows = |step: &Step, source: &str| {
            let input = alias.get(step.input.as_str()).copied().unwrap_or(&step.input);
            ensure!(input == source, "{} does not follow {source}", step.output);
            Ok(())
        };

        let mut steps = steps.into_iter().peekable();
        let mut next = |kind: &str| -> Result<Option<&Step>> { Ok(steps.next_if(|s| s.kind == kind)) };

        let stem_step = next("conv")?.context("no first convolution")?;
        let (stem, mut stream_grid) = self.conv(stem_step, INPUT_STEP, "relu6")?;
        let mut blocks = Vec::new();
        let mut stream = stem_step.output.as_str();
        let head_step = loop {
            let block_input = stream;
            let widened = next("conv")?;
            if let Some(step) = widened {
                follows(step, stream)?;
                stream = &step.output;
            }
            let Some(depthwise) = next("depthwise")? else {
                break widened.context("no last convolution")?;
            };
            follows(depthwise, stream)?;
            let project_step = next("conv")?.context("a block ends early")?;
            follows(project_step, &depthwise.output)?;
            stream = &project_step.output;
            let residual = next("add")?;
            if let Some(add) = residual {
                let mut sources = [add.input.as_str(), add.other.as_deref().unwrap_or_default()];
                let mut expected = [block_input, stream];
                sources.sort_unstable();
                expected.sort_unstable();
                ensure!(sources == expected, "{} does not add its block's two ends", add.output);
                stream = &add.output;
            }
            let (expand, wide_grid) = match widened {
                Some(step) => {
                    let (layer, grid) = self.conv(step, stream_grid, "relu6")?;
                    (Some(layer), grid)
                }
                None => (None, stream_grid),
            };
            let (depthwise, filtered_grid) = self.conv(depthwise, wide_grid, "relu6")?;
            let project;
            (project, stream_grid) = self.conv(project_step, filtered_grid, "linear")?;
            blocks.push(BlockHeader { expand, depthwise, project, residual: residual.is_some() });
        };
        let (head, head_grid) = self.conv(head_step, stream_grid, "relu6")?;
        let pool = next("pool")?.context("no average pool")?;
        follows(pool, &head_step.output)?;

        let mut dense = Vec::new();
        let mut source = pool.output.as_str();
        let mut input_step = head_grid / POOL_PIXELS;
        while let Some(step) = next("dense")? {
            follows(step, source)?;
            dense.push(self.dense(step, input_step)?);
            source = &step.output;
            input_step = DENSE_STEP;
        }
        ensure!(steps.next().is_none(), "operations are left over behind the last layer");

        // scale · p / 255 + shift, in units of 1/255.
        let (scale, offset) = (published.input_scale, published.input_shift * 255.0);
        ensure!(scale.fract() == 0.0 && offset.fract() == 0.0, "the input is not on whole steps");
        Ok(Header {
            name: origin.name.into(),
            source: origin.source.clone(),
            licence: origin.licence.clone(),
            classes: CLASSES.map(String::from).to_vec(),
            input_scale: scale as i16,
            input_offset: offset as i16,
            stem,
            blocks,
            head,
            dense,
        })
    }

    /// One convolution over inputs in steps of `input_step`, and the step of its outputs.
    fn conv(&mut self, step: &Step, input_step: f64, activation: &str) -> Result<(ConvHeader, f64)> {
        ensure!(step.activation.as_deref() == Some(activation), "{}: not {activation}", step.output);
        let (tensor, q) = self.tensor(step.weights.as_deref())?;
        let zero_point = zero_point(tensor)?;
        let (input, output) = match (step.kind.as_str(), tensor.shape.as_slice()) {
            ("conv", [1, 1, i, o] | [3, 3, i, o]) => (*i, *o),
            ("depthwise", [3, 3, c, 1]) => (*c, *c),
            _ => bail!("{}: weights of a shape that is not known", step.output),
        };
        let sum_step = tensor.scale * input_step;

        let requantised = match (&step.norm, &step.bias) {
            (None, Some(bias)) if activation == "relu6" => {
                let offsets = self.values(Some(bias))?;
                ensure!(offsets.len() == output, "{}: wrong number of channels", step.output);
                self.power_of_two(&offsets, sum_step)?
            }
            (None, Some(bias)) => {
                let offsets = self.values(Some(bias))?;
                self.fixed_point(&vec![1.0; output], &offsets, sum_step, activation)?
            }
            (Some(norm), None) => {
                let [gamma, beta, mean, variance] =
                    [&norm.gamma, &norm.beta, &norm.mean, &norm.variance].map(|name| self.values(Some(name)));
                let (gamma, beta, mean, variance) = (gamma?, beta?, mean?, variance?);
                let gains: Vec<f64> =
                    gamma.iter().zip(&variance).map(|(g, v)| g / (v + norm.epsilon).sqrt()).collect();
                let offsets: Vec<f64> = (0..output).map(|c| beta[c] - mean[c] * gains[c]).collect();
                self.fixed_point(&gains, &offsets, sum_step, activation)?
            }
            _ => bail!("{}: neither a bias nor a batch normalisation", step.output),
        };
        let Requantised { requant, output_step, min, max } = requantised;

        let mut weights = vec![0; q.len()];
        let blocked = tensor.shape[..2] == [1, 1];
        for (at, value) in q.iter().enumerate() {
            let place = if blocked { pointwise_index(input, at / output, at % output) } else { at };
            weights[place] = signed(*value).cast_unsigned();
        }
        let header = ConvHeader {
            input: input as u32,
            output: output as u32,
            stride: step.stride.context("a convolution without stride")?,
            zero_point: signed(zero_point),
            min,
            max,
            weights: self.store(&weights),
            requant,
        };
        Ok((header, output_step))
    }

    /// Where one step of the sums serves every channel and six is the largest output, the output's step is free: the
    /// sums' own times a power of two, the finest that 14 bits hold.
    fn power_of_two(&mut self, offsets: &[f64], sum_step: f64) -> Result<Requantised> {
        let shift = (0..=MAX_RIGHT_SHIFT)
            .find(|s| SIX / (sum_step * f64::from(1 << s)) <= ACTIVATION_MAX)
            .context("the sums are too fine for their output")?;
        let output_step = sum_step * f64::from(1 << shift);
        let half = f64::from((1 << shift) / 2);
        let biases = offsets.iter().map(|o| (o / sum_step + half).round() as i32);
        Ok(Requantised {
            requant: RequantHeader::PowerOfTwo {
                biases: self.store(&biases.flat_map(i32::to_le_bytes).collect::<Vec<_>>()),
                shift,
            },
            output_step,
            min: 0,
            max: (SIX / output_step).round() as i16,
        })
    }

    /// Real output of a channel = gain · sum · `sum_step` + offset.
    fn fixed_point(
        &mut self,
        gains: &[f64],
        offsets: &[f64],
        sum_step: f64,
        activation: &str,
    ) -> Result<Requantised> {
        ensure!(gains.len() == offsets.len(), "wrong number of channels");
        let (output_step, (min, max)) = match activation {
            "relu6" => (RELU6_STEP, (0, ACTIVATION_MAX as i16)),
            _ => (LINEAR_STEP, LINEAR_RANGE),
        };
        let ratios: Vec<f64> = gains.iter().map(|g| g * sum_step / output_step).collect();
        let largest = ratios.iter().map(|r| r.abs()).fold(0.0, f64::max);
        let shift = (0..=8).find(|s| largest / f64::from(1 << s) < 0.5).context("output grid too fine")?;
        let multipliers = ratios.iter().map(|r| (r / f64::from(1 << shift) * 2f64.powi(32)).round() as i32);
        let biases = offsets.iter().map(|o| (o / output_step * 2f64.powi(32)).round() as i64);
        Ok(Requantised {
            requant: RequantHeader::FixedPoint {
                biases: self.store(&biases.flat_map(i64::to_le_bytes).collect::<Vec<_>>()),
                multipliers: self.store(&multipliers.flat_map(i32::to_le_bytes).collect::<Vec<_>>()),
                shift: shift as u8,
            },
            output_step,
            min,
            max,
        })
    }

    fn dense(&mut self, step: &Step, input_step: f64) -> Result<DenseHeader> {
        let (tensor, q) = self.tensor(step.weights.as_deref())?;
        let [input, output] = tensor.shape[..] else { bail!("{}: not a matrix", step.output) };
        let zero_point = zero_point(tensor)?;
        let sum_step = tensor.scale * input_step;
        let offsets = self.values(step.bias.as_deref())?;
        ensure!(offsets.len() == output, "{}: wrong number of biases", step.output);
        let biases: Vec<u8> =
            offsets.iter().flat_map(|b| ((b / sum_step).round() as i64).to_le_bytes()).collect();
        // 31 significant bits.
        let ratio = sum_step / DENSE_STEP;
        let shift = (1..=62)
            .rev()
            .find(|s| ratio * 2f64.powi(*s) < 2f64.powi(31))
            .context("output grid of a fully connected layer is too fine")?;
        Ok(DenseHeader {
            input: input as u32,
            output: output as u32,
            zero_point,
            relu: step.activation.as_deref() == Some("relu"),
            multiplier: (ratio * 2f64.powi(shift)).round() as i32,
            shift: shift as u8,
            weights: self.store(q),
            biases: self.store(&biases),
        })
    }

    fn tensor(&self, name: Option<&str>) -> Result<(&'a Tensor, &'a [u8])> {
        let (published, bytes) = (self.published, self.bytes);
        let name = name.context("a layer without weights")?;
        let tensor = published.tensors.get(name).with_context(|| format!("no tensor {name}"))?;
        let bytes = bytes.get(tensor.offset..tensor.offset + tensor.length).context("weights end early")?;
        Ok((tensor, bytes))
    }

    fn values(&self, name: Option<&str>) -> Result<Vec<f64>> {
        let (tensor, q) = self.tensor(name)?;
        Ok(q.iter().map(|q| tensor.min + tensor.scale * f64::from(*q)).collect())
    }

    /// Appends to the data section, aligned to eight bytes.
    fn store(&mut self, bytes: &[u8]) -> Section {
        self.data.resize(self.data.len().next_multiple_of(8), 0);
        let section = Section(self.data.len() as u32, bytes.len() as u32);
        self.data.extend_from_slice(bytes);
        section
    }
}

/// `q − 128`.
fn signed(q: u8) -> i8 {
    (q ^ 0x80).cast_signed()
}

/// The byte that stands for weight zero. The published grids are laid so that there is one.
fn zero_point(tensor: &Tensor) -> Result<u8> {
    let exact = -tensor.min / tensor.scale;
    let rounded = exact.round();
    ensure!((0.0..=255.0).contains(&rounded) && (exact - rounded).abs() < 1e-4, "a weight grid without zero");
    Ok(rounded as u8)
}
