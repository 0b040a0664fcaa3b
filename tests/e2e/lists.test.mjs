// The user's own list and issued lists in a browser: kept between visits, shared between pages, never sent.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';

import { openReady, site } from '../support/browser.mjs';
import { launch } from '../support/chromium.mjs';
import { dist, harbour } from '../support/paths.mjs';

const PAGE = `<!doctype html><title>lists</title><script type="module" src="page.js"></script>`;
const SCRIPT = (trust) => `
import { createGuard } from './pausepoint/index.js';
import { localStore } from './pausepoint/store.js';
window.start = (options = {}) => createGuard({ model: 'small', ageBand: '13-15', trustedIssuers: ['${trust}'], store: localStore(), ...options });
window.guard = await start();
window.file = async (name) => new File([await (await fetch(name)).blob()], name);
/** The picture as people pass it on: smaller, turned or mirrored, and compressed once more. */
window.copy = async ({ scale = 1, turn = 0, mirror = false, quality = 0.7 }) => {
  const bitmap = await createImageBitmap(await file('harbour.jpg'));
  const [w, h] = [bitmap.width * scale, bitmap.height * scale].map(Math.round);
  const canvas = new OffscreenCanvas(...(turn % 180 ? [h, w] : [w, h]));
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate((turn * Math.PI) / 180);
  context.scale(mirror ? -1 : 1, 1);
  context.drawImage(bitmap, -w / 2, -h / 2, w, h);
  return canvas.convertToBlob({ type: 'image/jpeg', quality });
};
window.ready = true;
`;

const folder = mkdtempSync(join(tmpdir(), 'pausepoint-e2e-lists-'));
const run = (...args) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(dist, 'cli.js'), ...args], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
};

let browser;
let server;
before(async () => {
  const trust = run('list', 'keygen', '-o', join(folder, 'key.pem')).trim();
  writeFileSync(join(folder, 'hashes.jsonl'), run('hash', '--json', harbour));
  for (const version of [1, 2]) {
    const given = ['--key', join(folder, 'key.pem'), '--name', 'school', '--expires', '9d', '--list-version', `${version}`];
    run('list', 'build', ...given, '-o', join(folder, `${version}.list`), join(folder, 'hashes.jsonl'));
  }
  const lists = Object.fromEntries([1, 2].map((version) => [`${version}.list`, readFileSync(join(folder, `${version}.list`))]));
  server = await site({ files: { 'index.html': PAGE, 'page.js': SCRIPT(trust), 'harbour.jpg': readFileSync(harbour), ...lists } });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true });
});

test('a picture of the own list does not go out again, nor do its copies', async () => {
  const { page, context, problems } = await openReady(browser, server.url);
  const seen = await page.evaluate(async () => {
    const picture = await file('harbour.jpg');
    const before = (await guard.checkImage(picture)).reasons;
    const added = await guard.ownList.add(picture, 'harbour');
    const copies = [{}, { scale: 0.75 }, { scale: 0.5 }, { scale: 0.36 }, { scale: 1.5 }, { turn: 90 }, { turn: 180 }, { turn: 270, scale: 0.6 }, { mirror: true }, { mirror: true, turn: 90, scale: 0.8 }, { quality: 0.3 }];
    const verdicts = [];
    for (const how of copies) {
      const { action, listed } = await guard.checkImage(await copy(how));
      verdicts.push([JSON.stringify(how), action, listed[0]?.label, listed[0]?.distance]);
    }
    const incoming = await guard.checkImage(picture, { direction: 'incoming' });
    const bitmap = await createImageBitmap(picture);
    const drawn = await guard.checkImage(bitmap);
    return { before, added, verdicts, incoming: [incoming.action, incoming.reasons], drawn: [drawn.action, drawn.reasons, drawn.looked.decoder] };
  });
  assert.deepEqual([seen.before, seen.added], [[], 'new']);
  for (const [how, action, label, distance] of seen.verdicts) {
    assert.deepEqual([action, label], ['block', 'harbour'], how);
    assert.ok(distance <= 31, how);
  }
  assert.deepEqual(seen.incoming, ['warn', ['own-list']]);
  assert.deepEqual(seen.drawn, ['block', ['own-list'], 'host']);
  assert.deepEqual(problems, []);
  await context.close();
});

test('it is there on the next visit, in other pages at once, and gone when it is taken out', async () => {
  const { page, context, problems } = await openReady(browser, server.url);
  await page.evaluate(async () => guard.ownList.add(await file('harbour.jpg'), 'harbour'));
  const other = await context.newPage();
  await other.goto(server.url);
  await other.waitForFunction(() => window.ready);
  const before = server.requests.length;
  const blocked = () => guard.checkImage(window.held).then(({ action }) => action);
  for (const one of [page, other]) await one.evaluate(async () => void (window.held = await file('harbour.jpg')));
  const asked = server.requests.length;
  assert.equal(await other.evaluate(blocked), 'block');
  await other.evaluate(() => guard.ownList.remove('harbour'));
  assert.equal(await other.evaluate(blocked), 'allow');
  await page.waitForFunction(() => guard.ownList.names.length === 0);
  assert.equal(await page.evaluate(blocked), 'allow');
  // Two pages that add at once do not undo each other.
  await Promise.all([page.evaluate(() => guard.ownList.add(held, 'one')), other.evaluate(() => guard.ownList.add(held, 'two'))]);
  await page.reload();
  await page.waitForFunction(() => window.ready);
  const names = await page.evaluate(() => guard.ownList.names);
  assert.deepEqual([...names].sort(), ['one', 'two']);
  assert.ok(asked > before, 'the pictures were fetched');
  assert.deepEqual(server.requests.slice(asked).filter((path) => !/^\/(index\.html|page\.js|favicon\.ico|pausepoint\/.*)?$/.test(path)), []);
  assert.deepEqual(problems, []);
  await context.close();
});

test('an issued list counts, is kept, and cannot be rolled back on the next visit', async () => {
  const { page, context } = await openReady(browser, server.url);
  const first = await page.evaluate(async () => {
    const taken = await guard.lists.take(await file('2.list'));
    const verdict = await guard.checkImage(await copy({ scale: 0.8, mirror: true }));
    return { taken, reasons: verdict.reasons, requests: await guard.diagnostics() };
  });
  assert.deepEqual([first.taken, first.reasons], ['new', ['hash-list']]);
  assert.equal(first.requests.requestsSinceReady, 0);
  await page.reload();
  await page.waitForFunction(() => window.ready);
  const next = await page.evaluate(async () => {
    const code = await guard.lists.take(await file('1.list')).catch((error) => error.code);
    return { code, inUse: guard.lists.inUse.map(({ name, version }) => [name, version]), reasons: (await guard.checkImage(await file('harbour.jpg'))).reasons };
  });
  assert.deepEqual(next, { code: 'list/older', inUse: [['school', 2]], reasons: ['hash-list'] });
  await context.close();
});
