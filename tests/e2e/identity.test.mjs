// Chromium gives the native build's integers for every file of the corpus, whole or broken.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { LOADER, openReady, site } from '../support/browser.mjs';
import { launch } from '../support/chromium.mjs';
import { corpus, stage } from '../support/paths.mjs';

const native = JSON.parse(readFileSync(join(corpus, 'native.json')));

const PAGE = `<!doctype html><title>identity</title><script type="module" src="page.js"></script>`;
const SCRIPT = `${LOADER}
window.outputs = async (build, model, names) => {
  const { Engine } = await load('/stage/wasm/' + build);
  const engine = new Engine(await bytes('/stage/models/' + model + '.ppmodel'), '{}');
  const results = {};
  for (const name of names) {
    results[name] = engine.logits(await bytes('/corpus/' + encodeURI(name)));
  }
  return results;
};
window.hashes = async (build, names) => {
  const { hashPicture } = await load('/stage/wasm/' + build);
  return Promise.all(names.map(async (name) => hashPicture(await bytes('/corpus/' + encodeURI(name)), '{"orientations":true}')));
};
window.ready = true;
`;

test('Chromium: the same integers and hashes as natively', async (t) => {
  const server = await site({
    files: { 'index.html': PAGE, 'page.js': SCRIPT },
    folders: { stage, corpus },
  });
  const browser = await launch();
  try {
    const { page, problems } = await openReady(browser, server.url);
    for (const [build, model, kinds] of [
      ['relaxed', 'mid', /./],
      ['relaxed', 'small', /./],
      // In Node it judges all of them.
      ['simd128', 'mid', /\/made-/],
      ['simd128', 'small', /./],
      ['portable', 'small', /\/made-/],
    ]) {
      const expected = Object.entries(native[model]).filter(([name]) => kinds.test(name));
      const found = await page.evaluate((args) => window.outputs(...args), [build, model, expected.map(([name]) => name)]);
      for (const [name, value] of expected) assert.equal(found[name], value, `${build}, ${model}, ${name}`);
      const judged = expected.filter(([, value]) => value.startsWith('[')).length;
      t.diagnostic(`${build}, ${model}: ${judged} of ${expected.length} files judged, the others refused for the same reason`);
      assert.ok(judged >= 60);
    }
    const hashes = Object.entries(JSON.parse(readFileSync(join(corpus, 'hashes.json'))));
    for (const build of ['hash-simd128', 'hash-portable']) {
      const found = await page.evaluate((args) => window.hashes(...args), [build, hashes.map(([name]) => name)]);
      for (const [i, [name, expected]] of hashes.entries()) assert.equal(found[i], expected, `${build}, ${name}`);
      t.diagnostic(`${build}: the hashes of ${hashes.length} files`);
    }
    assert.deepEqual(problems, []);
  } finally {
    await browser.close();
    await server.close();
  }
});
