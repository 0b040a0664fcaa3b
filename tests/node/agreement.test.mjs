// The integer network against nsfwjs itself: the same 224 × 224 pixels through both.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { classify, loadOracle } from '../oracle/nsfwjs.mjs';
import { loadEngine } from '../support/engine.mjs';
import { corpus } from '../support/paths.mjs';
import { CLASSES, summary, text } from '../support/statistics.mjs';

const SIDE = 224;
const looks = readdirSync(join(corpus, 'looks')).sort();

for (const model of ['mid', 'small']) {
  test(`${model}: agrees with nsfwjs on the same pixels`, async (t) => {
    assert.ok(looks.length >= 60, `only ${looks.length} pictures`);
    const oracle = await loadOracle(model);
    const engine = await loadEngine('simd128', model);
    const differences = [];
    for (const name of looks) {
      const rgb = readFileSync(join(corpus, 'looks', name));
      assert.equal(rgb.length, SIDE * SIDE * 3);
      const theirs = await classify(oracle, rgb);
      const ours = JSON.parse(engine.checkPixels(opaque(rgb), SIDE, SIDE, 'pixels', '{}')).scores;
      differences.push(CLASSES.map((c, i) => Math.abs(ours[c] - theirs[i])));
    }
    const found = summary(differences);
    t.diagnostic(`${model}: ${text(found)} pictures`);
    assert.ok(found.worst <= 0.03, `worst class difference ${found.worst}`);
    assert.ok(found.mean <= 0.005, `mean class difference ${found.mean}`);
  });
}

function opaque(rgb) {
  const rgba = new Uint8Array((rgb.length / 3) * 4).fill(255);
  for (let i = 0; i < rgb.length / 3; i++) rgba.set(rgb.subarray(3 * i, 3 * i + 3), 4 * i);
  return rgba;
}
