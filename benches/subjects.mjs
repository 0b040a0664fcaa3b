// Who is measured. Add one here; whatever it needs that is not in the site leaves it out, with a plain line.

const ours = (model, build) => ({
  id: `pausepoint-${model}-${build}`,
  label: `Pausepoint ${model}, ${build}`,
  page: `ours.html?model=${model}&build=${build}`,
  needs: `package/dist/wasm/${build}.wasm`,
  own: true,
  model,
});

const nsfwjs = (model, backend, label, more) => ({
  id: `nsfwjs-${model}-${backend}`,
  label: `nsfwjs ${model}, ${label}`,
  page: `nsfwjs.html?model=${model}&backend=${backend}`,
  needs: `tfjs`,
  own: false,
  model,
  ...more,
});

const onnxruntime = (form, file) => ({
  id: `onnxruntime-mid-${form}`,
  label: `onnxruntime-web mid, ${form}`,
  page: `onnxruntime.html?model=${file}`,
  needs: `onnx/${file}`,
  own: false,
  model: 'mid',
});

/**
 * `needs`: a file in the site's assets. `slow`: one round does. `optional`: this machine may be unable to run it, which
 * is then said in the table.
 */
export const SUBJECTS = [
  ours('mid', 'relaxed'),
  ours('mid', 'simd128'),
  ours('mid', 'portable'),
  ours('small', 'relaxed'),
  ours('small', 'simd128'),
  nsfwjs('mid', 'wasm', 'tfjs-wasm SIMD'),
  nsfwjs('mid', 'webgl', 'tfjs-webgl', { slow: true, optional: true }),
  nsfwjs('mid', 'cpu', 'tfjs-cpu', { slow: true }),
  nsfwjs('small', 'wasm', 'tfjs-wasm SIMD'),
  onnxruntime('float', 'mid.onnx'),
  onnxruntime('int8', 'mid-int8.onnx'),
];

/** Tells which of our builds the package chooses in this browser, on this processor. */
export const CHOSEN_PAGE = 'ours.html?model=mid';

/** What the others' probabilities are compared with: the published model in the publisher's own runtime. */
export const REFERENCE = 'nsfwjs-mid-wasm';
/** The converted model must say the same as the reference, or its times are those of another network. */
export const CONVERTED = 'onnxruntime-mid-float';
