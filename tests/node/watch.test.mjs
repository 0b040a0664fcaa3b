// The bridge's part of live video: the memory travels, every build gives the same, and bad frames are answers.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { loadBridge, loadEngine } from '../support/engine.mjs';
import { hooked, stage } from '../support/paths.mjs';

const [WIDTH, HEIGHT] = [96, 54];

/** A frame of moving stripes. */
function stripes(n) {
  const rgba = new Uint8Array(WIDTH * HEIGHT * 4);
  for (let i = 0; i < WIDTH * HEIGHT; i++) rgba.set([(i * 7 + n * 40) & 255, (i * 3) & 255, (n * 90) & 255, 255], 4 * i);
  return rgba;
}

const flat = (...colour) => new Uint8Array(WIDTH * HEIGHT * 4).map((_, i) => [...colour, 255][i % 4]);

/** Watches with an engine as the worker does: frames are pixels, or the reason why there are none. */
function watching(engine, { direction = 'outgoing' } = {}) {
  let watch;
  return (frame, at, lapsedAt = null) => {
    const sight = JSON.stringify({ direction, at, watch, lapsedAt });
    const json =
      typeof frame === 'string' ? engine.watchUnchecked(frame, sight) : engine.watchPixels(frame, WIDTH, HEIGHT, 'video-frame', sight);
    const watched = JSON.parse(json);
    ({ watch } = watched);
    return watched;
  };
}

test('with SIMD and without: the same memory after every frame', async () => {
  const [a, b] = await Promise.all(['simd128', 'portable'].map(async (build) => watching(await loadEngine(build, 'small'))));
  for (let n = 0; n < 6; n++) {
    const frame = n === 3 ? 'not-readable' : stripes(n);
    const at = 1_000 + 170 * n;
    const { watch, seen } = a(frame, at);
    assert.deepEqual(b(frame, at), { watch, seen });
    assert.equal(seen.changed, n === 0);
  }
});

test('what is seen, what is not, and what has lapsed', async () => {
  const { Engine } = await loadBridge('simd128', hooked);
  const model = readFileSync(join(stage, 'models/small.ppmodel'));
  const see = watching(new Engine(model, JSON.stringify({ ageBand: '13-15' })));
  const said = ({ seen: { report, changed } }) => [report.action, report.reasons[0] ?? null, report.fallback, report.since, changed];
  const magenta = flat(255, 0, 255);

  assert.deepEqual(said(see('not-readable', 10)), ['unchecked', 'not-readable', 'warn', 10, true]);
  assert.deepEqual(said(see(magenta, 200)), ['block', 'explicit', null, 200, true]);
  assert.deepEqual(see(magenta, 400).seen.lapse, {
    afterMs: 3_000,
    report: { action: 'unchecked', reasons: ['deadline'], fallback: 'block', since: 3_400 },
  });
  assert.deepEqual(said(see('not-readable', 3_600, 3_500)), ['unchecked', 'deadline', 'block', 3_500, false]);
  assert.deepEqual(said(see(magenta, 3_800)), ['block', 'explicit', null, 3_800, true]);
});

test('pixels that are not as many as announced are a frame that cannot be judged', async () => {
  const see = watching(await loadEngine('simd128', 'small'));
  const { report } = see(new Uint8Array(8), 10).seen;
  assert.equal(report.action, 'unchecked');
  assert.equal(report.fallback, 'block', 'unknown age is the youngest band');
});
