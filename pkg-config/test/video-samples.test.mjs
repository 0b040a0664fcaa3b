// Which frames of a video file are looked at, with a browser that is made up: its videos are lists of scenes.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { load } from '../test-support/load.mjs';

const { sampleVideo } = await load('client/video-samples.ts');

let film;
let videos;
let bitmaps;
let addresses;
let onViolation;

/** A film: `cuts` are pairs of a scene's brightness and its length. */
class FakeVideo extends EventTarget {
  videoWidth = film.width ?? 640;
  videoHeight = 360;
  error = null;
  seeks = [];
  #time = 0;
  #shown = 0;
  constructor() {
    super();
    videos.push(this);
    this.duration = film.announced ?? film.length;
    if (!film.tellsFrames) return;
    this.requestVideoFrameCallback = (callback) => (this.callback = callback);
    this.cancelVideoFrameCallback = () => (this.callback = null);
  }
  set src(_) {
    this.#tell(film.refuse ? 'error' : 'loadedmetadata');
  }
  get currentTime() {
    return this.#time;
  }
  set currentTime(seconds) {
    this.seeks.push(seconds);
    this.#time = Math.min(seconds, film.length);
    if (film.stallFrom <= seconds) return;
    if (film.breakFrom <= seconds) return this.#tell('error');
    if (seconds > film.length && film.tells) this.duration = film.length;
    this.#tell('seeked');
    if (film.tellsFrames) setTimeout(() => this.#present(), 5);
    else this.#shown = this.#time;
  }
  #present() {
    this.#shown = this.#time;
    this.callback?.();
    this.callback = null;
  }
  removeAttribute(name) {
    this.removed = name;
  }
  load() {
    this.freed = true;
  }
  get brightness() {
    let end = 0;
    return film.cuts.find(([, seconds]) => this.#shown < (end += seconds))?.[0] ?? film.cuts.at(-1)[0];
  }
  #tell(name) {
    setImmediate(() => {
      if (name === 'error') this.error = {};
      this.dispatchEvent(new Event(name));
      if (film.refuse === 'policy') onViolation({ effectiveDirective: 'media-src', blockedURI: 'blob', disposition: 'enforce' });
    });
  }
}

class FakeCanvas {
  getContext() {
    return {
      drawImage: (video) => (this.value = video.brightness),
      getImageData: (x, y, width, height) => ({ data: new Uint8ClampedArray(4 * width * height).fill(this.value) }),
    };
  }
}

const { createObjectURL, revokeObjectURL } = URL;
beforeEach(() => {
  [videos, bitmaps, addresses] = [[], [], new Set()];
  globalThis.document = {
    createElement: (name) => (name === 'video' ? new FakeVideo() : new FakeCanvas()),
    addEventListener: (_, listener) => (onViolation = listener),
    removeEventListener: () => (onViolation = () => {}),
  };
  globalThis.createImageBitmap = async (video, options) => {
    const bitmap = { brightness: video.brightness, size: options && [options.resizeWidth, options.resizeHeight], open: true, close: () => (bitmap.open = false) };
    bitmaps.push(bitmap);
    return bitmap;
  };
  URL.createObjectURL = () => {
    addresses.add('blob:one');
    return 'blob:one';
  };
  URL.revokeObjectURL = (address) => addresses.delete(address);
});
afterEach(() => {
  Object.assign(URL, { createObjectURL, revokeObjectURL });
  delete globalThis.document;
  delete globalThis.createImageBitmap;
});

const cut = (...cuts) => ({ cuts, length: cuts.reduce((sum, [, seconds]) => sum + seconds, 0) });

async function samplesOf(video, options) {
  film = video;
  const samples = [];
  for await (const sample of sampleVideo(new Blob(), options)) {
    sample.bitmap.close();
    samples.push(sample);
  }
  assertFreed();
  return samples;
}

function assertFreed() {
  assert.ok(bitmaps.every(({ open }) => !open), 'bitmaps are closed');
  assert.ok(videos.every(({ removed, freed }) => removed === 'src' && freed), 'decoders are freed');
  assert.equal(addresses.size, 0);
}

const codeOf = (video, options) => samplesOf(video, options).then(() => null, (error) => {
  assertFreed();
  return error.code;
});

test('one frame a second and the last one, and how far it is', async () => {
  const samples = await samplesOf(cut([90, 10]));
  assert.deepEqual(samples.map(({ at }) => at), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9.95]);
  assert.deepEqual([samples[0].done, samples[5].done, samples[10].done], [0, 0.5, 1]);
  assert.deepEqual(samples[0].video, { durationSeconds: 10, width: 640, height: 360, samplesPerSecond: 1 });
  assert.equal(videos[0].muted, true);
});

test('short videos have eight samples, and one that lasts no time has one', async () => {
  for (const seconds of [0.3, 2, 6.2, 7.5]) {
    const samples = await samplesOf(cut([90, seconds]));
    assert.ok(samples.length >= 8, `${seconds}: ${samples.length}`);
    assert.deepEqual([samples[0].at, samples.at(-1).at], [0, seconds - 0.05]);
    assert.equal(samples.at(-1).done, 1);
  }
  for (const announced of [0, NaN]) {
    const samples = await samplesOf({ ...cut([90, 0]), announced });
    assert.deepEqual(samples.map(({ at, done }) => [at, done]), [[0, 1]]);
  }
});

test('frames are made smaller where that is asked for', async () => {
  const [sample] = await samplesOf(cut([90, 1]), { longerSide: 320 });
  assert.deepEqual(sample.bitmap.size, [320, 180]);
  const [whole] = await samplesOf(cut([90, 1]));
  assert.equal(whole.bitmap.size, undefined);
});

test('a change of scene gives the first frame after it, wherever it is', async () => {
  for (let from = 3; from < 4; from += 0.05) {
    const samples = await samplesOf(cut([30, from], [200, 10 - from]));
    const changes = samples.filter(({ sceneChange }) => sceneChange);
    assert.equal(changes.length, 1, `${from}`);
    assert.equal(changes[0].bitmap.brightness, 200);
    assert.ok(changes[0].at >= from && changes[0].at <= from + 1 / 8, `${from}: ${changes[0].at}`);
  }
});

test('every scene of an eighth of a second between two others is found, but none between two alike', async () => {
  for (let from = 3; from < 3.85; from += 0.03) {
    const between = (after) => samplesOf(cut([30, from], [120, 1 / 8], [after, 10 - from]));
    const found = await between(220);
    assert.ok(found.some(({ bitmap }) => bitmap.brightness === 120), `${from}`);
    const times = found.map(({ at }) => at);
    assert.deepEqual(times, [...times].sort((a, b) => a - b));
  }
  const missed = await samplesOf(cut([30, 3.3], [120, 0.4], [30, 6]));
  assert.ok(missed.every(({ bitmap }) => bitmap.brightness === 30));
});

test('a frame that comes after the seek is waited for, where the browser tells of it', async () => {
  const samples = await samplesOf({ ...cut([30, 2], [200, 8]), tellsFrames: true });
  assert.deepEqual(samples.map(({ at, bitmap }) => [at, bitmap.brightness]), samples.map(({ at }) => [at, at < 2 ? 30 : 200]));
});

test('what moves a little is no change of scene', async () => {
  const samples = await samplesOf(cut(...Array.from({ length: 40 }, (_, i) => [100 + (i % 2) * 15, 0.25])));
  assert.ok(samples.every(({ sceneChange }) => !sceneChange));
});

test('long and restless videos stay within the most samples, to their end', async () => {
  const calm = await samplesOf(cut([90, 7200]));
  assert.equal(calm.length, 900);
  assert.ok(Math.abs(calm[0].video.samplesPerSecond - 899 / 7200) < 1e-5);
  const restless = cut(...Array.from({ length: 600 }, (_, i) => [(i * 97) % 256, 0.3]));
  const samples = await samplesOf(restless, { maxSamples: 100 });
  assert.ok(samples.length <= 100, `${samples.length}`);
  const late = samples.filter(({ at, sceneChange }) => sceneChange && at > 0.75 * restless.length);
  assert.ok(late.length > 3, `${late.length} in the last quarter`);
});

test('a recording that says nothing of its length is measured', async () => {
  const recording = { ...cut([90, 10]), announced: Infinity };
  for (const tells of [true, false]) {
    const samples = await samplesOf({ ...recording, tells });
    assert.equal(samples[0].video.durationSeconds, 10);
    assert.equal(samples.length, 11);
  }
});

test('what cannot be decoded says why', async () => {
  assert.equal(await codeOf({ ...cut([90, 3]), refuse: 'format' }), 'video/unsupported');
  assert.equal(await codeOf({ ...cut([90, 3]), refuse: 'policy' }), 'video/blocked');
  assert.equal(await codeOf({ ...cut([90, 3]), width: 0 }), 'video/no-picture');
  assert.equal(await codeOf({ ...cut([90, 9]), breakFrom: 4 }), 'video/damaged');
  assert.equal(await codeOf({ ...cut([90, 9]), stallFrom: 4 }, { timeoutMs: 30 }), 'video/stalled');
  delete globalThis.document;
  assert.equal(await codeOf(cut([90, 3])), 'video/not-supported');
});

test('who stops in the middle, or aborts, leaves nothing behind', async () => {
  film = cut([30, 3.3], [120, 0.4], [220, 6]);
  for await (const { bitmap, sceneChange } of sampleVideo(new Blob())) {
    bitmap.close();
    if (sceneChange) break;
  }
  assertFreed();
  const abort = new AbortController();
  const stalled = { ...film, stallFrom: 3.2 };
  setTimeout(() => abort.abort(new Error('enough')), 30);
  await assert.rejects(samplesOf(stalled, { signal: abort.signal }), { message: 'enough' });
  assertFreed();
  await assert.rejects(samplesOf(film, { signal: abort.signal }), { message: 'enough' });
});
