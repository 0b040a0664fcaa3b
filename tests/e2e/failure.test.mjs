// A worker that panics or hangs: the picture is unchecked, the next one is judged. With the wasm build that has hooks.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';

import { HOOKED_BUILDS, openReady, site } from '../support/browser.mjs';
import { launch } from '../support/chromium.mjs';
import { harbour } from '../support/paths.mjs';

const PAGE = `<!doctype html><title>failure</title><script type="module" src="page.js"></script>`;
const SCRIPT = `
import { createGuard } from './pausepoint/index.js';
window.guard = await createGuard({ ageBand: '13-15' });
window.harbour = await (await fetch('harbour.jpg')).blob();
window.panic = new Blob(['pausepoint-test-panic']);
window.hang = new Blob(['pausepoint-test-hang']);
window.ready = true;
`;

let browser;
let server;
before(async () => {
  server = await site({
    files: { 'index.html': PAGE, 'page.js': SCRIPT, 'harbour.jpg': readFileSync(harbour) },
    overrides: HOOKED_BUILDS,
  });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const ready = () => openReady(browser, server.url);

test('a panic gives unchecked, and the next picture is judged, without a request', async () => {
  const { page, context, requested } = await ready();
  const before = requested.length;
  const verdicts = await page.evaluate(async () => {
    const all = [];
    for (const picture of [harbour, panic, harbour, panic, panic, harbour]) all.push(await guard.checkImage(picture));
    return all;
  });
  assert.deepEqual(verdicts.map((v) => v.action), ['allow', 'unchecked', 'allow', 'unchecked', 'unchecked', 'allow']);
  for (const verdict of verdicts.filter((v) => v.action === 'unchecked')) {
    assert.deepEqual(verdict.reasons, ['worker-failed']);
    assert.equal(verdict.fallback, 'warn');
    assert.equal(verdict.scores, null);
  }
  assert.deepEqual(verdicts[5].scores, verdicts[0].scores);
  assert.deepEqual(requested.slice(before), []);
  await context.close();
});

test('pictures that wait behind a panic are judged', async () => {
  const { page, context } = await ready();
  const actions = await page.evaluate(async () => {
    const all = await Promise.all([harbour, panic, harbour, harbour].map((p) => guard.checkImage(p)));
    return all.map((v) => v.action);
  });
  assert.deepEqual(actions, ['allow', 'unchecked', 'allow', 'allow']);
  await context.close();
});

test('a hang ends at its deadline, and the next picture is judged', async () => {
  const { page, context } = await ready();
  const verdicts = await page.evaluate(async () => {
    const hung = guard.checkImage(hang, { deadlineMs: 500, direction: 'incoming' });
    const next = guard.checkImage(harbour);
    return [await hung, await next, await guard.checkImage(hang, { deadlineMs: 500 }), await guard.checkImage(harbour)];
  });
  assert.deepEqual(verdicts.map((v) => v.action), ['unchecked', 'allow', 'unchecked', 'allow']);
  assert.deepEqual(verdicts[0].reasons, ['deadline']);
  assert.equal(verdicts[0].fallback, 'warn');
  await context.close();
});
