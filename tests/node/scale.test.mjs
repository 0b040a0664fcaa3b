// The same photograph at 100, 75, 50 and 35 per cent must stay the same picture; nsfwjs's own spread beside it.
//
// The photographs are large enough that the smallest still has the network's 224 pixels: below that, detail is lost
// that no filter brings back.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { classify, loadOracle } from '../oracle/nsfwjs.mjs';
import { loadEngine } from '../support/engine.mjs';
import { corpus } from '../support/paths.mjs';
import { CLASSES, spread, summary, text } from '../support/statistics.mjs';

const folder = join(corpus, 'scale');
const photographs = group(readdirSync(folder));

for (const model of ['mid', 'small']) {
  test(`${model}: a photograph's size does not change its scores`, async (t) => {
    const oracle = await loadOracle(model);
    const engine = await loadEngine('simd128', model);
    const ours = [];
    const theirs = [];
    for (const files of photographs.values()) {
      assert.equal(files.length, 4);
      const judged = [];
      const peer = [];
      for (const file of files) {
        const png = readFileSync(join(folder, file));
        judged.push(CLASSES.map((c) => JSON.parse(engine.checkImage(png, '{}')).scores[c]));
        const { data, width, height } = await decodePng(png);
        peer.push(await classify(oracle, data, width, height));
      }
      ours.push(spread(judged));
      theirs.push(spread(peer));
    }
    const found = summary(ours);
    t.diagnostic(`${model}: ${text(found)} photographs; nsfwjs: ${text(summary(theirs))}`);
    assert.ok(found.pictures >= 20, `only ${found.pictures} photographs`);
    assert.ok(found.worst <= 0.1, `worst spread ${found.worst}`);
    assert.ok(found.mean <= 0.01, `mean spread ${found.mean}`);
  });
}

function nameOf(file) {
  return file.split('@')[0];
}

/** The four files of each photograph. */
function group(files) {
  const groups = new Map();
  for (const file of files) groups.set(nameOf(file), [...(groups.get(nameOf(file)) ?? []), file]);
  return groups;
}

/** Pixels of an 8-bit RGB PNG without interlacing, as the corpus writes them: filters undone, nothing else. */
async function decodePng(png) {
  const { inflateSync } = await import('node:zlib');
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  assert.deepEqual([...png.subarray(24, 29)], [8, 2, 0, 0, 0]);
  const parts = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const raw = inflateSync(Buffer.concat(parts));
  const stride = width * 3;
  const data = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const left = x >= 3 ? data[y * stride + x - 3] : 0;
      const up = y > 0 ? data[(y - 1) * stride + x] : 0;
      const corner = x >= 3 && y > 0 ? data[(y - 1) * stride + x - 3] : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      data[y * stride + x] = raw[y * (stride + 1) + 1 + x] + guess;
    }
  }
  return { data, width, height };
}

function paeth(left, up, corner) {
  const estimate = left + up - corner;
  const [a, b, c] = [left, up, corner].map((v) => Math.abs(estimate - v));
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
