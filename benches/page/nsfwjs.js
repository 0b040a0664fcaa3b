// nsfwjs as its documentation shows it: an image element in, predictions out, on TensorFlow.js's WebAssembly backend
// with SIMD and one thread, in production mode. Bundled by run.mjs.
import * as tf from '@tensorflow/tfjs';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { load } from 'nsfwjs/core';
import { MobileNetV2Model } from 'nsfwjs/models/mobilenet_v2';
import { MobileNetV2MidModel } from 'nsfwjs/models/mobilenet_v2_mid';

import { measure } from './measure.js';

const { model: name } = Object.fromEntries(new URLSearchParams(location.search));
const definition = name === 'mid' ? MobileNetV2MidModel : MobileNetV2Model;
tf.enableProdMode();
setWasmPaths('/assets/tfjs/');
setThreadsCount(1);
if (!(await tf.setBackend('wasm'))) throw new Error('the wasm backend did not start');
const model = await load(definition.name, { modelDefinitions: [definition] });

measure(async (file) => {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  await image.decode();
  const predictions = await model.classify(image);
  URL.revokeObjectURL(image.src);
  return predictions;
});
