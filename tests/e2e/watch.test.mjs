// Live video in Chromium, from canvases. With the wasm build that has hooks: it takes plain magenta for explicit.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import test, { after, before } from 'node:test';

import { HOOKED_BUILDS, STRICT_CSP, openReady, site } from '../support/browser.mjs';
import { launch } from '../support/chromium.mjs';
import { harbour } from '../support/paths.mjs';

const PAGE = `<!doctype html><title>watch</title><script type="module" src="page.js"></script>`;
const SCRIPT = `
import { createGuard } from './pausepoint/index.js';

// What goes to the workers and what comes back.
window.posted = [];
window.inFlight = 0;
window.mostInFlight = 0;
const heard = new WeakSet();
const { postMessage } = Worker.prototype;
Worker.prototype.postMessage = function (message, transfer) {
  if (!heard.has(this)) {
    heard.add(this);
    this.addEventListener('message', ({ data }) => (inFlight -= data.type === 'watched' ? 1 : 0));
  }
  posted.push(message.type);
  if (message.type === 'look') mostInFlight = Math.max(mostInFlight, (inFlight += 1));
  postMessage.call(this, message, transfer);
};

const image = await createImageBitmap(await (await fetch('harbour.jpg')).blob());
window.canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 });
const context = canvas.getContext('2d');
window.scene = 'harbour';
let frame = 0;
function paint() {
  frame += 1;
  context.fillStyle = '#f0f';
  if (scene === 'magenta') context.fillRect(0, 0, 640, 360);
  else context.drawImage(image, -(frame % 50), 0, 690, 360);
}
paint();
setInterval(paint, 33);

window.trackOf = () => canvas.captureStream().getVideoTracks()[0];
window.elementOf = async (stream) => {
  const video = Object.assign(document.createElement('video'), { muted: true, srcObject: stream });
  await video.play();
  return video;
};
window.until = async (condition) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
};
window.sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
window.told = [];
window.begin = (source, options) => {
  const onChange = ({ action, reasons }) => told.push([action, ...reasons].join(' '));
  return (window.watch = guard.watch(source, { onChange, ...options }));
};
window.guard = await createGuard({ ageBand: '13-15' });
window.harbour = await (await fetch('harbour.jpg')).blob();
window.panic = new Blob(['pausepoint-test-panic']);
window.ready = true;
`;
// Put before the worker's script: every answer about a frame comes late.
const SLOW = `
{
  const post = globalThis.postMessage;
  globalThis.postMessage = (message, transfer) => {
    if (message.type === 'watched') setTimeout(() => post.call(globalThis, message, transfer), 300);
    else post.call(globalThis, message, transfer);
  };
}
`;

let browser;
let server;
before(async () => {
  server = await site({
    files: { 'index.html': PAGE, 'page.js': SCRIPT, 'harbour.jpg': readFileSync(harbour) },
    overrides: HOOKED_BUILDS,
    csp: `${STRICT_CSP}; media-src *`,
  });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const open = async (t, { slow = false } = {}) => {
  const opened = await openReady(browser, server.url);
  t.after(() => opened.context.close());
  if (!slow) return opened;
  await opened.page.route('**/worker.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: SLOW + (await response.text()) });
  });
  await opened.page.reload();
  await opened.page.waitForFunction(() => window.ready);
  return opened;
};

for (const [kind, source] of [
  ['a track', 'trackOf()'],
  ['a track, where the browser does not hand over its frames', '(delete globalThis.MediaStreamTrackProcessor, trackOf())'],
  ['an element', 'elementOf(canvas.captureStream())'],
]) {
  test(`${kind}: frames are judged, one change is told, nothing is requested, the end is an end`, async (t) => {
    const { page, problems, requested } = await open(t);
    const before = requested.length;
    const result = await page.evaluate(async (source) => {
      const video = await eval?.(source);
      begin(video, { maxRate: 20 });
      const first = { ...watch.state };
      await until(() => watch.frames.looked >= 8);
      const { state, active, frames } = watch;
      watch.stop();
      const looks = posted.filter((type) => type === 'look').length;
      await sleep(700);
      const looksLater = posted.filter((type) => type === 'look').length;
      const live = video.readyState === 'live' || !video.paused;
      return { first, state, active, frames, told, looks, looksLater, after: [watch.active, watch.state.action], live };
    }, source);
    assert.deepEqual([result.first.action, result.first.reasons], ['unchecked', ['not-ready']]);
    assert.deepEqual([result.state.action, result.active, result.told], ['allow', true, ['allow']]);
    assert.equal(result.looksLater, result.looks);
    assert.deepEqual(result.after, [false, 'unchecked']);
    assert.ok(result.live, 'the source is left as it is');
    assert.deepEqual(requested.slice(before), []);
    assert.deepEqual(problems, []);
  });
}

test('what is seen rises, and falls again step by step', async (t) => {
  const { page, problems } = await open(t);
  const result = await page.evaluate(async () => {
    begin(trackOf());
    await until(() => watch.state.action === 'allow');
    scene = 'magenta';
    await until(() => watch.state.action === 'block');
    const { since, fallback } = watch.state;
    scene = 'harbour';
    await until(() => watch.state.action === 'allow');
    return { told, lasted: watch.state.since - since, fallback };
  });
  assert.equal(result.told.at(0), 'allow');
  assert.equal(result.told.at(-1), 'allow');
  const up = result.told.indexOf('block explicit');
  const levels = result.told.map((state) => ['allow', 'notice', 'warn', 'block'].indexOf(state.split(' ')[0]));
  const order = (a, b) => a - b;
  assert.deepEqual(levels.slice(0, up + 1), levels.slice(0, up + 1).sort(order));
  assert.deepEqual(levels.slice(up), levels.slice(up).sort(order).reverse());
  // By the frames' own times, as the core counts them.
  assert.ok(result.lasted >= 2_000, `${result.lasted}`);
  assert.equal(result.fallback, null);
  assert.deepEqual(problems, []);
});

test('a slow worker: frames are dropped, never queued, and a picture goes before the next one', async (t) => {
  const { page, problems } = await open(t, { slow: true });
  const result = await page.evaluate(async () => {
    begin(trackOf(), { maxRate: 30 });
    await until(() => watch.frames.looked >= 3 && inFlight === 1);
    const at = posted.length;
    const verdicts = await Promise.all([guard.checkImage(harbour), guard.checkImage(harbour)]);
    await until(() => posted.length > at + 2);
    return { order: posted.slice(at, at + 3), actions: verdicts.map((v) => v.action), mostInFlight, frames: watch.frames, told };
  });
  assert.deepEqual(result.order, ['check', 'check', 'look']);
  assert.deepEqual(result.actions, ['allow', 'allow']);
  assert.equal(result.mostInFlight, 1);
  assert.ok(result.frames.dropped > result.frames.looked, JSON.stringify(result.frames));
  assert.deepEqual(result.told, ['allow']);
  assert.deepEqual(problems, []);
});

test('an engine that is lost meanwhile is replaced, and the watch goes on', async (t) => {
  const { page } = await open(t);
  const result = await page.evaluate(async () => {
    begin(trackOf());
    await until(() => watch.frames.looked >= 2);
    const { action } = await guard.checkImage(panic);
    const { looked } = watch.frames;
    await until(() => watch.frames.looked >= looked + 3);
    return { action, told };
  });
  assert.deepEqual(result, { action: 'unchecked', told: ['allow'] });
});

test('a video that is paused is looked at no more, until it goes on', async (t) => {
  const { page } = await open(t);
  const result = await page.evaluate(async () => {
    const video = await elementOf(canvas.captureStream());
    begin(video);
    await until(() => watch.frames.looked >= 2);
    video.pause();
    let looked;
    for (let round = 0; round < 20 && looked !== watch.frames.looked; round++) {
      ({ looked } = watch.frames);
      await sleep(1_000);
    }
    const later = watch.frames.looked;
    const held = watch.state.action;
    await video.play();
    await until(() => watch.frames.looked >= later + 2);
    return { looked, later, held, told };
  });
  assert.equal(result.later, result.looked);
  assert.equal(result.held, 'allow');
  assert.deepEqual(result.told, ['allow']);
});

test('a paused video is judged by the frame that it shows', async (t) => {
  const { page } = await open(t);
  const told = await page.evaluate(async () => {
    const stream = canvas.captureStream();
    const video = await elementOf(stream);
    scene = 'magenta';
    await sleep(500);
    video.pause();
    begin(video);
    await until(() => watch.state.action === 'block');
    return told;
  });
  assert.deepEqual(told, ['block explicit']);
});

for (const [kind, setUp] of [
  ['handed over', ''],
  ['played', 'delete globalThis.MediaStreamTrackProcessor'],
]) {
  test(`the end of a track, ${kind}, and of the guard end the watch, and that is told`, async (t) => {
    const { page } = await open(t);
    const result = await page.evaluate(async (setUp) => {
      eval?.(setUp);
      const track = trackOf();
      begin(track);
      await until(() => watch.state.action === 'allow');
      track.stop();
      await until(() => !watch.active);
      begin(track);
      await until(() => !watch.active);
      begin(trackOf());
      await until(() => watch.state.action === 'allow');
      guard.dispose();
      return { told, active: watch.active };
    }, setUp);
    const end = 'unchecked not-ready';
    assert.deepEqual(result, { told: ['allow', end, end, 'allow', end], active: false });
  });
}

test('a video of another origin is unchecked', async (t) => {
  const { page } = await open(t);
  const webm = await page.evaluate(async () => {
    const recorder = new MediaRecorder(canvas.captureStream(), { mimeType: 'video/webm' });
    const chunks = [];
    recorder.ondataavailable = ({ data }) => chunks.push(data);
    recorder.start();
    await sleep(1_000);
    const stopped = new Promise((resolve) => (recorder.onstop = resolve));
    recorder.stop();
    await stopped;
    return [...new Uint8Array(await new Blob(chunks).arrayBuffer())];
  });
  const other = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'video/webm', 'Access-Control-Allow-Origin': '*' });
    response.end(Buffer.from(webm));
  });
  await new Promise((resolve) => other.listen(0, '127.0.0.1', resolve));
  t.after(() => other.close());
  const url = `http://127.0.0.1:${other.address().port}/`;
  const watchFile = (crossOrigin) =>
    page.evaluate(
      async ([url, crossOrigin]) => {
        const video = Object.assign(document.createElement('video'), { muted: true, loop: true, crossOrigin, src: url });
        await video.play();
        told.length = 0;
        begin(video);
        await until(() => watch.frames.looked >= 3);
        watch.stop();
        video.pause();
        return told;
      },
      [url, crossOrigin],
    );
  assert.deepEqual(await watchFile(null), ['unchecked not-readable']);
  assert.deepEqual(await watchFile('anonymous'), ['allow'], 'with CORS it can be read');
});

test('what is no video is refused', async (t) => {
  const { page } = await open(t);
  const messages = await page.evaluate(() =>
    [canvas, harbour, document.createElement('audio'), null].map((source) => {
      try {
        return guard.watch(source);
      } catch (error) {
        return `${error.name} ${error.message}`;
      }
    }),
  );
  assert.deepEqual(messages, Array(4).fill('TypeError source/not-a-video-source'));
});
