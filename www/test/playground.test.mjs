// Bringing pictures to the page, in every way it offers, with the real package.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { png, pngFile } from './support/png.mjs';
import { choose, facts, judged, launch, open, site } from './support/site.mjs';

let browser;
let server;
before(async () => {
  browser = await launch(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
  server = await site();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

test('a chosen picture is covered until judged, then shown with its verdict', async (t) => {
  const { page, problems } = await open(t, browser, server.url);
  // Every state of the picture's frame, from the first moment on.
  await page.evaluate(() => {
    window.seen = [];
    const look = () => {
      const card = document.querySelector('.card');
      if (card) window.seen.push([card.hasAttribute('aria-busy'), card.querySelector('img') !== null]);
    };
    new MutationObserver(look).observe(document.querySelector('#picture-list'), {
      attributes: true,
      childList: true,
      subtree: true,
    });
  });
  await choose(page, pngFile('meadow.png', 320, 200));
  const card = await judged(page, 1);

  assert.equal(await card.getAttribute('data-action'), 'allow');
  assert.match(await card.innerText(), /meadow\.png[\s\S]*Nothing noticed/);
  assert.equal(await card.locator('img').getAttribute('alt'), 'meadow.png');
  const seen = await page.evaluate(() => window.seen);
  assert.ok(seen.some(([busy]) => busy), 'the card was seen while busy');
  assert.ok(!seen.some(([busy, image]) => busy && image), 'no picture while busy');

  const found = await facts(card);
  assert.equal(found.Format, 'PNG');
  assert.equal(found.Size, '320 × 200');
  assert.equal(found['Frames looked at'], '1 of 1');
  assert.equal(found['Decoded by'], 'Pausepoint');
  assert.match(found.Time, /^[\d.,]+ ms$/);
  const shares = await card.locator('.classes tbody:first-of-type td:last-child').allInnerTexts();
  assert.equal(shares.length, 5);
  const sum = shares.reduce((all, share) => all + Number.parseFloat(share), 0);
  assert.ok(Math.abs(sum - 100) < 0.5, `the classes make 100 %, not ${sum}`);
  assert.match(await page.locator('#announcer').innerText(), /meadow\.png: Let through\. Nothing noticed\./);
  assert.deepEqual(problems, []);
});

test('several pictures are listed in order and all judged', async (t) => {
  const { page } = await open(t, browser, server.url);
  const names = ['one.png', 'two.png', 'three.png', 'four.png'];
  await choose(page, names.map((name, index) => pngFile(name, 80 + index, 60)));
  const cards = await judged(page, 4);
  assert.deepEqual(await cards.locator('h3').allInnerTexts(), names);

  await page.getByRole('button', { name: 'Remove two.png' }).click();
  assert.deepEqual(await cards.locator('h3').allInnerTexts(), ['one.png', 'three.png', 'four.png']);
  await page.getByRole('button', { name: 'Remove all' }).click();
  assert.equal(await cards.count(), 0);
  assert.ok(await page.locator('#pictures').isHidden());
});

test('a pasted picture is judged: by key and by button', async (t) => {
  const { page, context } = await open(t, browser, server.url);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(server.url).origin });
  await page.evaluate(async (bytes) => {
    const blob = new Blob([new Uint8Array(bytes)], { type: 'image/png' });
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
  }, [...png(90, 70)]);
  await page.keyboard.press('Control+V');
  await judged(page, 1);
  await page.getByRole('button', { name: 'Paste', exact: true }).click();
  const cards = await judged(page, 2);
  assert.equal((await facts(cards.first())).Size, '90 × 70');
  assert.deepEqual(await cards.locator('h3').allInnerTexts(), ['Pasted picture', 'Pasted picture']);

  await page.evaluate(() => navigator.clipboard.writeText('only words'));
  await page.keyboard.press('Control+V');
  await page.getByText('There is no picture on the clipboard').waitFor();
});

test('a dropped picture is judged, wherever it lands', async (t) => {
  const { page } = await open(t, browser, server.url);
  const drop = (target, bytes) =>
    page.evaluate(
      ([selector, content]) => {
        const dataTransfer = new DataTransfer();
        if (content) dataTransfer.items.add(new File([new Uint8Array(content)], 'dropped.png', { type: 'image/png' }));
        const options = { dataTransfer, bubbles: true, cancelable: true };
        const element = document.querySelector(selector);
        for (const type of ['dragenter', 'dragover', 'drop']) element.dispatchEvent(new DragEvent(type, options));
      },
      [target, bytes],
    );
  await drop('#intake', [...png(70, 50)]);
  await judged(page, 1);
  await drop('h1', [...png(71, 50)]);
  const cards = await judged(page, 2);
  assert.equal((await facts(cards.first())).Size, '71 × 50');
  await drop('#intake', null);
  await page.getByText('There was no picture in that').waitFor();
});

test('the example is drawn here and judged', async (t) => {
  const { page } = await open(t, browser, server.url);
  await page.getByRole('button', { name: 'Example', exact: true }).click();
  const card = await judged(page, 1);
  assert.equal(await card.getAttribute('data-action'), 'allow');
  assert.equal((await facts(card)).Size, '960 × 720');
});

test('what is no picture stays covered, says why, and follows the fallback', async (t) => {
  const { page } = await open(t, browser, server.url);
  await choose(page, [
    { name: 'words.png', mimeType: 'image/png', buffer: Buffer.from('not a picture at all') },
    { name: 'cut.png', mimeType: 'image/png', buffer: png(64, 64).subarray(0, 60) },
    { name: 'nothing.png', mimeType: 'image/png', buffer: Buffer.alloc(0) },
  ]);
  const cards = await judged(page, 3);
  for (const card of await cards.all()) {
    assert.equal(await card.getAttribute('data-action'), 'unchecked');
    assert.match(await card.innerText(), /Not checked/);
    assert.equal(await card.locator('canvas, img').count(), 0);
  }
  assert.match(await cards.nth(0).innerText(), /not a kind of picture/);
  assert.match(await cards.nth(1).innerText(), /damaged/);
  assert.match(await cards.nth(2).innerText(), /empty/);
});

test('what is too large to open safely is never opened, not even to be shown', async (t) => {
  const { page } = await open(t, browser, server.url);
  await choose(page, { name: 'huge.png', mimeType: 'image/png', buffer: png(64, 64, [60_000, 60_000]) });
  const card = await judged(page, 1);
  assert.equal(await card.getAttribute('data-action'), 'unchecked');
  assert.match(await card.innerText(), /too large|too much memory/);
  assert.equal(await card.locator('canvas, img').count(), 0);
  assert.equal(await card.getByRole('button', { name: 'Show anyway' }).count(), 0);
});

test('a camera picture is judged as a video frame, and the camera goes off', async (t) => {
  const { page } = await open(t, browser, server.url);
  await page.evaluate(() => {
    window.tracks = [];
    const { mediaDevices } = navigator;
    const original = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (wanted) => {
      const stream = await original(wanted);
      window.tracks.push(...stream.getTracks());
      return stream;
    };
  });
  const states = () => page.evaluate(() => window.tracks.map(({ kind, readyState }) => `${kind} ${readyState}`));

  await page.getByRole('button', { name: 'Camera', exact: true }).click();
  await page.locator('#camera-live').getByText('Live: Nothing noticed.').waitFor();
  await page.getByRole('button', { name: 'Take picture' }).click();
  const card = await judged(page, 1);
  const found = await facts(card);
  assert.equal(found.Format, 'Video frame');
  assert.equal(found['Decoded by'], 'the browser');
  assert.ok(await page.locator('#camera-dialog').isHidden());
  assert.deepEqual(await states(), ['video ended']);

  // Given up by Escape: off as well, and nothing taken.
  await page.getByRole('button', { name: 'Camera', exact: true }).click();
  await page.locator('#camera-take:not([disabled])').waitFor();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => window.tracks.every(({ readyState }) => readyState === 'ended'));
  assert.deepEqual(await states(), ['video ended', 'video ended']);
  await judged(page, 1);

  // The frame is gone, but what it showed can be judged again.
  await page.getByRole('radio', { name: 'received' }).check();
  assert.equal((await facts(await judged(page, 1))).Format, 'Canvas');
});

test('a camera that is refused is explained', async (t) => {
  const { page } = await open(t, browser, server.url);
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  });
  await page.getByRole('button', { name: 'Camera', exact: true }).click();
  await page.getByText('was not allowed to use the camera').waitFor();
  assert.ok(await page.locator('#camera-dialog').isHidden());
});

test('a change of settings judges the pictures again', async (t) => {
  const { page, problems } = await open(t, browser, server.url);
  await choose(page, pngFile('meadow.png'));
  await judged(page, 1);
  assert.match(await page.locator('.card').innerText(), /would send it/);

  await page.getByRole('radio', { name: 'received' }).check();
  await page.getByText('would simply show it').waitFor();
  await page.getByRole('radio', { name: 'Small' }).check();
  await page.locator('#status-text', { hasText: '(small,' }).waitFor({ timeout: 60_000 });
  const card = await judged(page, 1);
  assert.equal((await facts(card)).Model, 'small');
  assert.equal(await page.locator('#network-total').innerText(), '0');
  assert.deepEqual(problems, []);
});

test('a check that cannot start says so, keeps pictures covered, and can be tried again', async (t) => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  t.after(() => context.close());
  const page = await context.newPage();
  await context.route('**/*.ppmodel', (route) => route.abort());
  await page.goto(`${server.url}playground.html`);
  await page.locator('#failure').waitFor();
  await choose(page, pngFile('meadow.png'));
  const card = await judged(page, 1);
  assert.equal(await card.getAttribute('data-action'), 'unchecked');
  assert.equal(await card.getByRole('button', { name: 'Show anyway' }).count(), 0);

  await context.unroute('**/*.ppmodel');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.card[data-action=allow]').waitFor({ timeout: 60_000 });
});
