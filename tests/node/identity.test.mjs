// Node gives the native build's integers for every file, with SIMD and without.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { loadBridge, loadEngine } from '../support/engine.mjs';
import { corpus, hooked } from '../support/paths.mjs';

const native = JSON.parse(readFileSync(join(corpus, 'native.json')));

for (const [build, model, kinds, leastJudged = 60, leastTiled = 20] of [
  ['simd128', 'mid', /./],
  ['simd128', 'small', /./],
  // The portable build is slow: some of our own files; Chromium has it judge all of them with the smaller model.
  ['portable', 'mid', /\/made-[a-n]/, 25, 5],
]) {
  test(`${build}, ${model}: the same integers as natively`, async (t) => {
    const engine = await loadEngine(build, model);
    assert.equal(JSON.parse(engine.info()).build, build);
    const files = Object.entries(native[model]).filter(([name]) => kinds.test(name));
    let judged = 0;
    let tiled = 0;
    for (const [name, expected] of files) {
      const outputs = engine.logits(readFileSync(join(corpus, name)));
      assert.equal(outputs, expected, name);
      judged += outputs.startsWith('[') ? 1 : 0;
      tiled += JSON.parse(outputs).length === 5 && outputs.startsWith('[') ? 1 : 0;
    }
    t.diagnostic(`${judged} of ${files.length} files judged, the others refused for the same reason; ${tiled} have five looks`);
    assert.ok(judged >= leastJudged);
    assert.ok(tiled >= leastTiled, 'whole pictures and four tiles');
  });
}

for (const build of ['hash-simd128', 'hash-portable']) {
  test(`${build}: the same perceptual hashes as natively`, async (t) => {
    const { hashPicture } = await loadBridge(build);
    const hashes = Object.entries(JSON.parse(readFileSync(join(corpus, 'hashes.json'))));
    for (const [name, expected] of hashes) {
      assert.equal(hashPicture(readFileSync(join(corpus, name)), '{"orientations":true}'), expected, name);
    }
    const hashed = hashes.filter(([, expected]) => expected.startsWith('{"Ok"')).length;
    t.diagnostic(`${hashed} of ${hashes.length} files hashed in eight orientations and two families`);
    assert.ok(hashed >= 60);
  });
}

test('the SIMD kernels give the portable kernels’ integers on random layers', async () => {
  const { compareKernels } = await loadBridge('simd128', hooked);
  for (let seed = 1; seed <= 20; seed++) assert.equal(compareKernels(seed * 7919, 50), '');
});
