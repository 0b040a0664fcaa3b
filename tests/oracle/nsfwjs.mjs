// The oracle: nsfwjs itself, on TensorFlow.js with its WebAssembly backend, in float.
//
//   node tests/oracle/nsfwjs.mjs scores MODEL FILE…   one JSON line a file: class probabilities in our class order
//   node tests/oracle/nsfwjs.mjs ranges MODEL FILE…   largest magnitude of every linear output over all files
//
// MODEL is mid or small. A file is 224 × 224 × 3 bytes of red, green, blue, or larger with its size in the name:
// NAME.WIDTHxHEIGHT.rgb (nsfwjs then does its own resizing).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

export const CLASSES = ['drawing', 'hentai', 'neutral', 'porn', 'sexy'];

/** Loads one of nsfwjs's models and TensorFlow.js, WebAssembly backend. */
export async function loadOracle(name) {
  // nsfwjs and TensorFlow.js announce themselves on standard output, which is for results here.
  console.info = console.warn = () => {};
  const tf = require('@tensorflow/tfjs');
  const wasm = require('@tensorflow/tfjs-backend-wasm');
  const folder = dirname(require.resolve('@tensorflow/tfjs-backend-wasm'));
  wasm.setWasmPaths(`${folder}/`);
  wasm.setThreadsCount(1);
  // Node has no fetch for plain paths; the backend only reads its own wasm file through it.
  const network = globalThis.fetch;
  globalThis.fetch = async (path, options) =>
    String(path).startsWith('/') ? new Response(readFileSync(path), { headers: { 'content-type': 'application/wasm' } })
      : network(path, options);
  if (!(await tf.setBackend('wasm'))) throw new Error('the tfjs wasm backend did not start');
  await tf.ready();
  globalThis.fetch = network;
  const nsfwjs = require('nsfwjs/core');
  const definition = name === 'mid'
    ? require('nsfwjs/models/mobilenet_v2_mid').MobileNetV2MidModel
    : require('nsfwjs/models/mobilenet_v2').MobileNetV2Model;
  const model = await nsfwjs.load(definition.name, { modelDefinitions: [definition] });
  return { tf, model, folder: join(folder) };
}

/** Class probabilities, in the order of CLASSES, for width × height × 3 bytes. */
export async function classify({ tf, model }, rgb, width = 224, height = 224) {
  const picture = tf.tensor3d(Int32Array.from(rgb), [height, width, 3], 'int32');
  const predictions = await model.classify(picture, CLASSES.length);
  picture.dispose();
  return CLASSES.map((c) => predictions.find((p) => p.className.toLowerCase() === c).probability);
}

/** Runs the float network and reports the largest magnitude of each narrowing convolution's output and residual sum. */
function ranges({ tf, model }, rgb, seen) {
  const inner = model.model;
  const linear = (n) => /project\/BatchNorm\/FusedBatchNormV3$|expanded_conv_\d+\/add$/.test(n) || /project_BN$|_add$/.test(n);
  tf.tidy(() => {
    const input = tf.div(tf.tensor4d(Float32Array.from(rgb), [1, 224, 224, 3]), 255);
    let names, values;
    if (inner.executor) {
      names = Object.keys(inner.executor.graph.nodes).filter(linear);
      values = inner.execute({ [inner.inputs[0].name]: input }, names);
    } else {
      names = inner.layers.map((l) => l.name).filter(linear);
      const probe = model.probe ??= tf.model({ inputs: inner.inputs, outputs: names.map((n) => inner.getLayer(n).output) });
      values = probe.predict(input);
    }
    names.forEach((n, i) => {
      const peak = tf.max(tf.abs(values[i])).dataSync()[0];
      const short = n.split('/').slice(-3).join('/');
      seen[short] = Math.max(seen[short] ?? 0, peak);
    });
  });
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [mode, name, ...files] = process.argv.slice(2);
  const oracle = await loadOracle(name);
  const seen = {};
  for (const file of files) {
    const rgb = readFileSync(file);
    const size = /\.(\d+)x(\d+)\.rgb$/.exec(file);
    if (mode === 'ranges') ranges(oracle, rgb, seen);
    else console.log(JSON.stringify({ file, scores: await classify(oracle, rgb, size ? +size[1] : 224, size ? +size[2] : 224) }));
  }
  if (mode === 'ranges') console.log(JSON.stringify(seen, null, 1));
}
