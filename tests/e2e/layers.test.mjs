// Every layer of real pictures, and random layers: both SIMD builds in Chromium against the portable kernels.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';

import { LOADER, openReady, site } from '../support/browser.mjs';
import { launch } from '../support/chromium.mjs';
import { corpus, hooked, stage } from '../support/paths.mjs';

const native = JSON.parse(readFileSync(join(corpus, 'layers.json')));

const PAGE = `<!doctype html><title>layers</title><script type="module" src="page.js"></script>`;
const SCRIPT = `${LOADER}
window.builds = { relaxed: await load('/hooked/relaxed'), simd128: await load('/hooked/simd128') };
window.trace = async (build, model, name) =>
  window.builds[build].traceLayers(await bytes('/stage/models/' + model + '.ppmodel'), await bytes('/looks/' + encodeURI(name)));
window.ready = true;
`;

let browser;
let server;
let page;
before(async () => {
  const folders = { stage, hooked, looks: join(corpus, 'looks') };
  server = await site({ files: { 'index.html': PAGE, 'page.js': SCRIPT }, folders });
  browser = await launch();
  ({ page } = await openReady(browser, server.url));
});
after(async () => {
  await browser?.close();
  await server?.close();
});

for (const build of ['relaxed', 'simd128']) {
  for (const model of ['mid', 'small']) {
    test(`${build}, ${model}: every layer is that of the portable kernels`, async (t) => {
      const pictures = Object.entries(native[model]);
      assert.ok(pictures.length >= 6);
      for (const [name, expected] of pictures) {
        const found = await page.evaluate((args) => window.trace(...args), [build, model, name]);
        assert.deepEqual(found.split(','), expected.split(','), name);
      }
      t.diagnostic(`${pictures.length} pictures, ${pictures[0][1].split(',').length} strips each`);
    });
  }

  test(`${build}: random layers are those of the portable kernels`, async () => {
    for (const seed of [3, 33, 333, 3333]) {
      assert.equal(await page.evaluate(([b, s]) => window.builds[b].compareKernels(s, 250), [build, seed]), '');
    }
  });
}
