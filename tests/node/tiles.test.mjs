// What fills only a tile of a long picture decides where the policy asks for tiles, and not where it does not.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { loadBridge } from '../support/engine.mjs';
import { dist, hooked, stage } from '../support/paths.mjs';

const [WIDTH, HEIGHT] = [900, 300];

/** A grey strip in which one of its four squares is magenta, which the test hooks take for an explicit picture. */
function strip() {
  const rgba = new Uint8Array(WIDTH * HEIGHT * 4);
  for (let i = 0; i < WIDTH * HEIGHT; i++) {
    const x = i % WIDTH;
    rgba.set(x >= 400 && x < 700 ? [255, 0, 255, 255] : [128, 128, 128, 255], 4 * i);
  }
  return rgba;
}

/** The preset for 13 to 15, with other rules for tiles. */
async function check(tiles) {
  const { Engine } = await loadBridge('simd128', hooked);
  const policy = JSON.parse(readFileSync(join(dist, 'policies/13-15.json')));
  policy.picture.outgoing.tiles = tiles;
  const engine = new Engine(readFileSync(join(stage, 'models/small.ppmodel')), JSON.stringify({ policy }));
  return JSON.parse(engine.checkPixels(strip(), WIDTH, HEIGHT, 'pixels', '{}'));
}

test('a tile decides, and the verdict says which', async () => {
  const never = { notice: null, warn: null, block: null };
  const verdict = await check({ explicit: { ...never, warn: 0.9 }, suggestive: never });
  assert.equal(verdict.action, 'warn', 'by the threshold for tiles: the whole picture would be blocked');
  assert.deepEqual(verdict.reasons, ['explicit']);
  assert.equal(verdict.scores.porn, 0.95);
  assert.equal(verdict.looked.looks, 5);
  assert.deepEqual(verdict.looked.worstTile, { x: 400, y: 0, width: 300, height: 300 });
});

test('without rules for tiles there is one look', async () => {
  const verdict = await check(null);
  assert.equal(verdict.looked.looks, 1);
  assert.equal(verdict.looked.worstTile, null);
  assert.notEqual(verdict.scores.porn, 0.95);
});
