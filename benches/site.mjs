// Everything that the pages fetch, in one folder.
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { build } from 'esbuild';

import { openBlank } from './browser.mjs';
import { out, root, unpacked } from './paths.mjs';

const require = createRequire(import.meta.url);
export const site = join(out, 'site');
/** What the server lets browsers keep. */
export const kept = join(site, 'assets');

export const CSP = "default-src 'self' blob: data:; script-src 'self' 'unsafe-eval'; connect-src 'self'; style-src 'unsafe-inline'";

/** Pages of the subjects; those with `bundle` are bundled with the peer's library. */
const PAGES = [{ name: 'ours' }, { name: 'nsfwjs', bundle: true }, { name: 'onnxruntime', bundle: true }];

/** The benchmark's own pages, scripts and pictures, which no site would send. */
export const OWN_FILES = /^\/[a-z]+\.html|^\/assets\/(ours|measure)\.js$|^\/assets\/pictures\/|^\/favicon/;

export const LARGE = '/assets/pictures/large.jpg';
const FIRST = '/assets/pictures/first.jpg';

/** Makes the folder and gives the paths of the photographs in it. */
export async function makeSite() {
  rmSync(site, { recursive: true, force: true });
  mkdirSync(join(kept, 'pictures'), { recursive: true });
  cpSync(unpacked, join(kept, 'package'), { recursive: true });
  for (const name of ['ours.js', 'measure.js']) copyFileSync(join(root, 'benches/page', name), join(kept, name));
  await build({
    entryPoints: PAGES.filter(({ bundle }) => bundle).map(({ name }) => join(root, `benches/page/${name}.js`)),
    outdir: kept,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    // The peers ask for them only under Node.
    external: ['fs', 'path', 'worker_threads', 'perf_hooks', 'os', 'crypto', 'util', 'string_decoder', 'module', 'node:*'],
    logLevel: 'error',
  });
  const backend = dirname(require.resolve('@tensorflow/tfjs-backend-wasm'));
  mkdirSync(join(kept, 'tfjs'));
  for (const name of readdirSync(backend).filter((n) => n.endsWith('.wasm'))) copyFileSync(join(backend, name), join(kept, 'tfjs', name));
  mkdirSync(join(kept, 'onnx'));
  copyFileSync(require.resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'), join(kept, 'onnx/ort-wasm-simd-threaded.wasm'));
  for (const name of ['mid.onnx', 'mid-int8.onnx']) {
    if (existsSync(join(out, 'onnx', name))) copyFileSync(join(out, 'onnx', name), join(kept, 'onnx', name));
  }
  for (const { name } of PAGES) {
    writeFileSync(join(site, `${name}.html`), `<!doctype html><title>${name}</title><script type="module" src="assets/${name}.js"></script>`);
  }
  writeFileSync(join(site, 'blank.html'), '<!doctype html><title>blank</title>');
  copyFileSync(join(root, 'tests/fixtures/harbour.jpg'), join(kept, 'pictures/first.jpg'));
  const source = process.env.PAUSEPOINT_PICTURES ?? join(root, 'target/pictures');
  const list = readFileSync(join(root, 'benches/photographs.txt'), 'utf8').trim().split('\n');
  return list.map((path, i) => {
    const name = `${i}.${path.split('.').at(-1)}`;
    copyFileSync(join(source, path), join(kept, 'pictures', name));
    return `/assets/pictures/${name}`;
  });
}

/**
 * Paints each photograph at the network's own size, and one picture of 12 megapixels. Gives the paths of the former;
 * PNG, so that every page reads the same pixels.
 */
export async function paintPictures(context, url, photographs) {
  const page = await openBlank(context, url);
  const paint = async (name, ...work) => {
    const base64 = await page.evaluate(painted, work);
    writeFileSync(join(kept, 'pictures', name), Buffer.from(base64, 'base64'));
    return `/assets/pictures/${name}`;
  };
  // A camera's noise, or the large one would compress and decode like a drawing.
  await paint('large.jpg', FIRST, 4000, 3000, 'image/jpeg', true);
  const inputs = [];
  for (const [i, path] of photographs.entries()) inputs.push(await paint(`input-${i}.png`, path, 224, 224, 'image/png', false));
  await page.close();
  return inputs;
}

/** Runs in the page. */
async function painted([path, width, height, type, noise]) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  const scene = await createImageBitmap(await (await fetch(path)).blob());
  context.drawImage(scene, 0, 0, width, height);
  if (noise) {
    const pixels = context.getImageData(0, 0, width, height);
    let seed = 1;
    for (let i = 0; i < pixels.data.length; i++) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      if (i % 4 !== 3) pixels.data[i] += (seed >>> 27) - 16;
    }
    context.putImageData(pixels, 0, 0);
  }
  const blob = await canvas.convertToBlob({ type, quality: 0.9 });
  const reader = new FileReader();
  reader.readAsDataURL(blob);
  await new Promise((resolve) => reader.addEventListener('load', resolve));
  return reader.result.split(',')[1];
}
