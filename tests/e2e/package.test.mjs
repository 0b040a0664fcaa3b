// The package from a plain script tag on a static server, under the strict policy, with every request recorded.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';

import { openReady, site } from '../support/browser.mjs';
import { launch } from '../support/chromium.mjs';
import { corpus, harbour, root } from '../support/paths.mjs';

const AVIF = join(root, 'target/pictures/pillow-11.3.0/Tests/images/avif/hopper.avif');

const PAGE = `<!doctype html><title>package</title><img id="shown" src="harbour.jpg" alt="">
<script type="module" src="page.js"></script>`;
const SCRIPT = `
import { createGuard } from './pausepoint/index.js';
const phases = [];
const guard = await createGuard({ ageBand: '13-15', onProgress: (e) => phases.push(e) });
Object.assign(window, { guard, createGuard, phases, ready: true });
window.harbour = async () => (await fetch('harbour.jpg')).blob();
`;

let browser;
let server;
before(async () => {
  server = await site({
    files: {
      'index.html': PAGE,
      'strict.html': `<meta http-equiv="Content-Security-Policy" content="connect-src 'none'">${PAGE}`,
      'page.js': SCRIPT,
      'harbour.jpg': readFileSync(harbour),
      'hopper.avif': readFileSync(AVIF),
    },
    folders: { broken: join(corpus, 'broken') },
  });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const ready = () => openReady(browser, server.url);

test('no request between ready and the last verdict, only one build fetched before', async () => {
  const { page, context, problems, requested } = await ready();
  const started = server.requests.filter((path) => path.startsWith('/pausepoint/'));
  const build = await page.evaluate(() => guard.info().build);
  assert.match(build, /^(relaxed|simd128)$/);
  assert.deepEqual(started.filter((path) => path.endsWith('.wasm')), [`/pausepoint/wasm/${build}.wasm`]);
  assert.deepEqual(started.filter((path) => path.endsWith('.ppmodel')), ['/pausepoint/models/mid.ppmodel']);

  const bytes = [...readFileSync(harbour)];
  const atBrowser = requested.length;
  const atServer = server.requests.length;
  const verdicts = await page.evaluate(async (bytes) => {
    const results = [];
    for (let i = 0; i < 5; i++) results.push(await guard.checkImage(new Uint8Array(bytes)));
    results.push(await guard.checkImage(document.querySelector('#shown')));
    results.push(await guard.checkImage(new Blob(['no picture'])));
    return results;
  }, bytes);
  assert.deepEqual(verdicts.map((v) => v.action), [...Array(6).fill('allow'), 'unchecked']);
  assert.deepEqual(requested.slice(atBrowser), []);
  assert.deepEqual(server.requests.slice(atServer), []);
  assert.deepEqual(await page.evaluate(() => guard.diagnostics()), { requestsSinceReady: 0, workersStarted: 2 });
  assert.deepEqual(problems, []);
  await context.close();
});

test('progress is told, up to ready', async () => {
  const { page, context } = await ready();
  const phases = await page.evaluate(() => phases);
  assert.equal(phases.at(-1).phase, 'ready');
  const model = phases.filter((e) => e.phase === 'model');
  assert.ok(model.length > 0 && model.every((e, i) => i === 0 || e.loaded >= model[i - 1].loaded));
  assert.ok(model.at(-1).loaded > 4_000_000);
  await context.close();
});

test('where the page may not fetch the model, the worker does', async () => {
  const before = server.requests.length;
  const { page, context, problems } = await openReady(browser, `${server.url}strict.html`);
  assert.equal(await page.evaluate(() => guard.info().model.name), 'mid');
  assert.deepEqual(server.requests.slice(before).filter((path) => path.endsWith('.ppmodel')), ['/pausepoint/models/mid.ppmodel']);
  const phases = await page.evaluate(() => phases);
  assert.ok(phases.some((e) => e.phase === 'model' && e.loaded > 4_000_000));
  assert.ok(problems.length > 0 && problems.every((text) => text.includes('Content Security Policy')), problems.join('\n'));
  await context.close();
});

test('every kind of source is judged, and none is taken away from its owner', async () => {
  const { page, context, problems } = await ready();
  const results = await page.evaluate(async () => {
    const blob = await harbour();
    const buffer = await blob.arrayBuffer();
    const bitmap = await createImageBitmap(blob);
    const canvas = Object.assign(document.createElement('canvas'), { width: bitmap.width, height: bitmap.height });
    canvas.getContext('2d').drawImage(bitmap, 0, 0);
    const offscreen = new OffscreenCanvas(bitmap.width, bitmap.height);
    offscreen.getContext('2d').drawImage(bitmap, 0, 0);
    const frame = new VideoFrame(bitmap, { timestamp: 0 });
    const sources = {
      blob,
      file: new File([blob], 'wrong-name.txt', { type: 'text/plain' }),
      buffer,
      bytes: new Uint8Array(buffer),
      view: new DataView(buffer),
      bitmap,
      pixels: canvas.getContext('2d').getImageData(0, 0, bitmap.width, bitmap.height),
      canvas,
      offscreen,
      image: document.querySelector('#shown'),
      frame,
    };
    const verdicts = {};
    for (const [name, source] of Object.entries(sources)) verdicts[name] = await guard.checkImage(source);
    const kept = { buffer: buffer.byteLength > 0, bitmap: bitmap.width === 640, frame: frame.format !== null };
    return { verdicts, kept };
  });
  assert.deepEqual(results.kept, { buffer: true, bitmap: true, frame: true });
  const own = results.verdicts.blob;
  for (const [name, verdict] of Object.entries(results.verdicts)) {
    assert.equal(verdict.action, 'allow', name);
    assert.deepEqual([verdict.looked.width, verdict.looked.height], [640, 427], name);
    const isFile = ['blob', 'file', 'buffer', 'bytes', 'view'].includes(name);
    assert.equal(verdict.looked.decoder, isFile ? 'own' : 'host', name);
    if (isFile) assert.deepEqual(verdict.scores, own.scores, name);
    // The browser's JPEG decoder rounds differently; the picture is the same.
    else for (const [c, p] of Object.entries(verdict.scores)) assert.ok(Math.abs(p - own.scores[c]) < 0.05, `${name}: ${c}`);
    assert.ok(verdict.millis > 0);
  }
  assert.deepEqual(problems, []);
  await context.close();
});

test('a video frame is judged', async () => {
  const { page, context } = await ready();
  const verdict = await page.evaluate(async () => {
    // A generated track, shown as a camera's would be.
    const generator = new MediaStreamTrackGenerator({ kind: 'video' });
    const video = Object.assign(document.createElement('video'), { muted: true, srcObject: new MediaStream([generator]) });
    const writer = generator.writable.getWriter();
    const bitmap = await createImageBitmap(await harbour());
    const playing = new Promise((resolve) => video.addEventListener('loadeddata', resolve, { once: true }));
    video.play();
    await writer.write(new VideoFrame(bitmap, { timestamp: 0 }));
    await writer.write(new VideoFrame(bitmap, { timestamp: 40_000 }));
    await playing;
    return guard.checkImage(video);
  });
  assert.equal(verdict.action, 'allow');
  assert.equal(verdict.looked.decoder, 'host');
  assert.deepEqual([verdict.looked.width, verdict.looked.height], [640, 427]);
  await context.close();
});

test('what only the browser can decode is decoded there', async () => {
  const { page, context } = await ready();
  const verdict = await page.evaluate(async () => guard.checkImage(await (await fetch('hopper.avif')).blob()));
  assert.equal(verdict.action, 'allow');
  assert.equal(verdict.looked.format, 'avif');
  assert.equal(verdict.looked.decoder, 'host');
  await context.close();
});

test('what nobody can read is unchecked, and the policy says what then', async () => {
  const { page, context } = await ready();
  const verdicts = await page.evaluate(async () => {
    const bitmap = await createImageBitmap(new ImageData(2, 2));
    bitmap.close();
    return {
      closed: await guard.checkImage(bitmap),
      noPixels: await guard.checkImage(new OffscreenCanvas(0, 0)),
      noSource: await guard.checkImage(document.createElement('img')),
      noFrame: await guard.checkImage(document.createElement('video')),
      svg: await guard.checkImage(new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>'], { type: 'image/svg+xml' })),
      unfinished: await guard.checkImage(new Blob([new Uint8Array([0xff, 0xd8, 0xff])])),
    };
  });
  for (const [name, verdict] of Object.entries(verdicts)) {
    assert.equal(verdict.action, 'unchecked', name);
    assert.equal(verdict.fallback, 'warn', name);
    assert.equal(verdict.scores, null, name);
  }
  assert.equal(verdicts.closed.reasons[0], 'not-readable');
  assert.equal(verdicts.svg.reasons[0], 'unsupported-format');
  assert.equal(verdicts.unfinished.reasons[0], 'damaged');
  await assert.rejects(page.evaluate(() => guard.checkImage('harbour.jpg')), /TypeError/);
  await context.close();
});

test('an aborted check rejects with the signal’s reason, and the guard goes on', async () => {
  const { page, context } = await ready();
  const outcome = await page.evaluate(async () => {
    const blob = await harbour();
    const controller = new AbortController();
    const first = guard.checkImage(blob);
    const second = guard.checkImage(blob, { signal: controller.signal }).catch((error) => error.message);
    controller.abort(new Error('changed my mind'));
    return [(await first).action, await second, (await guard.checkImage(blob)).action];
  });
  assert.deepEqual(outcome, ['allow', 'changed my mind', 'allow']);
  await context.close();
});

test('bad files are unchecked or judged in Chromium too', async () => {
  const expected = JSON.parse(readFileSync(join(corpus, 'broken.json')));
  const { page, context, problems } = await ready();
  const verdicts = await page.evaluate(async (names) => {
    const results = {};
    for (const name of names) {
      results[name] = await guard.checkImage(await (await fetch('broken/' + name)).blob());
    }
    return results;
  }, Object.keys(expected));
  for (const [name, verdict] of Object.entries(verdicts)) {
    assert.ok(!['worker-failed', 'deadline', 'not-ready'].includes(verdict.reasons[0]), `${name}: ${verdict.reasons[0]}`);
    if (verdict.action === 'unchecked') assert.ok(['either', verdict.reasons[0]].includes(expected[name]), name);
    // Chromium makes something of a few damaged files; what it shows is then what is judged.
    else assert.ok(['either', 'judged'].includes(expected[name]) || verdict.looked.decoder === 'host', name);
  }
  assert.equal((await page.evaluate(() => guard.diagnostics())).workersStarted, 2);
  assert.deepEqual(problems, []);
  await context.close();
});
