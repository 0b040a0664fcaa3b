// The benchmark: `cargo xtask bench [--quick]`. README.md says what is measured and how to read it.
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from 'esbuild';

import { launch } from '../tests/support/chromium.mjs';
import { serve } from '../www/server.mjs';
import { plot } from './plot.mjs';
import { median, quantile } from './statistics.mjs';
import { wireBytes } from './wire.mjs';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('../', import.meta.url));
const unpacked = join(root, 'target/pack/package');
const out = join(root, 'target/bench');
const site = join(out, 'site');
/** What the server lets browsers keep. */
const kept = join(site, 'assets');
const quick = process.argv.includes('--quick');
const ROUNDS = quick ? 2 : 8;
const COLD_STARTS = quick ? 3 : 9;
const LARGE_ROUNDS = quick ? 2 : 6;

const SUBJECTS = [
  { id: 'pausepoint-mid', label: 'Pausepoint mid, simd128', page: 'ours.html?model=mid&build=simd128', own: true },
  { id: 'pausepoint-mid-portable', label: 'Pausepoint mid, portable', page: 'ours.html?model=mid&build=portable', own: true },
  { id: 'pausepoint-small', label: 'Pausepoint small, simd128', page: 'ours.html?model=small&build=simd128', own: true },
  { id: 'nsfwjs-mid', label: 'nsfwjs mid, tfjs-wasm SIMD', page: 'nsfwjs.html?model=mid', own: false },
  { id: 'nsfwjs-small', label: 'nsfwjs small, tfjs-wasm SIMD', page: 'nsfwjs.html?model=small', own: false },
];

const PHOTOGRAPHS = [
  'skimage/data/astronaut.png', 'skimage/data/camera.png', 'skimage/data/chelsea.png', 'skimage/data/coffee.png',
  'skimage/data/grass.png', 'skimage/data/gravel.png', 'skimage/data/moon.png', 'skimage/data/motorcycle_left.png',
  'skimage/data/rocket.jpg', 'sklearn/datasets/images/china.jpg', 'sklearn/datasets/images/flower.jpg',
  'matplotlib/mpl-data/sample_data/grace_hopper.jpg',
];

async function main() {
  if (!existsSync(unpacked)) throw new Error('the package is not packed: run `cargo xtask bench`');
  const photographs = await makeSite();
  const requests = [];
  const onRequest = (path) => requests.push(path);
  const server = await serve({ root: site, port: 0, onRequest, csp: "default-src 'self' blob: data:; script-src 'self' 'unsafe-eval'; connect-src 'self'; style-src 'unsafe-inline'" });
  const browser = await launch();
  let results;
  let chromium;
  try {
    chromium = browser.version();
    results = await measureAll(browser, server.url, photographs, requests);
  } finally {
    await browser.close();
    await server.close();
  }
  await addNode(results);
  addWire(results);
  const report = {
    date: new Date().toISOString().slice(0, 10),
    machine: { processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length },
    chromium,
    node: process.version,
    quick,
    results,
  };
  writeReport(report);
}

/** Everything that the pages fetch, in one folder. */
async function makeSite() {
  rmSync(site, { recursive: true, force: true });
  mkdirSync(join(kept, 'pictures'), { recursive: true });
  cpSync(unpacked, join(kept, 'package'), { recursive: true });
  for (const name of ['ours.js', 'measure.js']) copyFileSync(join(root, 'benches/page', name), join(kept, name));
  await build({
    entryPoints: [join(root, 'benches/page/nsfwjs.js')],
    outdir: kept,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    // TensorFlow.js asks for them only under Node.
    external: ['fs', 'path', 'worker_threads', 'perf_hooks', 'os', 'crypto', 'util', 'string_decoder'],
    logLevel: 'error',
  });
  const backend = dirname(require.resolve('@tensorflow/tfjs-backend-wasm'));
  mkdirSync(join(kept, 'tfjs'));
  for (const name of readdirSync(backend).filter((n) => n.endsWith('.wasm'))) copyFileSync(join(backend, name), join(kept, 'tfjs', name));
  for (const name of ['ours', 'nsfwjs']) {
    writeFileSync(join(site, `${name}.html`), `<!doctype html><title>${name}</title><script type="module" src="assets/${name}.js"></script>`);
  }
  writeFileSync(join(site, 'blank.html'), '<!doctype html><title>blank</title>');
  copyFileSync(join(root, 'tests/fixtures/harbour.jpg'), join(kept, 'pictures/first.jpg'));
  const source = process.env.PAUSEPOINT_PICTURES ?? join(root, 'target/pictures');
  return PHOTOGRAPHS.map((path, i) => {
    const name = `${i}.${path.split('.').at(-1)}`;
    copyFileSync(join(source, path), join(kept, 'pictures', name));
    return `/assets/pictures/${name}`;
  });
}

async function measureAll(browser, url, photographs, requests) {
  const results = Object.fromEntries(
    SUBJECTS.map(({ id, label, own }) => [id, { label, own, cold: [], photograph: [], network: [], large: [], pause: 0, fetched: [] }]),
  );
  await makePictures(browser, url);

  const open = async (context, { page: path }) => {
    const page = await context.newPage();
    const failed = new Promise((_, reject) => page.once('pageerror', reject));
    await page.goto(url + path);
    await Promise.race([page.waitForFunction(() => window.subject, null, { timeout: 120_000 }), failed]);
    return page;
  };
  for (const subject of SUBJECTS) {
    const before = requests.length;
    // The first visit, with nothing cached.
    const context = await browser.newContext();
    await open(context, subject);
    await context.close();
    results[subject.id].fetched = requests.slice(before);
  }
  // Fresh pages of one profile, so that files and compiled code come from the browser's caches, as on a second visit.
  const context = await browser.newContext();
  for (const subject of SUBJECTS) await (await open(context, subject)).close();
  for (let i = 0; i < COLD_STARTS; i++) {
    for (const subject of SUBJECTS) {
      const page = await open(context, subject);
      results[subject.id].cold.push(await page.evaluate(() => window.subject.firstVerdict));
      await page.close();
    }
    progress(`cold start ${i + 1} of ${COLD_STARTS}`);
  }

  const pages = new Map();
  for (const subject of SUBJECTS) pages.set(subject.id, await open(context, subject));
  const times = (id, paths) => pages.get(id).evaluate((p) => window.subject.times(p), paths);
  for (const { id } of SUBJECTS) await times(id, photographs);
  for (let round = 0; round < ROUNDS; round++) {
    for (const { id } of SUBJECTS) {
      results[id].photograph.push(...(await times(id, photographs)));
      results[id].network.push(...(await times(id, Array(8).fill('/assets/pictures/input.png'))));
    }
    progress(`round ${round + 1} of ${ROUNDS}`);
  }
  for (let round = 0; round < LARGE_ROUNDS; round++) {
    for (const { id } of SUBJECTS) results[id].large.push(...(await times(id, ['/assets/pictures/large.jpg'])));
  }
  for (const { id } of SUBJECTS) {
    results[id].pause = await pages.get(id).evaluate((p) => window.subject.longestPause(p), [...photographs, '/assets/pictures/large.jpg']);
  }
  await context.close();
  return Object.fromEntries(Object.entries(results).map(([id, r]) => [id, {
    label: r.label,
    own: r.own,
    coldStart: median(r.cold),
    photograph: { median: median(r.photograph), p95: quantile(r.photograph, 0.95), count: r.photograph.length },
    network: { median: median(r.network), p95: quantile(r.network, 0.95), count: r.network.length },
    large: median(r.large),
    longestPause: r.pause,
    fetched: r.fetched,
  }]));
}

/** A picture of the network's own size, and one of 12 megapixels, painted here. */
async function makePictures(browser, url) {
  const page = await browser.newPage();
  await page.goto(url + 'blank.html');
  const paint = (width, height, type) => page.evaluate(async ([width, height, type]) => {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    const scene = await createImageBitmap(await (await fetch('/assets/pictures/first.jpg')).blob());
    context.drawImage(scene, 0, 0, width, height);
    // A camera's noise, or the large one would compress and decode like a drawing.
    const pixels = context.getImageData(0, 0, width, height);
    let seed = 1;
    for (let i = 0; i < pixels.data.length; i++) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      if (i % 4 !== 3) pixels.data[i] += (seed >>> 27) - 16;
    }
    context.putImageData(pixels, 0, 0);
    const blob = await canvas.convertToBlob({ type, quality: 0.9 });
    const reader = new FileReader();
    reader.readAsDataURL(blob);
    await new Promise((resolve) => reader.addEventListener('load', resolve));
    return reader.result.split(',')[1];
  }, [width, height, type]);
  writeFileSync(join(kept, 'pictures/input.png'), Buffer.from(await paint(224, 224, 'image/png'), 'base64'));
  writeFileSync(join(kept, 'pictures/large.jpg'), Buffer.from(await paint(4000, 3000, 'image/jpeg'), 'base64'));
  await page.close();
}

/** The same package in Node, on the same photographs. */
async function addNode(results) {
  const { createGuard } = await import(pathToFileURL(join(unpacked, 'dist/node.js')).href);
  for (const model of ['mid', 'small']) {
    const guard = await createGuard({ ageBand: '13-15', model });
    const times = [];
    for (let round = 0; round <= ROUNDS; round++) {
      for (const file of readdirSync(join(kept, 'pictures')).filter((name) => /^\d/.test(name))) {
        const bytes = readFileSync(join(kept, 'pictures', file));
        const start = performance.now();
        await guard.checkImage(bytes);
        // The first round warms up.
        if (round > 0) times.push(performance.now() - start);
      }
    }
    guard.dispose();
    results[`pausepoint-${model}`].node = { median: median(times), p95: quantile(times, 0.95), count: times.length };
  }
}

/** What the first visit fetched, but for the benchmark's own page, script and pictures. */
function addWire(results) {
  const cache = join(out, 'brotli');
  const ownFiles = /^\/(ours|nsfwjs)\.html|^\/assets\/(ours|measure)\.js$|^\/assets\/pictures\/|^\/favicon/;
  for (const result of Object.values(results)) {
    const files = [...new Set(result.fetched)].filter((path) => !ownFiles.test(path)).map((path) => join(site, path));
    result.wire = wireBytes(files, cache);
    result.wireWithoutModel = wireBytes(files.filter((path) => !path.endsWith('.ppmodel')), cache);
    delete result.fetched;
  }
}

function writeReport(report) {
  mkdirSync(out, { recursive: true });
  const text = table(report);
  const chart = plot('A photograph to its verdict, decoding included (median)', 'ms', Object.values(report.results).map(({ label, own, photograph }) => ({ label, own, value: photograph.median })));
  const cold = plot('Cold start to first verdict, files cached (median)', 'ms', Object.values(report.results).map(({ label, own, coldStart }) => ({ label, own, value: coldStart })));
  const targets = [join(out, 'latest')];
  if (!quick) targets.push(join(root, 'benches/record', report.date));
  for (const target of targets) {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(`${target}.json`, `${JSON.stringify(report, null, 2)}\n`);
    writeFileSync(`${target}.md`, text);
    writeFileSync(`${target}-photograph.svg`, chart);
    writeFileSync(`${target}-cold-start.svg`, cold);
  }
  console.log(`\n${text}`);
}

function table({ date, machine, chromium, node, quick, results }) {
  const ms = (value) => (value === undefined ? '–' : value.toFixed(1));
  const rows = Object.values(results).map((r) =>
    `| ${r.label} | ${ms(r.photograph.median)} | ${ms(r.photograph.p95)} | ${ms(r.network.median)} | ${ms(r.coldStart)} | ${ms(r.large)} | ${ms(r.longestPause)} | ${(r.wire / 1e6).toFixed(2)} | ${ms(r.node?.median)} |`);
  const { 'pausepoint-mid': own, 'nsfwjs-mid': peer } = results;
  const against = (name, found, target, holds) => `| ${name} | ${found} | ${target} | ${holds ? 'reached' : 'not reached'} |`;
  const speed = peer.photograph.median / own.photograph.median;
  const start = peer.coldStart / own.coldStart;
  const comparisons = [
    against('one picture, `mid`, simd128: nsfwjs takes', `${speed.toFixed(1)} × as long`, '2.5 ×', speed >= 2.5),
    against('cold start to first verdict: nsfwjs takes', `${start.toFixed(1)} × as long`, '8 ×', start >= 8),
    against('over the wire, brotli, without model', `${(own.wireWithoutModel / 1e3).toFixed(0)} KB`, '300 KB', own.wireWithoutModel <= 3e5),
    against('over the wire, brotli, model included', `${(own.wire / 1e6).toFixed(2)} MB`, '3.7 MB', own.wire <= 3.7e6),
    against('12-megapixel JPEG to verdict', `${ms(own.large)} ms`, '300 ms', own.large <= 300),
    against('longest pause of the page while judging', `${ms(own.longestPause)} ms`, '16 ms', own.longestPause <= 16),
  ];
  return `# Benchmark of ${date}${quick ? ' (quick)' : ''}

Chromium ${chromium}, Node ${node}, ${machine.processor}, ${machine.cores} cores. Times in milliseconds. Compare within this run only.

| | photograph, median | p95 | network alone | cold start | 12 megapixels | longest pause of the page | MB, brotli | Node |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

| against the target | measured | target | |
| --- | --- | --- | --- |
${comparisons.join('\n')}
`;
}

function progress(text) {
  console.log(`  ${text}`);
}

await main();
