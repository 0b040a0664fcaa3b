// Pausepoint as a site uses it: a file in, a verdict out, the work in its own worker.
import { createGuard } from '/assets/package/dist/index.js';
import { measure } from './measure.js';

const { model, build } = Object.fromEntries(new URLSearchParams(location.search));
// Without one, the package chooses.
const assets = build ? { wasm: `/assets/package/dist/wasm/${build}.wasm` } : {};
const guard = await createGuard({ ageBand: '13-15', model, assets });
window.build = guard.info().build;
if (build && window.build !== build) throw new Error(`not the ${build} build`);

measure(async (picture) => {
  const { action, reasons, scores } = await guard.checkImage(picture);
  // A failure is quick; it must not pass for speed.
  if (action === 'unchecked') throw new Error(`unchecked: ${reasons}`);
  return [scores.drawing, scores.hentai, scores.neutral, scores.porn, scores.sexy];
});
