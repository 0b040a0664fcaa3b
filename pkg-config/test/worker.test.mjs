// The worker's logic, on an engine that does as it is told.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { load } from '../test-support/load.mjs';

const { serve, StartError } = await load('worker/serve.ts', 'worker/start-error.ts');

const MODULE = 'module';
const context = JSON.stringify({ direction: 'outgoing' });
const bytesOf = (text) => new TextEncoder().encode(text).buffer;
const bitmapOf = (width, height) => ({
  width,
  height,
  closed: 0,
  close() {
    this.closed += 1;
  },
});

let instances;
let warmedUp;
let replies;
let host;
let answer;

const verdict = (fields) => JSON.stringify({ action: 'allow', reasons: [], looked: null, hostDecode: false, ...fields });

class Engine {
  constructor(model, options) {
    this.options = JSON.parse(options);
    if (this.options.refuse) throw new Error(this.options.refuse);
    this.model = model;
    instances.push(this);
  }
  checkImage(bytes) {
    this.calls = (this.calls ?? 0) + 1;
    const text = new TextDecoder().decode(bytes);
    if (text === 'trap') throw new WebAssembly.RuntimeError('unreachable');
    const asksHost = text.startsWith('avif');
    return verdict({
      reasons: [text],
      hostDecode: asksHost,
      ...(asksHost && { action: 'unchecked', reasons: ['unsupported-format'], looked: { format: 'avif' } }),
    });
  }
  checkPixels(rgba, width, height, format) {
    return verdict({ reasons: [`${format} ${width}x${height} ${rgba.length}`] });
  }
  watchPixels(rgba, width, height, format, sight) {
    if (width === 13) throw new WebAssembly.RuntimeError('unreachable');
    return JSON.stringify({ said: `${format} ${width}x${height} ${rgba.length}`, sight: JSON.parse(sight) });
  }
  watchUnchecked(reason, sight) {
    return JSON.stringify({ said: reason, sight: JSON.parse(sight) });
  }
  unchecked(reason, given) {
    return verdict({ action: 'unchecked', reasons: [reason], fallback: `for ${JSON.parse(given).direction}` });
  }
  info() {
    return JSON.stringify({ limits: { maxBytes: 10, maxPixels: 100 } });
  }
}

const createGlue = () => ({
  initSync: ({ module }) => assert.equal(module, MODULE),
  warmUp: () => (warmedUp += 1),
  Engine,
});
const NO_LISTS = { own: null, issued: [] };
const start = (options = {}) =>
  answer({ type: 'start', build: 'portable', options: JSON.stringify(options), parts: { module: MODULE, model: new ArrayBuffer(3) }, lists: NO_LISTS });
const RECIPE = { build: 'simd128', wasm: 'w', model: 'm', options: '{}' };
const loaded = async (model) => {
  const loading = answer({ type: 'load', recipe: RECIPE });
  await answer({ type: 'model', model });
  await loading;
};
const check = async (picture) => {
  await answer({ type: 'check', id: 7, picture, context });
  return replies.at(-1);
};
const checked = async (picture) => {
  const reply = await check(picture);
  assert.equal(reply.type, 'verdict');
  assert.equal(reply.id, 7);
  return reply.verdict;
};

beforeEach(() => {
  instances = [];
  warmedUp = 0;
  replies = [];
  host = {
    glue: { portable: createGlue, relaxed: createGlue, simd128: createGlue },
    post: (reply, transfer) => replies.push(transfer ? { ...reply, transfer } : reply),
    loadModule: async () => MODULE,
    loadModel: async (address, report) => {
      report(3, 3);
      return new ArrayBuffer(3);
    },
    decode: async (bytes) => {
      if (new TextDecoder().decode(bytes) === 'avif-bad') throw new Error('cannot');
      return bitmapOf(4, 5);
    },
    readPixels: ({ width, height }) => ({ rgba: new Uint8Array(width * height * 4), width, height }),
  };
  answer = serve(host);
});

test('load hands the parts over, with a verdict for every direction and reason', async () => {
  await loaded(null);
  assert.deepEqual(replies[0], { type: 'progress', phase: 'model', loaded: 3, total: 3 });
  const { type, parts, unchecked, transfer } = replies[1];
  assert.equal(type, 'ready');
  assert.equal(parts.module, MODULE);
  assert.deepEqual(transfer, [parts.model]);
  assert.equal(instances[0].model.length, 3);
  assert.equal(unchecked.incoming.deadline.fallback, 'for incoming');
  assert.equal(Object.keys(unchecked.outgoing).length, 12);
});

test('a model that is handed over is not fetched again', async () => {
  host.loadModel = () => assert.fail('fetched');
  const model = new ArrayBuffer(5);
  await loaded(model);
  assert.equal(replies.length, 1);
  assert.equal(replies[0].parts.model, model);
  assert.equal(instances[0].model.length, 5);
});

test('the kernels are warmed up while the model is awaited, and only then', async () => {
  await start();
  assert.equal(warmedUp, 0, 'nothing is awaited when the parts are at hand');

  const loading = answer({ type: 'load', recipe: RECIPE });
  await new Promise(setImmediate);
  assert.equal(warmedUp, 1);
  assert.equal(instances.length, 1, 'the engine waits');
  await answer({ type: 'model', model: new ArrayBuffer(3) });
  await loading;
  assert.equal(replies.at(-1).type, 'ready');

  let deliverModule;
  host.loadModule = () => new Promise((resolve) => (deliverModule = () => resolve(MODULE)));
  const late = loaded(null);
  await new Promise(setImmediate);
  deliverModule();
  await late;
  assert.equal(warmedUp, 1, 'the model came first');
  assert.equal(replies.at(-1).type, 'ready');
});

test('why a start fails is a code, never text', async () => {
  for (const [refuse, code] of [
    ['model/digest', 'model/digest'],
    ['policy/invalid', 'policy/invalid'],
    ['something about /home/somebody/picture.jpg', 'engine/failed'],
  ]) {
    await start({ refuse });
    assert.deepEqual(replies.at(-1), { type: 'start-failed', code });
  }
  host.loadModel = async () => {
    throw new StartError('assets/model-unreachable');
  };
  await loaded(null);
  assert.deepEqual(replies.at(-1), { type: 'start-failed', code: 'assets/model-unreachable' });
});

test('bytes and blobs reach the engine', async () => {
  await start();
  assert.deepEqual((await checked({ kind: 'bytes', bytes: bytesOf('abc') })).reasons, ['abc']);
  assert.deepEqual((await checked({ kind: 'blob', blob: new Blob(['abc']) })).reasons, ['abc']);
});

test('a blob over the limit is not read, one that cannot be read is unchecked', async () => {
  await start();
  const blob = (size, arrayBuffer) => ({ kind: 'blob', blob: { size, arrayBuffer } });
  const large = await checked(blob(11, () => assert.fail('read')));
  assert.deepEqual(large.reasons, ['too-many-bytes']);
  const gone = await checked(blob(3, () => Promise.reject(new DOMException('gone', 'NotReadableError'))));
  assert.deepEqual([gone.action, gone.reasons, gone.fallback], ['unchecked', ['not-readable'], 'for outgoing']);
});

test('an engine that trapped is never used again; the next start gives a fresh one', async () => {
  await start();
  assert.deepEqual(await check({ kind: 'bytes', bytes: bytesOf('trap') }), { type: 'engine-lost', id: 7 });
  assert.deepEqual(await check({ kind: 'bytes', bytes: bytesOf('abc') }), { type: 'engine-lost', id: 7 });
  assert.equal(instances[0].calls, 1);
  await start();
  assert.deepEqual((await checked({ kind: 'bytes', bytes: bytesOf('abc') })).reasons, ['abc']);
  assert.equal(instances.length, 2);
});

test('the host decodes only what the engine asks it to', async () => {
  await start();
  assert.deepEqual((await checked({ kind: 'bytes', bytes: bytesOf('avif') })).reasons, ['avif 4x5 80']);
  host.decode = () => assert.fail('decoded unasked');
  assert.deepEqual((await checked({ kind: 'bytes', bytes: bytesOf('jpeg') })).reasons, ['jpeg']);
});

test('what the host cannot decode keeps the engine’s own verdict', async () => {
  await start();
  const unsupported = ({ action, reasons }) => assert.deepEqual([action, reasons], ['unchecked', ['unsupported-format']]);
  unsupported(await checked({ kind: 'bytes', bytes: bytesOf('avif-bad') }));
  host.readPixels = () => {
    throw new Error('noise');
  };
  unsupported(await checked({ kind: 'bytes', bytes: bytesOf('avif') }));
  delete host.decode;
  unsupported(await checked({ kind: 'bytes', bytes: bytesOf('avif') }));
});

test('bitmaps are read, and closed whatever happens', async () => {
  await start();
  const small = bitmapOf(2, 3);
  assert.deepEqual((await checked({ kind: 'bitmap', bitmap: small, format: 'canvas' })).reasons, ['canvas 2x3 24']);
  const large = bitmapOf(20, 20);
  assert.deepEqual((await checked({ kind: 'bitmap', bitmap: large, format: 'canvas' })).reasons, ['too-many-pixels']);
  delete host.readPixels;
  const unread = bitmapOf(2, 3);
  assert.deepEqual((await checked({ kind: 'bitmap', bitmap: unread, format: 'canvas' })).reasons, ['not-readable']);
  assert.deepEqual([small.closed, large.closed, unread.closed], [1, 1, 1]);
});

test('pixels are carried across as they are', async () => {
  await start();
  const picture = { kind: 'pixels', rgba: new ArrayBuffer(24), width: 2, height: 3, format: 'image-data' };
  assert.deepEqual((await checked(picture)).reasons, ['image-data 2x3 24']);
});

test('frames of a video are read and closed, and their circumstances reach the engine', async () => {
  await start();
  const sight = { direction: 'incoming', at: 12, watch: { any: 'thing' }, lapsedAt: null };
  const looked = async (frame) => {
    await answer({ type: 'look', id: 9, frame, sight });
    const { type, id, watched } = replies.at(-1);
    assert.deepEqual([type, id, watched.sight], ['watched', 9, sight]);
    return watched.said;
  };
  const bitmap = bitmapOf(4, 5);
  const frame = { kind: 'bitmap', bitmap, format: 'video-frame' };
  assert.equal(await looked(frame), 'video-frame 4x5 80');
  assert.equal(await looked({ kind: 'unchecked', reason: 'not-readable' }), 'not-readable');
  host.readPixels = () => {
    throw new Error('noise');
  };
  assert.equal(await looked(frame), 'not-readable');
  assert.equal(bitmap.closed, 2);
});

test('an engine that trapped on a frame is not used again', async () => {
  await start();
  const bitmap = bitmapOf(13, 5);
  await answer({ type: 'look', id: 9, frame: { kind: 'bitmap', bitmap, format: 'video-frame' }, sight: {} });
  assert.deepEqual(replies.at(-1), { type: 'engine-lost', id: 9 });
  assert.equal(bitmap.closed, 1);
  assert.equal((await check({ kind: 'bytes', bytes: bytesOf('abc') })).type, 'engine-lost');
});

test('count tells the requests since the engine was ready', async () => {
  await start();
  await answer({ type: 'count' });
  assert.deepEqual(replies.at(-1), { type: 'counted', requests: 0 });
});
