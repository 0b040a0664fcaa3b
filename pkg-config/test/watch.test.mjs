// Watching a video: when frames are looked at, what is told, what ends it. On a host that does as it is told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeHost, LAPSE_MS, settle } from '../test-support/fake-host.mjs';
import { load } from '../test-support/load.mjs';

const { startGuard } = await load('client/core.ts');

const RECIPE = { build: 'portable', wasm: 'w', model: 'm', options: '{}' };

/** A guard on a clock that stands still, and one video that it watches. */
async function watching(t, options = {}, guardOptions = {}) {
  const host = new FakeHost();
  const guard = await startGuard(host, RECIPE, guardOptions);
  host.posted.length = 0;
  let now = 1000;
  t.mock.method(performance, 'now', () => now);
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const pass = async (ms) => {
    await settle();
    now += ms;
    t.mock.timers.tick(ms);
    await settle();
  };
  const told = [];
  const video = {};
  const watch = guard.watch(video, { onChange: (state) => told.push(state.action), ...options });
  const show = async (word) => {
    video.show(word);
    await settle();
  };
  return { host, guard, video, watch, told, pass, show };
}

test('before the first frame nothing is known', async (t) => {
  const { watch, told, host } = await watching(t);
  await settle();
  assert.deepEqual(watch.state, { action: 'unchecked', reasons: ['not-ready'], fallback: 'warn', since: 1000 });
  assert.deepEqual([told, host.posted], [[], []]);
});

test('changes are told, and nothing else', async (t) => {
  const { watch, told, pass, show } = await watching(t);
  for (const word of ['ok', 'ok', 'ok', 'warn', 'warn', 'ok', 'unreadable', 'unreadable', 'ok']) {
    await show(word);
    await pass(200);
  }
  assert.deepEqual(told, ['allow', 'warn', 'allow', 'unchecked', 'allow']);
  assert.equal(watch.state.action, 'allow');
  assert.equal(watch.state.since, 1000 + 8 * 200);
  assert.deepEqual(watch.frames, { looked: 9, dropped: 0 });
});

test('one frame at a time, then the newest: those between are dropped', async (t) => {
  const { watch, host, pass, show } = await watching(t);
  await show('wait');
  for (const word of ['old', 'older', 'newest']) await show(word);
  await pass(1_000);
  assert.deepEqual(host.posted, ['wait']);
  host.answer();
  await pass(1_000);
  assert.deepEqual(host.posted, ['wait', 'newest']);
  assert.equal(host.mostInFlight, 1);
  assert.deepEqual(watch.frames, { looked: 2, dropped: 2 });
});

test('no more often than allowed, and no more than half of the time', async (t) => {
  const { host, pass, show } = await watching(t, { maxRate: 10 });
  await show('ok');
  await show('ok');
  await pass(99);
  assert.equal(host.posted.length, 1);
  await pass(1);
  assert.equal(host.posted.length, 2);

  await pass(100);
  await show('wait');
  await pass(700);
  host.answer();
  await show('ok');
  await pass(699);
  assert.equal(host.posted.length, 3, 'it took 700 ms');
  await pass(1);
  assert.equal(host.posted.length, 4);
});

test('the same frame is looked at again only until nothing more can change', async (t) => {
  const { host, video, pass, show } = await watching(t);
  await show('fidget');
  for (let i = 0; i < 5; i += 1) await pass(200);
  assert.equal(host.posted.length, 6);
  video.word = 'ok';
  for (let i = 0; i < 5; i += 1) await pass(200);
  assert.equal(host.posted.length, 7);
});

test('a picture goes before the next frame, and several videos take turns', async (t) => {
  const { host, guard, pass, show } = await watching(t);
  const other = {};
  guard.watch(other);
  await show('wait');
  other.show('other');
  const check = guard.checkImage('ok');
  await pass(500);
  await show('mine');
  host.answer();
  await check;
  await pass(500);
  assert.deepEqual(host.posted, ['wait', 'ok', 'other', 'mine']);
});

test('the memory goes along, and outlives the engine', async (t) => {
  const { host, told, pass, show } = await watching(t);
  await show('ok');
  await pass(200);
  for (const word of ['trap', 'die']) {
    await show(word);
    await show('ok');
    for (let i = 0; i < 3; i += 1) await pass(200);
  }
  assert.deepEqual(host.sights[0], { direction: 'outgoing', at: 1000, watch: undefined, lapsedAt: null });
  assert.deepEqual(host.sights.map(({ watch }) => watch?.frames), [undefined, 1, 1, 2, 2]);
  assert.deepEqual(told, ['allow']);
  assert.equal(host.posted.filter((word) => word === 'start').length, 2);
});

test('a frame that was lost is looked at again, also when none comes after it', async (t) => {
  const { host, video, watch, pass, show } = await watching(t);
  await show('trap');
  assert.equal(watch.state.action, 'unchecked');
  video.word = 'ok';
  await pass(200);
  assert.deepEqual(host.posted, ['trap', 'start', 'ok']);
  assert.equal(host.workers[0].terminated, false);
  assert.equal(watch.state.action, 'allow');
});

test('a worker that hangs is replaced, and the watch goes on', async (t) => {
  const { host, watch, pass, show } = await watching(t, {}, { deadlineMs: 1_000 });
  await show('hang');
  await show('ok');
  await pass(1_000);
  assert.equal(host.workers[0].terminated, true);
  await pass(1_000);
  assert.deepEqual(host.posted, ['hang', 'start', 'ok']);
  assert.equal(watch.state.action, 'allow');
});

test('a state lapses when newer frames go unseen, and a late answer does not save it', async (t) => {
  const { host, watch, told, pass, show } = await watching(t);
  await show('warn');
  await pass(500);
  await show('wait');
  await pass(LAPSE_MS - 1);
  assert.deepEqual(told, ['warn']);
  await pass(1);
  assert.deepEqual(told, ['warn', 'unchecked']);
  assert.deepEqual(watch.state, { action: 'unchecked', reasons: [], fallback: 'warn', since: 1500 + LAPSE_MS });
  host.answer();
  await settle();
  assert.equal(watch.state.action, 'unchecked');
  await show('ok');
  await pass(LAPSE_MS);
  assert.equal(host.sights.at(-1).lapsedAt, 1500 + LAPSE_MS);
  assert.deepEqual(told, ['warn', 'unchecked', 'allow']);
  await pass(200);
  await show('ok');
  assert.equal(host.sights.at(-1).lapsedAt, null);
});

test('a state lapses also when the last frame came while the one before was looked at', async (t) => {
  const { host, told, pass, show } = await watching(t);
  await show('wait');
  await pass(100);
  await show('wait');
  host.answer();
  await pass(LAPSE_MS - 1);
  assert.equal(host.posted.length, 2);
  assert.deepEqual(told, ['allow']);
  await pass(1);
  assert.deepEqual(told, ['allow', 'unchecked']);
});

test('a state does not lapse while the frame that it is about is still shown, nor while frames are judged', async (t) => {
  const { told, pass, show } = await watching(t);
  await show('ok');
  await pass(100 * LAPSE_MS);
  for (let i = 0; i < 100; i += 1) {
    await show('ok');
    await pass(200);
  }
  assert.deepEqual(told, ['allow']);
});

test('without an engine frames wait, and the state lapses', async (t) => {
  const { host, told, pass, show } = await watching(t);
  await show('ok');
  host.workers[0].events.failed();
  host.starts = ['refuse', 'refuse', 'refuse', 'refuse'];
  await pass(200);
  await show('ok');
  for (let i = 0; i < 60; i += 1) await pass(100);
  assert.deepEqual(told, ['allow', 'unchecked']);
  for (let i = 0; i < 500; i += 1) await pass(100);
  assert.deepEqual(told, ['allow', 'unchecked', 'allow']);
});

test('what cannot be sent is not readable', async (t) => {
  const { host, watch, told, show } = await watching(t);
  await show('unsendable');
  assert.deepEqual(host.posted, ['not-readable']);
  assert.deepEqual(host.closed, ['unsendable']);
  assert.deepEqual(told, ['unchecked']);
  assert.equal(watch.state.action, 'unchecked');
});

test('stop, an abort, the end of the track and the guard’s end each end it at once', async (t) => {
  for (const [end, isTold] of [
    [({ watch }) => watch.stop(), false],
    [({ abort }) => abort.abort(), false],
    [({ video }) => video.events.ended(), true],
    [({ guard }) => guard.dispose(), true],
  ]) {
    await t.test(`${end}`, async (t) => {
      const abort = new AbortController();
      const parts = await watching(t, { signal: abort.signal });
      const { host, video, watch, told, pass, show } = parts;
      await show('ok');
      await pass(200);
      await show('wait');
      await show('next');
      end({ ...parts, abort });
      watch.stop();
      assert.deepEqual([watch.active, video.open, watch.state.action, watch.state.reasons], [false, false, 'unchecked', ['not-ready']]);
      host.answer();
      await pass(10 * LAPSE_MS);
      await show('late');
      assert.deepEqual(host.posted, ['ok', 'wait']);
      assert.deepEqual(told, isTold ? ['allow', 'unchecked'] : ['allow']);
    });
  }
});

test('using stops', { skip: !('dispose' in Symbol) }, async (t) => {
  const { watch } = await watching(t);
  watch[Symbol.dispose]();
  assert.equal(watch.active, false);
});

test('stopped while it waits for its turn: no engine is started for it', async (t) => {
  const { host, guard, video, watch } = await watching(t);
  const check = guard.checkImage('die');
  video.show('ok');
  watch.stop();
  await check;
  await settle();
  assert.deepEqual(host.posted, ['die']);
});

test('stopped while it waits for an engine: no frame is taken', async (t) => {
  const { host, watch, pass, show } = await watching(t);
  host.workers[0].events.failed();
  host.starts = ['refuse'];
  await show('ok');
  watch.stop();
  await pass(250);
  assert.deepEqual(host.posted, ['start', 'start']);
});

test('what is no video, no direction, no rate and no guard is refused', async (t) => {
  const { guard } = await watching(t);
  assert.throws(() => guard.watch('ok'), { name: 'TypeError', message: 'source/not-a-video-source' });
  assert.throws(() => guard.watch({}, { direction: 'sideways' }), { name: 'TypeError', message: 'direction/invalid' });
  for (const maxRate of [0, 0.5, -1, NaN, 31]) {
    assert.throws(() => guard.watch({}, { maxRate }), { name: 'RangeError', message: 'rate/out-of-range' });
  }
  const reason = new Error('changed my mind');
  assert.throws(() => guard.watch({}, { signal: AbortSignal.abort(reason) }), reason);
  guard.dispose();
  assert.throws(() => guard.watch({}), { name: 'GuardError', code: 'guard/disposed' });
});

test('where there are no videos, watch says so', async () => {
  const host = new FakeHost();
  delete host.openVideo;
  const guard = await startGuard(host, RECIPE, {});
  assert.throws(() => guard.watch({}), { name: 'GuardError', code: 'watch/not-supported' });
});

test('an error in onChange is reported and does not stop the watch', async (t) => {
  const reported = [];
  const { queueMicrotask: real } = globalThis;
  t.mock.method(globalThis, 'queueMicrotask', (task) =>
    real(() => {
      try {
        task();
      } catch (error) {
        reported.push(error);
      }
    }),
  );
  const mistake = new Error('the caller’s own');
  const onChange = () => {
    throw mistake;
  };
  const { watch, pass, show } = await watching(t, { onChange });
  await show('ok');
  await pass(200);
  await show('warn');
  assert.deepEqual(reported, [mistake, mistake]);
  assert.equal(watch.state.action, 'warn');
});
