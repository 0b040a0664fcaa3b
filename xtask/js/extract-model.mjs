// Reads a model out of the npm package nsfwjs and writes it in one neutral form, whatever format it is published in
// (TensorFlow.js graph model, or Keras layers model): steps in order, and the bytes of the weights.
//
//   node extract-model.mjs MODEL_FOLDER OUT_FOLDER   writes OUT_FOLDER/steps.json and OUT_FOLDER/weights.bin
//
// It only names and reorders; numbers are converted by `xtask/src/convert.rs`.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, out] = process.argv.slice(2).map((p) => resolve(p));

const load = async (name) => {
  const module = await import(pathToFileURL(join(folder, name)));
  return module.default.default ?? module.default;
};

const files = readdirSync(folder).sort();
const shards = files.filter((f) => /^group1-shard\d+of\d+\.min\.js$/.test(f));
const model = await load('model.min.js');
const group = model.weightsManifest.flatMap((g) => g.weights);
const expected = model.weightsManifest.flatMap((g) => g.paths).map((p) => `${p}.min.js`);
if (JSON.stringify(expected) !== JSON.stringify(shards)) throw new Error('the weight shards are not those of the manifest');
const weights = Buffer.concat(await Promise.all(shards.map(async (f) => Buffer.from(await load(f), 'base64'))));

const tensors = {};
let offset = 0;
for (const { name, shape, dtype, quantization } of group) {
  const length = shape.reduce((a, b) => a * b, 1);
  if (dtype !== 'float32' || quantization?.dtype !== 'uint8') throw new Error(`${name}: not an 8-bit tensor`);
  tensors[name] = { shape, offset, length, min: quantization.min, scale: quantization.scale };
  offset += length;
}
if (offset !== weights.length) throw new Error('the weights are longer or shorter than the manifest says');

const steps = model.format === 'graph-model' ? graphSteps(model.modelTopology.node) : layerSteps(model.modelTopology);
mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'steps.json'), JSON.stringify({ tensors, ...steps }));
writeFileSync(join(out, 'weights.bin'), weights);

function graphSteps(nodes) {
  const strides = (n) => Number(n.attr.strides.list.i[1]);
  const fused = (n) => (n.attr.fused_ops?.list.s ?? []).map((s) => Buffer.from(s, 'base64').toString());
  const activation = (n) => (fused(n).includes('Relu6') ? 'relu6' : 'linear');
  const steps = [];
  let scale = 1;
  let shift = 0;
  for (const node of nodes) {
    const [input, second, third] = node.input ?? [];
    const step = { input, output: node.name };
    const constant = (name) => {
      const t = tensors[name];
      return t.min + t.scale * weights[t.offset];
    };
    if (node.op === 'Const' || node.op === 'Placeholder' || node.op === 'Identity' || node.op === 'Softmax') continue;
    else if (node.op === 'Mul') scale = constant(input);
    else if (node.op === 'Sub') shift = -constant(second);
    else if (node.op === '_FusedConv2D') steps.push({ ...step, kind: 'conv', stride: strides(node), weights: second, bias: third, activation: activation(node) });
    else if (node.op === 'FusedDepthwiseConv2dNative') steps.push({ ...step, kind: 'depthwise', stride: strides(node), weights: second, bias: third, activation: activation(node) });
    else if (node.op === 'AddV2') steps.push({ ...step, kind: 'add', other: second });
    else if (node.op === 'AvgPool') steps.push({ ...step, kind: 'pool' });
    else if (node.op === 'Squeeze') steps.push({ ...step, kind: 'alias' });
    else if (node.op === '_FusedMatMul') steps.push({ ...step, kind: 'dense', weights: second, bias: third, activation: 'linear' });
    else throw new Error(`operation ${node.op} is not known`);
  }
  // A picture enters as scale · (p / 255) + shift.
  return { inputScale: scale, inputShift: shift, steps };
}

function layerSteps({ model_config: { config } }) {
  const steps = [];
  const source = (layer) => layer.inbound_nodes[0].map((n) => n[0]);
  for (const layer of config.layers) {
    const { class_name: kind, config: c } = layer;
    if (kind === 'InputLayer') continue;
    const [input, other] = source(layer);
    const step = { input, output: c.name };
    const last = steps.at(-1);
    if (kind === 'Conv2D') steps.push({ ...step, kind: 'conv', stride: c.strides[0], weights: `${c.name}/kernel`, activation: 'linear' });
    else if (kind === 'DepthwiseConv2D') steps.push({ ...step, kind: 'depthwise', stride: c.strides[0], weights: `${c.name}/depthwise_kernel`, activation: 'linear' });
    else if (kind === 'BatchNormalization') {
      if (last.output !== input) throw new Error(`${c.name} does not follow its convolution`);
      const part = (p) => `${c.name}/${p}`;
      last.norm = { gamma: part('gamma'), beta: part('beta'), mean: part('moving_mean'), variance: part('moving_variance'), epsilon: c.epsilon };
      last.output = c.name;
    } else if (kind === 'ReLU') {
      if (last.output !== input || c.max_value !== 6) throw new Error(`${c.name} is not a ReLU6 behind its convolution`);
      last.activation = 'relu6';
      last.output = c.name;
    } else if (kind === 'Add') steps.push({ ...step, kind: 'add', other });
    else if (kind === 'AveragePooling2D') steps.push({ ...step, kind: 'pool' });
    else if (kind === 'Dense') steps.push({ ...step, kind: 'dense', weights: `${c.name}/kernel`, bias: `${c.name}/bias`, activation: c.activation === 'relu' ? 'relu' : 'linear' });
    else if (kind === 'ZeroPadding2D') {
      if (JSON.stringify(c.padding) !== '[[0,1],[0,1]]') throw new Error(`${c.name}: padding is not at the bottom and right`);
      steps.push({ ...step, kind: 'alias' });
    } else if (kind === 'Flatten' || kind === 'Dropout') steps.push({ ...step, kind: 'alias' });
    else throw new Error(`layer ${kind} is not known`);
  }
  return { inputScale: 1, inputShift: 0, steps };
}
