// Nothing leaves the device: the page's own counter, the browser's records and the server's, all of them.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pngFile } from './support/png.mjs';
import { choose, DIST, judged, launch, open, ready, site } from './support/site.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const count = (page) => page.locator('#network-total').innerText();

test('no request between ready and the last verdict', async (t) => {
  const server = await site();
  t.after(() => server.close());
  const { page, context, problems } = await open(t, browser, server.url);
  const seen = [];
  context.on('request', (request) => !request.url().startsWith('blob:') && seen.push(request.url()));
  const before = server.requests.length;
  assert.equal(await count(page), '0');

  await choose(page, [pngFile('a.png', 200, 100), pngFile('b.png', 90, 300), pngFile('c.png')]);
  await page.getByRole('button', { name: 'Example', exact: true }).click();
  await judged(page, 4);
  await page.getByRole('radio', { name: 'received' }).check();
  await judged(page, 4);

  // One more look by the page at its worker's count.
  await page.waitForTimeout(2_500);
  assert.equal(await count(page), '0');
  assert.deepEqual(seen, []);
  assert.deepEqual(server.requests.slice(before), []);
  assert.deepEqual(problems, []);
});

test('only the WebAssembly build that runs here is loaded by the worker', async (t) => {
  const server = await site();
  t.after(() => server.close());
  await open(t, browser, server.url, { serviceWorkers: 'block' });
  assert.equal(server.requests.filter((path) => path.endsWith('.wasm')).length, 1);
  assert.equal(server.requests.filter((path) => path.endsWith('.ppmodel')).length, 1);
});

test('the counter does count: a request by the page shows up, with its address', async (t) => {
  const server = await site();
  t.after(() => server.close());
  const { page } = await open(t, browser, server.url);
  await page.evaluate(() => fetch('./not-part-of-the-page').catch(() => {}));
  await page.locator('#network-total', { hasText: '1' }).waitFor();
  assert.match(await page.locator('#network-addresses').innerText(), /not-part-of-the-page/);
  assert.equal(await page.locator('#network-past-cache').innerText(), '1');
});

test('the page works with the network off and the server gone', async (t) => {
  const server = await site();
  t.after(() => server.close());
  const { page, context, problems } = await open(t, browser, server.url);
  assert.equal(await page.locator('#network-saved').innerText(), 'ready');
  const asked = server.requests.filter((path) => path.endsWith('.ppmodel'));
  assert.equal(asked.length, 1, 'the model travels once, and not the one that nobody chose');

  await context.setOffline(true);
  await server.close();
  await page.reload();
  await ready(page);
  await choose(page, pngFile('meadow.png', 120, 90));
  const card = await judged(page, 1);
  assert.equal(await card.getAttribute('data-action'), 'allow');
  assert.equal(await count(page), '0');
  assert.deepEqual(problems, []);
});

test('the small model is kept once it was chosen', async (t) => {
  const server = await site();
  t.after(() => server.close());
  const { page, context } = await open(t, browser, server.url);
  await page.getByRole('radio', { name: 'Small' }).check();
  await page.locator('#status-text', { hasText: '(small,' }).waitFor({ timeout: 60_000 });
  await context.setOffline(true);
  await server.close();
  await page.reload();
  await ready(page);
  await page.getByRole('radio', { name: 'Small' }).check();
  await page.locator('#status-text', { hasText: '(small,' }).waitFor({ timeout: 60_000 });
});

test('a new build is saved beside the old one and takes its place when no page is open any more', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'pausepoint-www-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const overrides = new Map();
  const server = await site({ overrides });
  t.after(() => server.close());
  const { page, context } = await open(t, browser, server.url);
  const versions = async (tab) => {
    const names = await tab.evaluate(() => caches.keys());
    return names.map((name) => name.split(' ').at(-1)).sort();
  };
  const [old] = await versions(page);
  await page.evaluate(() => caches.open('somebody else'));

  const script = join(folder, 'sw.js');
  writeFileSync(script, readFileSync(join(DIST, 'sw.js'), 'utf8').replace(old, 'ffff'));
  overrides.set('/sw.js', script);
  const asked = server.requests.length;
  await page.reload();
  await page.locator('#network-saved[data-state=newer]').waitFor();
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    while (registration.waiting === null) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  assert.deepEqual(await versions(page), [old, 'else', 'ffff'].sort());
  const models = server.requests.slice(asked).filter((path) => path.endsWith('.ppmodel'));
  assert.deepEqual(models, [], 'what has not changed is not loaded again');

  const next = await context.newPage();
  await page.close();
  // The browser takes its time to notice that no page is open.
  let kept = [];
  for (let visit = 0; visit < 20 && kept.length !== 2; visit += 1) {
    await next.goto('about:blank');
    await next.waitForTimeout(100 * visit);
    // Headless Chromium has been seen to drop a navigation that begins while a worker takes over; people press reload.
    const opened = await next.goto(`${server.url}playground.html`, { timeout: 10_000 }).catch(() => null);
    if (opened === null) continue;
    await ready(next);
    kept = await versions(next);
  }
  assert.deepEqual(kept, ['else', 'ffff'], 'the copy of the old build goes, and nobody else’s');
});

test('browsers find it installable', async (t) => {
  const server = await site();
  t.after(() => server.close());
  const { page, context } = await open(t, browser, server.url);
  const session = await context.newCDPSession(page);
  const { errors } = await session.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // A fresh profile of a test counts as private browsing, which cannot install anything.
  assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'), []);
});
