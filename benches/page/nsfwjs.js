// nsfwjs as its documentation shows it: an image element in, predictions out, on one of TensorFlow.js's backends in
// production mode; the WebAssembly one with SIMD and one thread. Bundled by site.mjs.
import * as tf from '@tensorflow/tfjs';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { load } from 'nsfwjs/core';
import { MobileNetV2Model } from 'nsfwjs/models/mobilenet_v2';
import { MobileNetV2MidModel } from 'nsfwjs/models/mobilenet_v2_mid';

import { measure } from './measure.js';

const { model: name, backend } = Object.fromEntries(new URLSearchParams(location.search));
const definition = name === 'mid' ? MobileNetV2MidModel : MobileNetV2Model;
tf.enableProdMode();
setWasmPaths('/assets/tfjs/');
setThreadsCount(1);
if (!(await tf.setBackend(backend)) || tf.getBackend() !== backend) throw new Error(`the ${backend} backend did not start`);
const model = await load(definition.name, { modelDefinitions: [definition] });
// Without SIMD another file would have been loaded.
if (backend === 'wasm' && !(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) throw new Error('the wasm backend has no SIMD');

measure(async (picture) => {
  const predictions = picture instanceof ImageData ? await model.classify(picture) : await classifyFile(picture);
  return ['Drawing', 'Hentai', 'Neutral', 'Porn', 'Sexy'].map((name) => predictions.find(({ className }) => className === name).probability);
});

async function classifyFile(file) {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  await image.decode();
  const predictions = await model.classify(image);
  URL.revokeObjectURL(image.src);
  return predictions;
}
