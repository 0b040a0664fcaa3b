// Conversations in a browser, under the strict policy: the same answers as in Node, nothing sent, and a guard that tells
// them of pictures.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';

import { openReady, site } from '../support/browser.mjs';
import { launch } from '../support/chromium.mjs';
import { dist, root } from '../support/paths.mjs';

const PAGE = `<!doctype html><title>messages</title><script type="module" src="page.js"></script>`;
const SCRIPT = `
import { createMessages, MessageError } from './pausepoint/messages.js';
import { createGuard } from './pausepoint/index.js';
import { localStore } from './pausepoint/store.js';
Object.assign(window, { createGuard, createMessages, localStore, MessageError });
window.messages = await createMessages({ ageBand: '13-15' });
window.ready = true;
`;

let browser;
let server;
before(async () => {
  server = await site({ files: { 'index.html': PAGE, 'page.js': SCRIPT } });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

test('conversations have the answers that they have in Node, without a request', async (t) => {
  const data = join(root, '../shared/data/conversations');
  if (!existsSync(data)) return t.skip('no ../shared/data/conversations here');
  const all = ['en', 'es', 'de', 'fr'].flatMap((language) =>
    readFileSync(join(data, `dev_${language}.jsonl`), 'utf8').trim().split('\n').map((line) => JSON.parse(line)));
  const { createMessages } = await import(pathToFileURL(join(dist, 'node-messages.js')).href);
  const engine = await createMessages({ ageBand: '13-15' });
  const inNode = all.map(({ peer, turns }) => {
    engine.forget('p');
    engine.meet('p', peer);
    return turns.map(({ from, text, t_min }) => engine.check('p', { from, text, at: t_min * 60_000 }));
  });
  const { page, context, problems, requested } = await openReady(browser, server.url);
  const before = requested.length;
  const inPage = await page.evaluate((conversations) => conversations.map(({ peer, turns }) => {
    messages.forget('p');
    messages.meet('p', peer);
    return turns.map(({ from, text, t_min }) => messages.check('p', { from, text, at: t_min * 60_000 }));
  }), all);
  assert.deepEqual(inPage, inNode);
  assert.ok(inNode.flat().some(({ level }) => level === 'warn'));
  assert.equal(requested.length, before, 'requests after the start');
  assert.deepEqual(problems, []);
  await context.close();
});

test('an explicit picture reaches the conversation that it was meant for', async () => {
  const { page, context, problems } = await openReady(browser, server.url);
  const told = await page.evaluate(async () => {
    const told = [];
    const messages = { check: () => null, picture: (...event) => void told.push(event) };
    const policy = await (await fetch('./pausepoint/policies/13-15.json')).json();
    const guard = await createGuard({ ageBand: '13-15', model: 'small', messages });
    const canvas = new OffscreenCanvas(300, 300);
    canvas.getContext('2d').fillRect(0, 0, 300, 300);
    const plain = await canvas.convertToBlob();
    await guard.checkImage(plain, { peer: 'p' });
    const quiet = told.length;
    guard.dispose();
    // Thresholds that no picture stays below: explicit is what the policy calls so.
    const strict = structuredClone(policy);
    for (const direction of ['outgoing', 'incoming']) {
      strict.picture[direction].explicit = { notice: 1e-9, warn: 2e-9, block: null };
      strict.picture[direction].suggestive = { notice: null, warn: null, block: null };
    }
    const low = await createGuard({ policy: strict, model: 'small', messages });
    const { reasons } = await low.checkImage(plain, { peer: 'p', direction: 'outgoing' });
    await low.checkImage(plain, { peer: 'q', direction: 'incoming' });
    await low.checkImage(plain);
    low.dispose();
    return { quiet, told, reasons };
  });
  assert.equal(told.quiet, 0);
  assert.deepEqual(told.reasons, ['explicit']);
  assert.deepEqual(told.told, [['p', 'held-back'], ['q', 'received']]);
  assert.deepEqual(problems, []);
  await context.close();
});

test('what does not come is said', async () => {
  const { page, context } = await openReady(browser, server.url);
  const codes = await page.evaluate(async () => {
    const code = (options) => createMessages(options).then(() => null, (error) => error instanceof MessageError && error.code);
    return [await code({ assets: { packs: 'nowhere/' } }), await code({ assets: { wasm: 'nowhere.wasm' } })];
  });
  assert.deepEqual(codes, ['assets/pack-unreachable', 'assets/wasm-unreachable']);
  await context.close();
});
