// onnxruntime-web as its documentation shows it: a session on its WebAssembly backend with SIMD and one thread, in the
// page, all graph optimisations on (its default). It reads no pictures: the canvas makes the network's pixels. Bundled
// by site.mjs.
import * as ort from 'onnxruntime-web/wasm';

import { measure } from './measure.js';

const SIZE = 224;
const { model } = Object.fromEntries(new URLSearchParams(location.search));
ort.env.wasm.numThreads = 1;
ort.env.wasm.wasmPaths = { wasm: '/assets/onnx/ort-wasm-simd-threaded.wasm' };
const session = await ort.InferenceSession.create(`/assets/onnx/${model}`, { executionProviders: ['wasm'], graphOptimizationLevel: 'all' });
const [input] = session.inputNames;
const [output] = session.outputNames;
const context = new OffscreenCanvas(SIZE, SIZE).getContext('2d', { willReadFrequently: true });

measure(async (picture) => {
  const pixels = picture instanceof ImageData ? picture : await resized(picture);
  const results = await session.run({ [input]: tensorOf(pixels) });
  return [...results[output].data];
});

async function resized(file) {
  const bitmap = await createImageBitmap(file);
  context.drawImage(bitmap, 0, 0, SIZE, SIZE);
  bitmap.close();
  return context.getImageData(0, 0, SIZE, SIZE);
}

function tensorOf({ data }) {
  const plane = SIZE * SIZE;
  const values = new Float32Array(3 * plane);
  for (let i = 0; i < plane; i++) {
    values[i] = data[4 * i] / 255;
    values[plane + i] = data[4 * i + 1] / 255;
    values[2 * plane + i] = data[4 * i + 2] / 255;
  }
  return new ort.Tensor('float32', values, [1, 3, SIZE, SIZE]);
}
