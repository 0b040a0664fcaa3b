// Five hundred pictures through one worker: its memory is what it was after the first hundred.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { openReady, site } from '../support/browser.mjs';
import { launch } from '../support/chromium.mjs';
import { corpus } from '../support/paths.mjs';
import { wasmMemory } from '../support/wasm-memory.mjs';

const PAGE = `<!doctype html><title>memory</title><script type="module" src="page.js"></script>`;
const SCRIPT = `
import { createGuard } from './pausepoint/index.js';
window.guard = await createGuard({ ageBand: '13-15' });
window.judge = async (names) => {
  let judged = 0;
  for (const name of names) {
    const verdict = await guard.checkImage(await (await fetch('/agreement/' + encodeURI(name))).blob());
    judged += verdict.action === 'unchecked' ? 0 : 1;
  }
  return judged;
};
window.ready = true;
`;

test('memory is flat after the first hundred pictures', async (t) => {
  const photographs = readdirSync(join(corpus, 'agreement'));
  assert.ok(photographs.length >= 60);
  const server = await site({
    files: { 'index.html': PAGE, 'page.js': SCRIPT },
    folders: { agreement: join(corpus, 'agreement') },
  });
  const browser = await launch();
  try {
    const { page } = await openReady(browser, server.url);
    const judge = (from, to) => {
      const names = Array.from({ length: to - from }, (_, i) => photographs[(from + i) % photographs.length]);
      return page.evaluate((list) => window.judge(list), names);
    };
    const start = await wasmMemory(page);
    assert.ok(start > 1_000_000, 'the worker’s memory is found');
    assert.equal(await judge(0, 100), 100);
    const early = await wasmMemory(page);
    assert.equal(await judge(100, 500), 400);
    const late = await wasmMemory(page);
    t.diagnostic(`${[start, early, late].map((bytes) => (bytes / 1e6).toFixed(1)).join(', ')} MB at the start, after 100, after 500`);
    assert.equal(late, early);
    assert.equal((await page.evaluate(() => guard.diagnostics())).workersStarted, 2, 'one worker and the spare, no other');
  } finally {
    await browser.close();
    await server.close();
  }
});
