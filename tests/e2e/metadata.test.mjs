// Metadata in a browser: under the strict policy, with the browser's own decoder as witness, and with workers that die.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';

import { openReady, site } from '../support/browser.mjs';
import { launch } from '../support/chromium.mjs';
import { harbour, root } from '../support/paths.mjs';

const seed = (name) => readFileSync(join(root, 'fuzz/seeds/metadata', name));
const NAMES = ['all.jpg', 'scans.jpg', 'inks.jpg', 'pictures.jpg', 'all.png', 'moving.png', 'all.webp', 'moving.webp', 'all.gif', 'moving.gif'];
const PAGE = `<!doctype html><title>metadata</title><script type="module" src="page.js"></script>`;
const SCRIPT = `
import { createMetadataTool, MetadataError } from './pausepoint/metadata.js';
// Workers of the page, so that a test can break them.
window.workers = [];
const Native = window.Worker;
window.Worker = class extends Native {
  constructor(...args) {
    super(...args);
    window.workers.push(this);
  }
};
window.tool = await createMetadataTool();
window.file = async (name) => new File([await (await fetch(name)).blob()], name, { type: 'image/' + name.split('.').pop().replace('jpg', 'jpeg'), lastModified: 77 });
window.pixels = async (blob) => {
  const decoder = new ImageDecoder({ data: await blob.arrayBuffer(), type: blob.type });
  await decoder.tracks.ready;
  const frames = [];
  for (let frameIndex = 0; frameIndex < decoder.tracks.selectedTrack.frameCount; frameIndex += 1) {
    const { image } = await decoder.decode({ frameIndex });
    const bytes = new Uint8Array(image.allocationSize());
    await image.copyTo(bytes);
    frames.push([image.codedWidth, image.codedHeight, image.format, image.duration, [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].join()]);
    image.close();
  }
  // As it is shown: turned.
  const bitmap = await createImageBitmap(blob);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  frames.push([bitmap.width, bitmap.height, [...new Uint8Array(await crypto.subtle.digest('SHA-256', data))].join()]);
  return frames;
};
Object.assign(window, { createMetadataTool, MetadataError, ready: true });
`;

let browser;
let server;
before(async () => {
  const files = Object.fromEntries(NAMES.map((name) => [name, seed(name)]));
  server = await site({ files: { 'index.html': PAGE, 'page.js': SCRIPT, 'harbour.jpg': readFileSync(harbour), ...files } });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

test('the browser shows the same without metadata, and nothing is fetched', async () => {
  const { page, context, problems } = await openReady(browser, server.url);
  for (const name of NAMES) {
    await page.evaluate(async (name) => (window.given = await file(name)), name);
    const before = server.requests.length;
    const seen = await page.evaluate(async () => {
      const { file, removed, kept } = await tool.strip(given);
      const again = await tool.strip(file);
      const { name, type, lastModified } = file;
      return { about: { name, type, lastModified }, removed, kept, same: again.file === file, smaller: file.size < given.size, before: await pixels(given), after: await pixels(file) };
    });
    assert.deepEqual(server.requests.slice(before), []);
    assert.deepEqual(seen.about, { name, type: `image/${name.split('.')[1].replace('jpg', 'jpeg')}`, lastModified: 77 });
    assert.ok(seen.removed.length > 0 && seen.same && seen.smaller, name);
    assert.deepEqual(seen.after, seen.before, name);
  }
  const harbourSame = await page.evaluate(async () => {
    const given = await file('harbour.jpg');
    return (await tool.strip(given)).file === given && (await tool.scan(given)).found.length === 0;
  });
  assert.ok(harbourSame);
  assert.deepEqual(problems, []);
  await context.close();
});

test('refusals have a code, and an aborted call its reason', async () => {
  const { page, context } = await openReady(browser, server.url);
  const codes = await page.evaluate(async () => {
    const given = await file('all.jpg');
    const code = async (promise) => promise.then(() => null, (error) => error.code ?? error.message);
    const cancel = new AbortController();
    const aborted = code(tool.strip(given, { signal: cancel.signal }));
    cancel.abort(new Error('enough'));
    return [
      await code(tool.strip(given.slice(0, 700))),
      await code(tool.strip(new Blob(['text']))),
      await code(tool.strip('all.jpg')),
      await aborted,
      await code(createMetadataTool({ assets: { worker: '/none.js' } })),
      await code(createMetadataTool({ assets: { worker: 'https://elsewhere.example/worker.js' } })),
      await code(createMetadataTool({ assets: { wasm: '/none.wasm' } })),
    ];
  });
  assert.deepEqual(codes, ['metadata/damaged', 'metadata/unsupported-format', 'source/not-a-file', 'enough', 'assets/worker-failed', 'assets/worker-failed', 'assets/wasm-unreachable']);
  await context.close();
});

test('a worker that dies rejects the call; the next one is answered, and nothing is fetched', async () => {
  const { page, context } = await openReady(browser, server.url);
  await page.evaluate(async () => (window.given = await file('all.jpg')));
  const before = server.requests.length;
  const [died, next] = await page.evaluate(async () => {
    const code = tool.strip(given).then(() => null, (error) => error.code);
    workers[0].dispatchEvent(new ErrorEvent('error'));
    return [await code, (await tool.strip(given)).removed.length];
  });
  assert.deepEqual([died, next > 0], ['metadata/worker-failed', true]);
  assert.deepEqual(server.requests.slice(before), []);
  const [again, disposed] = await page.evaluate(async () => {
    workers[1].dispatchEvent(new ErrorEvent('error'));
    const { removed } = await tool.strip(given);
    const under = tool.strip(given).then(() => null, (error) => error.code);
    tool.dispose();
    return [removed.length, [await under, await tool.scan(given).then(() => null, (error) => error.code)]];
  });
  assert.ok(again > 0);
  assert.deepEqual(disposed, ['metadata/disposed', 'metadata/disposed']);
  await context.close();
});
