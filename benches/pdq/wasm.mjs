// Times PDQ and the digests in WebAssembly, in Node: `node wasm.mjs FOLDER`, on `FOLDER/scene.ppm`.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { root } from '../paths.mjs';
import { median } from '../statistics.mjs';

const ROUNDS = 41;
/** So many until the optimising compiler has seen it. */
const WARMING = 10;

async function loadBridge(build) {
  const folder = join(root, 'target/stage/wasm', build);
  const glue = await import(pathToFileURL(join(folder, 'pausepoint.js')).href);
  glue.initSync({ module: new WebAssembly.Module(readFileSync(join(folder, 'pausepoint_bg.wasm'))) });
  return glue;
}

function time(work) {
  const times = [];
  for (let round = 0; round < ROUNDS + WARMING; round++) {
    const start = performance.now();
    work();
    if (round >= WARMING) times.push(performance.now() - start);
  }
  return median(times);
}

const line = (what, value, unit, note = '') => console.log(`${what.padEnd(34)}${value.padStart(8)} ${unit}  ${note}`);

const ppm = readFileSync(join(process.argv[2], 'scene.ppm'));
const [, width, height] = /^P6 (\d+) (\d+) 255\n/.exec(ppm.subarray(0, 20).toString('latin1')).map(Number);
const rgb = ppm.subarray(ppm.byteLength - 3 * width * height);
const rgba = new Uint8Array(4 * width * height).map((_, i) => (i % 4 === 3 ? 255 : rgb[3 * (i >> 2) + (i % 4)]));
for (const build of ['hash-simd128', 'hash-portable']) {
  const { hashPixels } = await loadBridge(build);
  for (const [what, options] of [['both families', '{}'], ['and eight orientations', '{"orientations":true}']]) {
    const { Ok } = JSON.parse(hashPixels(rgba, width, height, options));
    line(`${build}, ${what}`, time(() => hashPixels(rgba, width, height, options)).toFixed(2), 'ms', Ok.pdq['full-size'].hash);
  }
}

const MEGABYTES = 64;
const piece = new Uint8Array(1 << 20);
const { Digester } = await loadBridge('hash-simd128');
const speed = (start) => ((MEGABYTES * 1.048576) / ((performance.now() - start) / 1000)).toFixed(0);
let start = performance.now();
const digester = new Digester();
for (let i = 0; i < MEGABYTES; i++) digester.update(piece);
digester.finish();
line('wasm, SHA-256 and MD5', speed(start), 'MB/s');
start = performance.now();
const theirs = ['sha256', 'md5'].map((kind) => createHash(kind));
for (let i = 0; i < MEGABYTES; i++) theirs.forEach((hash) => hash.update(piece));
theirs.forEach((hash) => hash.digest());
line('Node’s crypto, the same', speed(start), 'MB/s');
