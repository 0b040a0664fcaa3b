//! The `mid` model as ONNX, for the benchmark's peer: the published weights as floats, operation for operation.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use prost::Message;
use serde::Deserialize;

/// Width and height of the input.
const SIZE: usize = 224;
const INPUT: &str = "input";
/// 8 goes with operator set 17.
const IR_VERSION: i64 = 8;
const OPERATOR_SET: i64 = 17;

/// What `extract-model.mjs` writes.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Published {
    tensors: HashMap<String, Weights>,
    input_scale: f32,
    input_shift: f32,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Weights {
    shape: Vec<usize>,
    offset: usize,
    length: usize,
    min: f32,
    scale: f32,
}

#[derive(Deserialize)]
struct Step {
    kind: String,
    input: String,
    output: String,
    other: Option<String>,
    stride: Option<usize>,
    weights: Option<String>,
    bias: Option<String>,
    activation: Option<String>,
}

/// A model as ONNX.
pub struct Onnx {
    pub file: Vec<u8>,
    /// Of a weight with an activation, for one picture.
    pub multiply_adds: usize,
}

/// Converts what `extract-model.mjs` wrote into `folder`; graph models only.
pub fn convert(folder: &Path) -> Result<Onnx> {
    let steps = std::fs::read(folder.join("steps.json")).context("reading the model's steps")?;
    let published: Published = serde_json::from_slice(&steps).context("parsing the model's steps")?;
    let bytes = std::fs::read(folder.join("weights.bin")).context("reading the model's weights")?;
    let mut converter = Converter {
        published: &published,
        bytes: &bytes,
        graph: proto::Graph { name: "mid".into(), ..Default::default() },
        values: HashMap::new(),
        multiply_adds: 0,
    };
    converter.graph()?;
    let Converter { graph, multiply_adds, .. } = converter;
    let model = proto::Model {
        ir_version: IR_VERSION,
        producer_name: "pausepoint".into(),
        graph: Some(graph),
        opset_import: vec![proto::OperatorSet { version: OPERATOR_SET }],
    };
    Ok(Onnx { file: model.encode_to_vec(), multiply_adds })
}

/// What stands for an output of the published graph: its name here, and its width and height.
#[derive(Clone)]
struct Value {
    name: String,
    size: usize,
}

struct Converter<'a> {
    published: &'a Published,
    bytes: &'a [u8],
    graph: proto::Graph,
    values: HashMap<&'a str, Value>,
    multiply_adds: usize,
}

impl<'a> Converter<'a> {
    fn graph(&mut self) -> Result<()> {
        let published = self.published;
        self.graph.input.push(proto::ValueInfo::float(INPUT, &[1, 3, SIZE, SIZE]));
        self.constant("scale", &[], &[published.input_scale]);
        self.constant("shift", &[], &[published.input_shift]);
        self.constant("zero", &[], &[0.0]);
        self.constant("six", &[], &[6.0]);
        let scaled = self.node("Mul", &[INPUT, "scale"], &[]);
        let picture = self.node("Add", &[&scaled, "shift"], &[]);
        let first = published.steps.first().context("a model without steps")?;
        self.values.insert(&first.input, Value { name: picture, size: SIZE });

        for step in &published.steps {
            let input = self.value(&step.input)?;
            let output = match step.kind.as_str() {
                "conv" => self.conv(step, &input, false)?,
                "depthwise" => self.conv(step, &input, true)?,
                "add" => {
                    let other = self.value(step.other.as_deref().context("an addition of one")?)?;
                    Value { name: self.node("Add", &[&input.name, &other.name], &[]), size: input.size }
                }
                "pool" => Value { name: self.node("GlobalAveragePool", &[&input.name], &[]), size: 1 },
                "alias" => input,
                "dense" => self.dense(step, &input)?,
                other => bail!("{}: no operation {other}", step.output),
            };
            self.values.insert(&step.output, output);
        }

        let last = published.steps.last().map(|step| self.value(&step.output)).context("no last step")??;
        let output = self.node("Softmax", &[&last.name], &[]);
        self.graph
            .output
            .push(proto::ValueInfo::float(&output, &[1, pausepoint::classify::model::CLASSES.len()]));
        Ok(())
    }

    fn conv(&mut self, step: &'a Step, input: &Value, depthwise: bool) -> Result<Value> {
        let (shape, hwio) = self.weights(step.weights.as_deref())?;
        let [height, width, inputs, last] = shape[..] else { bail!("{}: not four axes", step.output) };
        ensure!(height == width && height % 2 == 1, "{}: a kernel without centre", step.output);
        // A depthwise kernel is one input channel for each output channel; its last axis multiplies channels.
        let (outputs, per_output) = if depthwise { (inputs * last, 1) } else { (last, inputs) };
        ensure!(!depthwise || last == 1, "{}: more outputs than channels", step.output);
        let mut oihw = vec![0.0; hwio.len()];
        for (at, weight) in hwio.into_iter().enumerate() {
            let (position, channels) = (at / (inputs * last), at % (inputs * last));
            let (i, o) = if depthwise { (0, channels) } else { (channels / last, channels % last) };
            oihw[(o * per_output + i) * height * width + position] = weight;
        }
        let weights = format!("{}.weights", self.next_name());
        self.constant(&weights, &[outputs, per_output, height, width], &oihw);
        let (shape, bias) = self.weights(step.bias.as_deref())?;
        ensure!(shape == [outputs], "{}: another number of biases than of channels", step.output);
        let biases = format!("{}.biases", self.next_name());
        self.constant(&biases, &[outputs], &bias);

        // TensorFlow's SAME: as many outputs as strides fit, and what padding is uneven goes to the bottom and right.
        let stride = step.stride.context("a convolution without stride")?;
        let size = input.size.div_ceil(stride);
        let padding = ((size - 1) * stride + height).saturating_sub(input.size);
        let (before, after) = (padding / 2, padding - padding / 2);
        let group = if depthwise { outputs } else { 1 };
        let output = self.node(
            "Conv",
            &[&input.name, &weights, &biases],
            &[
                ("strides", proto::Attribute::ints(&[stride, stride])),
                ("pads", proto::Attribute::ints(&[before, before, after, after])),
                ("group", proto::Attribute::int(group)),
            ],
        );
        self.multiply_adds += size * size * oihw.len();
        let name = match step.activation.as_deref() {
            Some("relu6") => self.node("Clip", &[&output, "zero", "six"], &[]),
            _ => output,
        };
        Ok(Value { name, size })
    }

    fn dense(&mut self, step: &'a Step, input: &Value) -> Result<Value> {
        let (shape, matrix) = self.weights(step.weights.as_deref())?;
        let weights = format!("{}.weights", self.next_name());
        self.constant(&weights, &shape, &matrix);
        let (shape, bias) = self.weights(step.bias.as_deref())?;
        let biases = format!("{}.biases", self.next_name());
        self.constant(&biases, &shape, &bias);
        self.multiply_adds += matrix.len();
        let flat = self.node("Flatten", &[&input.name], &[]);
        Ok(Value { name: self.node("Gemm", &[&flat, &weights, &biases], &[]), size: 1 })
    }

    /// Appends an operation and gives the name of its output.
    fn node(&mut self, operation: &str, input: &[&str], attributes: &[(&str, proto::Attribute)]) -> String {
        let output = self.next_name();
        self.graph.node.push(proto::Node {
            input: input.iter().map(ToString::to_string).collect(),
            output: vec![output.clone()],
            name: output.clone(),
            op_type: operation.into(),
            attribute: attributes
                .iter()
                .map(|(name, attribute)| proto::Attribute { name: (*name).into(), ..attribute.clone() })
                .collect(),
        });
        output
    }

    fn next_name(&self) -> String {
        format!("n{}", self.graph.node.len())
    }

    fn constant(&mut self, name: &str, shape: &[usize], values: &[f32]) {
        self.graph.initializer.push(proto::Tensor {
            dims: dims(shape),
            data_type: proto::FLOAT,
            name: name.into(),
            raw_data: values.iter().flat_map(|value| value.to_le_bytes()).collect(),
        });
    }

    fn value(&self, name: &str) -> Result<Value> {
        self.values.get(name).cloned().with_context(|| format!("{name} is used before it is made"))
    }

    fn weights(&self, name: Option<&str>) -> Result<(Vec<usize>, Vec<f32>)> {
        let name = name.context("a layer without weights")?;
        let Weights { shape, offset, length, min, scale } =
            self.published.tensors.get(name).with_context(|| format!("no tensor {name}"))?;
        let q = self.bytes.get(*offset..offset + length).context("weights end early")?;
        Ok((shape.clone(), q.iter().map(|q| min + scale * f32::from(*q)).collect()))
    }
}

fn dims(shape: &[usize]) -> Vec<i64> {
    shape.iter().map(|axis| *axis as i64).collect()
}

/// The few messages of `onnx.proto` that are needed.
mod proto {
    use prost::Message;

    /// `TensorProto.DataType`.
    pub const FLOAT: i32 = 1;
    /// `AttributeProto.AttributeType`.
    const INT: i32 = 2;
    const INTS: i32 = 7;

    #[derive(Clone, PartialEq, Message)]
    pub struct Model {
        #[prost(int64, tag = "1")]
        pub ir_version: i64,
        #[prost(string, tag = "2")]
        pub producer_name: String,
        #[prost(message, optional, tag = "7")]
        pub graph: Option<Graph>,
        #[prost(message, repeated, tag = "8")]
        pub opset_import: Vec<OperatorSet>,
    }

    #[derive(Clone, PartialEq, Message)]
    pub struct OperatorSet {
        #[prost(int64, tag = "2")]
        pub version: i64,
    }

    #[derive(Clone, PartialEq, Message)]
    pub struct Graph {
        #[prost(message, repeated, tag = "1")]
        pub node: Vec<Node>,
        #[prost(string, tag = "2")]
        pub name: String,
        #[prost(message, repeated, tag = "5")]
        pub initializer: Vec<Tensor>,
        #[prost(message, repeated, tag = "11")]
        pub input: Vec<ValueInfo>,
        #[prost(message, repeated, tag = "12")]
        pub output: Vec<ValueInfo>,
    }

    #[derive(Clone, PartialEq, Message)]
    pub struct Node {
        #[prost(string, repeated, tag = "1")]
        pub input: Vec<String>,
        #[prost(string, repeated, tag = "2")]
        pub output: Vec<String>,
        #[prost(string, tag = "3")]
        pub name: String,
        #[prost(string, tag = "4")]
        pub op_type: String,
        #[prost(message, repeated, tag = "5")]
        pub attribute: Vec<Attribute>,
    }

    #[derive(Clone, PartialEq, Message)]
    pub struct Attribute {
        #[prost(string, tag = "1")]
        pub name: String,
        #[prost(int64, optional, tag = "3")]
        pub i: Option<i64>,
        #[prost(int64, repeated, packed = "false", tag = "8")]
        pub ints: Vec<i64>,
        #[prost(int32, tag = "20")]
        pub r#type: i32,
    }

    impl Attribute {
        pub fn int(value: usize) -> Self {
            Self { i: Some(value as i64), r#type: INT, ..Default::default() }
        }

        pub fn ints(values: &[usize]) -> Self {
            Self { ints: super::dims(values), r#type: INTS, ..Default::default() }
        }
    }

    #[derive(Clone, PartialEq, Message)]
    pub struct Tensor {
        #[prost(int64, repeated, packed = "false", tag = "1")]
        pub dims: Vec<i64>,
        #[prost(int32, tag = "2")]
        pub data_type: i32,
        #[prost(string, tag = "8")]
        pub name: String,
        #[prost(bytes = "vec", tag = "9")]
        pub raw_data: Vec<u8>,
    }

    #[derive(Clone, PartialEq, Message)]
    pub struct ValueInfo {
        #[prost(string, tag = "1")]
        pub name: String,
        #[prost(message, optional, tag = "2")]
        pub r#type: Option<Type>,
    }

    impl ValueInfo {
        pub fn float(name: &str, shape: &[usize]) -> Self {
            let dim = super::dims(shape).into_iter().map(|dim_value| Dimension { dim_value }).collect();
            let tensor_type = TensorType { elem_type: FLOAT, shape: Some(Shape { dim }) };
            Self { name: name.into(), r#type: Some(Type { tensor_type: Some(tensor_type) }) }
        }
    }

    #[derive(Clone, PartialEq, Message)]
    pub struct Type {
        #[prost(message, optional, tag = "1")]
        pub tensor_type: Option<TensorType>,
    }

    #[derive(Clone, PartialEq, Message)]
    pub struct TensorType {
        #[prost(int32, tag = "1")]
        pub elem_type: i32,
        #[prost(message, optional, tag = "2")]
        pub shape: Option<Shape>,
    }

    #[derive(Clone, PartialEq, Message)]
    pub struct Shape {
        #[prost(message, repeated, tag = "1")]
        pub dim: Vec<Dimension>,
    }

    #[derive(Clone, PartialEq, Message)]
    pub struct Dimension {
        #[prost(int64, tag = "1")]
        pub dim_value: i64,
    }
}
