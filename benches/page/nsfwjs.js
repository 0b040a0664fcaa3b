// nsfwjs as its documentation shows: an image element in, class probabilities out, in the page.
import { setBackend } from '@tensorflow/tfjs';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { load } from 'nsfwjs/core';
import { MobileNetV2Model } from 'nsfwjs/models/mobilenet_v2';
import { MobileNetV2MidModel } from 'nsfwjs/models/mobilenet_v2_mid';

import { measure } from './measure.js';

const { model: name } = Object.fromEntries(new URLSearchParams(location.search));
const definition = name === 'mid' ? MobileNetV2MidModel : MobileNetV2Model;
setWasmPaths('/tfjs/');
setThreadsCount(1);
if (!(await setBackend('wasm'))) throw new Error('the wasm backend did not start');
const model = await load(definition.name, { modelDefinitions: [definition] });

measure(async (file) => {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  await image.decode();
  const predictions = await model.classify(image);
  URL.revokeObjectURL(image.src);
  return predictions;
});
