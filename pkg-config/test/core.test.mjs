// The client's logic, on a host whose workers fail as they are told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeHost, settle } from '../test-support/fake-host.mjs';
import { load } from '../test-support/load.mjs';

const { startGuard, GuardError } = await load('client/core.ts', 'client/error.ts');

const RECIPE = { build: 'portable', wasm: 'w', model: 'm', options: '{}' };
const start = (host, options = {}) => startGuard(host, RECIPE, options);
const brief = ({ action, reasons, fallback }) => [action, reasons[0], fallback];

test('verdicts come in the order of the calls, one picture at a time', async () => {
  const host = new FakeHost();
  const guard = await start(host);
  const order = [];
  const checks = ['ok', 'wait', 'ok'].map((word, i) => guard.checkImage(word).then(() => order.push(i)));
  await settle();
  assert.deepEqual(host.posted, ['load', 'ok', 'wait'], 'the third must wait for the second');
  host.answer();
  await Promise.all(checks);
  assert.deepEqual(order, [0, 1, 2]);
  assert.equal(host.mostInFlight, 1);
});

test('a bad picture is answered, a value that is no picture is refused', async () => {
  const guard = await start(new FakeHost());
  assert.deepEqual(brief(await guard.checkImage('unreadable')), ['unchecked', 'not-readable', 'warn']);
  assert.deepEqual(brief(await guard.checkImage('unsendable')), ['unchecked', 'not-readable', 'warn']);
  await assert.rejects(guard.checkImage(42), TypeError);
  await assert.rejects(guard.checkImage('ok', { direction: 'sideways' }), TypeError);
  for (const deadlineMs of [0, -1, NaN, 2 ** 31]) await assert.rejects(guard.checkImage('ok', { deadlineMs }), RangeError);
  assert.equal((await guard.checkImage('ok')).action, 'allow');
});

test('the policy’s fallback for the direction is used', async () => {
  const guard = await start(new FakeHost());
  assert.deepEqual(brief(await guard.checkImage('trap')), ['unchecked', 'worker-failed', 'warn']);
  assert.deepEqual(brief(await guard.checkImage('trap', { direction: 'incoming' })), [
    'unchecked',
    'worker-failed',
    'notice',
  ]);
});

test('verdicts that the client makes are not shared', async () => {
  const guard = await start(new FakeHost());
  const first = await guard.checkImage('unreadable');
  first.reasons.length = 0;
  first.fallback = 'allow';
  assert.deepEqual(brief(await guard.checkImage('unreadable')), ['unchecked', 'not-readable', 'warn']);
});

test('aborted before the call: nothing is sent', async () => {
  const host = new FakeHost();
  const guard = await start(host);
  const reason = new Error('changed my mind');
  await assert.rejects(guard.checkImage('ok', { signal: AbortSignal.abort(reason) }), reason);
  assert.deepEqual(host.posted, ['load']);
});

test('aborted while it waits: rejected at once, dropped, never sent', async () => {
  const host = new FakeHost();
  const guard = await start(host);
  const abort = new AbortController();
  const reason = new Error('changed my mind');
  const first = guard.checkImage('wait');
  const second = guard.checkImage('ok', { signal: abort.signal });
  abort.abort(reason);
  await assert.rejects(second, reason);
  host.answer();
  assert.equal((await first).action, 'allow');
  await settle();
  assert.deepEqual(host.posted, ['load', 'wait']);
  assert.deepEqual(host.closed, ['ok'], 'its bitmap must be given back');
});

test('aborted while it is looked at: rejected at once, its verdict ignored, the worker lives on', async () => {
  const host = new FakeHost();
  const guard = await start(host);
  const abort = new AbortController();
  const check = guard.checkImage('wait', { signal: abort.signal });
  await settle();
  abort.abort();
  await assert.rejects(check, { name: 'AbortError' });
  const next = guard.checkImage('ok');
  await settle();
  assert.deepEqual(host.posted, ['load', 'wait'], 'still one at a time');
  host.answer();
  assert.deepEqual((await next).reasons, ['ok']);
  assert.equal(host.workers[0].terminated, false);
});

test('an aborted picture that hangs still meets its deadline', async () => {
  const host = new FakeHost();
  const guard = await start(host, { deadlineMs: 30 });
  const abort = new AbortController();
  const check = guard.checkImage('hang', { signal: abort.signal });
  await settle();
  abort.abort();
  await assert.rejects(check);
  assert.equal((await guard.checkImage('ok')).action, 'allow');
  assert.equal(host.workers[0].terminated, true);
});

test('deadline: the worker is ended, the loaded spare takes over, without a request', async () => {
  const host = new FakeHost();
  const guard = await start(host, { deadlineMs: 30 });
  const [hung, next] = await Promise.all([guard.checkImage('hang'), guard.checkImage('ok')]);
  assert.deepEqual(brief(hung), ['unchecked', 'deadline', 'warn']);
  assert.ok(hung.millis >= 25, `${hung.millis}`);
  assert.equal(next.action, 'allow');
  assert.deepEqual(
    host.workers.map(({ terminated }) => terminated),
    [true, false],
  );
  assert.deepEqual(host.posted, ['load', 'hang', 'start', 'ok']);
  assert.deepEqual(await guard.diagnostics(), { requestsSinceReady: 0, workersStarted: 2 });
});

test('only when the spare is used up is a script loaded again, and counted', async () => {
  const host = new FakeHost();
  const guard = await start(host);
  await guard.checkImage('die');
  await guard.checkImage('die');
  assert.equal(host.workers.length, 2, 'not before somebody asks');
  assert.equal((await guard.checkImage('ok')).action, 'allow');
  assert.deepEqual(await guard.diagnostics(), { requestsSinceReady: 1, workersStarted: 3 });
});

test('waiting behind others does not count against the deadline', async () => {
  const host = new FakeHost();
  const guard = await start(host);
  const first = guard.checkImage('wait');
  const second = guard.checkImage('ok', { deadlineMs: 20 });
  await new Promise((resolve) => setTimeout(resolve, 60));
  host.answer();
  await first;
  assert.equal((await second).action, 'allow');
});

test('a capture that does not come back meets the deadline, and the worker is spared', async () => {
  const host = new FakeHost();
  const guard = await start(host, { deadlineMs: 30 });
  assert.deepEqual(brief(await guard.checkImage('slow')), ['unchecked', 'deadline', 'warn']);
  assert.equal(host.workers[0].terminated, false);
  host.captureNow();
  await settle();
  assert.deepEqual(host.closed, ['slow'], 'a bitmap that comes late must be given back');
});

test('an engine that stopped is replaced in its own worker', async () => {
  const host = new FakeHost();
  const guard = await start(host);
  for (let i = 0; i < 20; i += 1) assert.equal((await guard.checkImage('trap')).action, 'unchecked');
  assert.equal((await guard.checkImage('ok')).action, 'allow');
  assert.equal(host.workers[0].engines, 21);
  assert.deepEqual(await guard.diagnostics(), { requestsSinceReady: 0, workersStarted: 2 });
});

test('a worker that dies takes only its own picture with it', async () => {
  const host = new FakeHost();
  const guard = await start(host);
  const verdicts = await Promise.all(['ok', 'die', 'ok', 'ok'].map((word) => guard.checkImage(word)));
  assert.deepEqual(
    verdicts.map(({ action, reasons }) => `${action} ${reasons[0]}`),
    ['allow ok', 'unchecked worker-failed', 'allow ok', 'allow ok'],
  );
});

test('a worker that dies while idle is replaced at the next picture', async () => {
  const host = new FakeHost();
  const guard = await start(host);
  host.workers[0].events.failed();
  assert.equal((await guard.checkImage('ok')).action, 'allow');
  assert.equal(host.posted.filter((word) => word === 'start').length, 1);
});

test('an answer to something else is not taken for a verdict', async () => {
  const host = new FakeHost();
  const guard = await start(host);
  assert.deepEqual(brief(await guard.checkImage('wrong')), ['unchecked', 'worker-failed', 'warn']);
  assert.equal(host.workers[0].terminated, true);
});

test('starts that fail are retried with pauses, then given up, then tried once each cool-down', async (t) => {
  const host = new FakeHost();
  const guard = await start(host);
  let now = 1000;
  t.mock.method(performance, 'now', () => now);
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const pass = async (ms) => {
    await settle();
    now += ms;
    t.mock.timers.tick(ms);
    await settle();
  };

  host.workers[0].events.failed();
  host.starts = ['refuse', 'die', 'throw', 'refuse', 'refuse', 'ready'];
  const first = guard.checkImage('ok');
  const second = guard.checkImage('ok', { direction: 'incoming' });
  for (const ms of [250, 1000, 4000]) await pass(ms);
  assert.deepEqual(brief(await first), ['unchecked', 'not-ready', 'warn']);
  assert.deepEqual(brief(await second), ['unchecked', 'not-ready', 'notice']);
  assert.equal(host.starts.length, 2, 'four attempts');

  for (let i = 0; i < 50; i += 1) assert.equal((await guard.checkImage('ok')).reasons[0], 'not-ready');
  assert.equal(host.starts.length, 2, 'none while it cools down');

  await pass(30_001);
  assert.equal((await guard.checkImage('ok')).reasons[0], 'not-ready');
  assert.equal((await guard.checkImage('ok')).reasons[0], 'not-ready');
  assert.equal(host.starts.length, 1, 'one after it');

  await pass(30_001);
  assert.equal((await guard.checkImage('ok')).action, 'allow');
});

test('a start that hangs is ended', async (t) => {
  const host = new FakeHost();
  const guard = await start(host);
  t.mock.timers.enable({ apis: ['setTimeout'] });
  host.workers[0].events.failed();
  host.starts = ['hang'];
  const check = guard.checkImage('ok', { deadlineMs: 60_000 });
  await settle();
  t.mock.timers.tick(20_000);
  await settle();
  t.mock.timers.tick(250);
  assert.equal((await check).action, 'allow');
  assert.equal(host.workers[1].terminated, true);
});

test('a picture whose turn comes while an engine starts keeps its deadline', async () => {
  const host = new FakeHost();
  const guard = await start(host);
  host.workers[0].events.failed();
  host.starts = ['hang'];
  assert.deepEqual(brief(await guard.checkImage('ok', { deadlineMs: 30 })), ['unchecked', 'deadline', 'warn']);
  guard.dispose();
});

test('dispose ends the workers and rejects what waits and what comes', async () => {
  const host = new FakeHost();
  const guard = await start(host);
  const checks = ['wait', 'ok'].map((word) => guard.checkImage(word));
  await settle();
  guard.dispose();
  guard.dispose();
  for (const check of checks) await assert.rejects(check, { name: 'GuardError', code: 'guard/disposed' });
  await assert.rejects(guard.checkImage('ok'), { code: 'guard/disposed' });
  assert.ok(host.workers.every(({ terminated }) => terminated));
});

test('dispose during the pause between starts ends at once', async () => {
  const host = new FakeHost();
  const guard = await start(host);
  host.workers[0].events.failed();
  host.starts = ['refuse'];
  const check = guard.checkImage('ok');
  await settle();
  guard.dispose();
  await assert.rejects(check, { code: 'guard/disposed' });
  await settle();
  assert.equal(host.workers.length, 2, 'no worker is started any more');
});

test('using disposes', { skip: !('dispose' in Symbol) }, async () => {
  const host = new FakeHost();
  const guard = await start(host);
  guard[Symbol.dispose]();
  assert.ok(host.workers.every(({ terminated }) => terminated));
});

test('a first start that fails rejects with the code and the strictest verdict', async () => {
  for (const [outcome, code] of [
    ['refuse', 'model/digest'],
    ['die', 'assets/worker-failed'],
  ]) {
    const host = new FakeHost();
    host.starts = [outcome];
    const error = await start(host).catch((error) => error);
    assert.ok(error instanceof GuardError);
    assert.equal(error.code, code);
    assert.deepEqual(brief(error.verdict), ['unchecked', 'not-ready', 'block']);
    assert.ok(host.workers.every(({ terminated }) => terminated), 'no worker is left behind');
  }
});

test('the first start can be given up', async () => {
  const host = new FakeHost();
  host.starts = ['hang'];
  const abort = new AbortController();
  const starting = start(host, { signal: abort.signal });
  await settle();
  const reason = new Error('page left');
  abort.abort(reason);
  await assert.rejects(starting, reason);
  assert.ok(host.workers.every(({ terminated }) => terminated));
});

test('a signal that is aborted after the start changes nothing', async () => {
  const abort = new AbortController();
  const guard = await start(new FakeHost(), { signal: abort.signal });
  abort.abort();
  assert.equal((await guard.checkImage('ok')).action, 'allow');
});

test('the model is asked for where the page can, at once, and is told of', async () => {
  const host = new FakeHost();
  const model = new ArrayBuffer(4);
  host.loadModel = async (address, report) => {
    assert.equal(address, RECIPE.model);
    assert.equal(host.workers.length, 1);
    report(4, 4);
    return model;
  };
  const events = [];
  await start(host, { onProgress: (event) => events.push(event) });
  assert.deepEqual(host.models, [model]);
  assert.deepEqual(events, [
    { phase: 'model', loaded: 4, total: 4 },
    { phase: 'ready', loaded: 1, total: 1 },
  ]);

  const elsewhere = new FakeHost();
  await start(elsewhere);
  assert.deepEqual(elsewhere.models, [null], 'the worker fetches it');
});

test('a model that is still on its way is given up with the start', async () => {
  for (const outcome of ['refuse', 'die']) {
    const host = new FakeHost();
    host.starts = [outcome];
    let given;
    host.loadModel = (address, report, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve((given = null))));
    await assert.rejects(start(host), GuardError);
    await settle();
    assert.equal(given, null);
    assert.deepEqual(host.models, [], 'nobody is left to take it');
  }
});

test('a spare that does not load is done without', async (t) => {
  const host = new FakeHost();
  host.spareLoads = false;
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const starting = start(host);
  await settle();
  t.mock.timers.tick(2_000);
  const guard = await starting;
  assert.equal(host.workers[1].terminated, true);
  await guard.checkImage('die');
  host.spareLoads = true;
  assert.equal((await guard.checkImage('ok')).action, 'allow');
});

test('where scripts come from disk there is no spare, and an idle guard holds nothing', async () => {
  const host = new FakeHost({ scriptsAreRequests: false });
  const guard = await start(host);
  assert.equal(host.workers.length, 1);
  assert.equal(host.workers[0].held, false);
  const check = guard.checkImage('wait');
  assert.equal(host.workers[0].held, true);
  await settle();
  host.answer();
  await check;
  await settle();
  assert.equal(host.workers[0].held, false);
  await guard.checkImage('die');
  await guard.checkImage('ok');
  await settle();
  assert.equal(host.workers[1].held, false);
  assert.deepEqual(await guard.diagnostics(), { requestsSinceReady: 0, workersStarted: 2 });
});

test('an error in onProgress is reported and does not stop loading', async (t) => {
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
  const onProgress = () => {
    throw mistake;
  };
  const guard = await start(new FakeHost(), { onProgress });
  assert.equal((await guard.checkImage('ok')).action, 'allow');
  assert.deepEqual(reported, [mistake]);
});
