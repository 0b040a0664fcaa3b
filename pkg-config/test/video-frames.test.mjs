// Where frames come from, in browsers with and without the newer interfaces.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { settle } from '../test-support/fake-host.mjs';
import { load } from '../test-support/load.mjs';

const { videoFrames } = await load('client/video-frames.ts');

class FakeElement extends EventTarget {
  HAVE_CURRENT_DATA = 2;
  readyState = 2;
  currentTime = 0;
  paused = false;
  videoWidth = 1280;
  videoHeight = 720;
  get [Symbol.toStringTag]() {
    return 'HTMLVideoElement';
  }
}

class TellingElement extends FakeElement {
  callbacks = new Map();
  #last = 0;
  requestVideoFrameCallback(callback) {
    this.callbacks.set((this.#last += 1), callback);
    return this.#last;
  }
  cancelVideoFrameCallback(handle) {
    this.callbacks.delete(handle);
  }
  present() {
    const [[handle, callback]] = this.callbacks;
    this.callbacks.delete(handle);
    callback();
  }
}

class FakeTrack extends EventTarget {
  kind = 'video';
  readyState = 'live';
  get [Symbol.toStringTag]() {
    return 'CanvasCaptureMediaStreamTrack';
  }
}

const frame = (name) => ({
  displayWidth: 300,
  displayHeight: 600,
  clone: () => frame(`copy of ${name}`),
  close: () => closed.push(name),
});

let fresh;
let ended;
let bitmaps;
let closed;
const events = { fresh: () => (fresh += 1), ended: () => (ended += 1) };
beforeEach(() => {
  fresh = 0;
  ended = 0;
  bitmaps = [];
  closed = [];
  globalThis.createImageBitmap = async (source, options) => {
    if (source.broken) throw new DOMException('cannot', 'InvalidStateError');
    bitmaps.push(options && [options.resizeWidth, options.resizeHeight]);
    return {};
  };
});
afterEach(() => {
  for (const name of ['createImageBitmap', 'document', 'MediaStreamTrackProcessor', 'MediaStream']) delete globalThis[name];
});

test('only videos are taken', () => {
  const audio = Object.assign(new FakeTrack(), { kind: 'audio' });
  for (const source of [null, undefined, {}, 'video', audio, new EventTarget()]) {
    assert.throws(() => videoFrames(source, 'outgoing', events), { name: 'TypeError', message: 'source/not-a-video-source' });
  }
});

test('an element that tells of its frames: the one that it shows already, and every new one, until closed', () => {
  const video = new TellingElement();
  const frames = videoFrames(video, 'outgoing', events);
  assert.equal(fresh, 1);
  video.present();
  video.present();
  assert.equal(fresh, 3);
  frames.close();
  assert.equal(video.callbacks.size, 0);
});

test('an element that has stopped telling is asked', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const video = new TellingElement();
  const frames = videoFrames(video, 'outgoing', events);
  const second = (time) => {
    video.currentTime = time;
    t.mock.timers.tick(1_000);
    return fresh;
  };
  video.present();
  assert.deepEqual([second(0.9), second(1.9), second(1.9), second(2.9)], [2, 3, 3, 4]);
  frames.close();
  assert.equal(second(3.9), 4);
});

test('an element without a frame yet is waited for', () => {
  const frames = videoFrames(Object.assign(new TellingElement(), { readyState: 0 }), 'outgoing', events);
  assert.equal(fresh, 0);
  frames.close();
});

test('an element that does not tell is asked, and heard when it seeks', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const video = new FakeElement();
  const frames = videoFrames(video, 'outgoing', events);
  const after = (time) => {
    video.currentTime = time;
    t.mock.timers.tick(200);
    return fresh;
  };
  assert.deepEqual([after(0), after(0.2), after(0.2), after(0.4)], [1, 2, 2, 3]);
  video.paused = true;
  assert.equal(after(0.4), 3);
  video.dispatchEvent(new Event('seeked'));
  assert.equal(fresh, 4);
  frames.close();
  video.paused = false;
  video.dispatchEvent(new Event('seeked'));
  assert.equal(after(9), 4);
});

test('frames are read at a bounded size, in their proportions', async () => {
  const video = new TellingElement();
  const frames = videoFrames(video, 'outgoing', events);
  for (const [width, height] of [[1280, 720], [720, 1280], [320, 240], [9000, 3]]) {
    Object.assign(video, { videoWidth: width, videoHeight: height });
    assert.equal((await frames.grab()).kind, 'bitmap');
  }
  assert.deepEqual(bitmaps, [[512, 288], [288, 512], undefined, [512, 1]]);
  frames.close();
});

test('an element without a frame, or with one that cannot be had, is not readable', async () => {
  const video = new TellingElement();
  const frames = videoFrames(video, 'outgoing', events);
  const unreadable = { kind: 'unchecked', reason: 'not-readable' };
  assert.deepEqual(await frames.grab(), { kind: 'bitmap', bitmap: {}, format: 'video-frame' });
  video.broken = true;
  assert.deepEqual(await frames.grab(), unreadable);
  Object.assign(video, { broken: false, readyState: 1 });
  assert.deepEqual(await frames.grab(), unreadable);
  frames.close();
});

test('what comes in is not looked at while its page is hidden; what goes out is', () => {
  const page = (globalThis.document = Object.assign(new EventTarget(), { hidden: true }));
  const [incoming, outgoing] = [new TellingElement(), new TellingElement()];
  const opened = [videoFrames(incoming, 'incoming', events), videoFrames(outgoing, 'outgoing', events)];
  assert.equal(fresh, 1);
  incoming.present();
  assert.equal(fresh, 1);
  outgoing.present();
  assert.equal(fresh, 2);
  page.hidden = false;
  page.dispatchEvent(new Event('visibilitychange'));
  assert.equal(fresh, 3);
  for (const frames of opened) frames.close();
  page.dispatchEvent(new Event('visibilitychange'));
  assert.equal(fresh, 3);
});

test('a track’s frames are read as they come, and every one is closed', async () => {
  let controller;
  let asked;
  globalThis.MediaStreamTrackProcessor = class {
    constructor(options) {
      asked = options;
    }
    readable = new ReadableStream({ start: (c) => (controller = c), cancel: () => closed.push('stream') });
  };
  const track = new FakeTrack();
  const frames = videoFrames(track, 'outgoing', events);
  assert.deepEqual(asked, { track, maxBufferSize: 1 });
  assert.equal((await frames.grab()).reason, 'not-readable');
  controller.enqueue(frame('first'));
  controller.enqueue(frame('second'));
  await settle();
  assert.deepEqual([fresh, closed], [2, ['first']]);
  assert.equal((await frames.grab()).kind, 'bitmap');
  assert.deepEqual([bitmaps, closed], [[[256, 512]], ['first', 'copy of second']]);
  frames.close();
  await settle();
  assert.deepEqual(closed.slice(2), ['second', 'stream']);
  assert.equal(ended, 0);
});

test('the end of a track is heard of, whenever it was', async () => {
  let controller;
  globalThis.MediaStreamTrackProcessor = class {
    constructor({ track }) {
      if (track.readyState === 'ended') throw new TypeError('Input track cannot be ended');
    }
    readable = new ReadableStream({ start: (c) => (controller = c) });
  };
  videoFrames(new FakeTrack(), 'outgoing', events);
  await settle();
  assert.equal(ended, 0);
  controller.close();
  await settle();
  assert.equal(ended, 1);
  videoFrames(Object.assign(new FakeTrack(), { readyState: 'ended' }), 'outgoing', events);
  await settle();
  assert.equal(ended, 2);
});

test('elsewhere a track is played by an element of our own', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const video = Object.assign(new TellingElement(), { readyState: 0, play: async () => {} });
  globalThis.document = { createElement: () => video };
  globalThis.MediaStream = class {
    constructor(tracks) {
      this.tracks = tracks;
    }
  };
  const track = new FakeTrack();
  const frames = videoFrames(track, 'outgoing', events);
  assert.deepEqual([video.srcObject.tracks, video.muted], [[track], true]);
  video.present();
  assert.equal(fresh, 1);
  track.readyState = 'ended';
  t.mock.timers.tick(1_000);
  assert.equal(ended, 1);
  frames.close();
  assert.equal(video.srcObject, null);
});
