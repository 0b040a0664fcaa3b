// Every layer of real pictures, strip by strip: the SIMD kernels in Node against the portable ones natively.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { loadBridge } from '../support/engine.mjs';
import { corpus, hooked, stage } from '../support/paths.mjs';

const native = JSON.parse(readFileSync(join(corpus, 'layers.json')));

for (const model of ['mid', 'small']) {
  test(`${model}: every layer is that of the portable kernels`, async (t) => {
    const { traceLayers } = await loadBridge('simd128', hooked);
    const file = readFileSync(join(stage, `models/${model}.ppmodel`));
    const pictures = Object.entries(native[model]);
    assert.ok(pictures.length >= 6);
    for (const [name, expected] of pictures) {
      assert.deepEqual(traceLayers(file, readFileSync(join(corpus, 'looks', name))).split(','), expected.split(','), name);
    }
    t.diagnostic(`${pictures.length} pictures, ${pictures[0][1].split(',').length} strips each`);
  });
}
