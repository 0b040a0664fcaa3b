// Hashes of videos in a browser: of files that it encodes and records itself, under the strict policy.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';

import { peakResident } from '../../benches/memory.mjs';
import { openReady, site } from '../support/browser.mjs';
import { launch } from '../support/chromium.mjs';
import { dist } from '../support/paths.mjs';
import { VIDEO_CSP, videoPage } from '../support/video-page.mjs';
import { wasmMemory } from '../support/wasm-memory.mjs';

const SCRIPT = `
import { createHasher, HashError } from './pausepoint/hash.js';
window.hasher = await createHasher();
Object.assign(window, { createHasher, HashError, ready: true });
`;
/** Scenes and how long each lasts: one of 0.4 s within a second between two samples. */
const CUTS = [[1, 2.5], [2, 3], [3, 1.7], [4, 0.4], [5, 3.4]];
const FAMILIES = ['512-nearest', 'full-size'];

let browser;
let server;
before(async () => {
  server = await site({ files: videoPage(SCRIPT), csp: VIDEO_CSP });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});
const ready = () => openReady(browser, server.url);

const distance = (a, b) => [...a].reduce((sum, digit, i) => sum + [0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4][parseInt(digit, 16) ^ parseInt(b[i], 16)], 0);

/** The scenes at a time, both where one ends within a frame. */
function scenesAt(cuts, at, slack) {
  let end = 0;
  return cuts.map(([scene, seconds]) => ({ scene, from: end, to: (end += seconds) })).filter(({ from, to }) => at > from - slack && at < to + slack).map(({ scene }) => scene);
}

/** Asserts that each frame is of the scene that is shown then, in both families; gives the largest distance. */
function assertScenes(frames, stills, cuts, slack) {
  let worst = 0;
  for (const { at, pdq } of frames) {
    for (const family of FAMILIES) {
      const { hash, quality } = pdq[family];
      const near = Math.min(...scenesAt(cuts, at, slack).map((scene) => distance(hash, stills[scene][family].hash)));
      assert.ok(near <= 31, `${family} at ${at}: ${near} bits`);
      assert.ok(quality >= 50, `${family} at ${at}: quality ${quality}`);
      worst = Math.max(worst, near);
    }
  }
  return worst;
}

const stillsOf = (page, scenes) => page.evaluate(async (scenes) => {
  const hashes = {};
  for (const scene of scenes) hashes[scene] = (await hasher.hash(await still(scene))).picture.pdq;
  return hashes;
}, scenes);

test('every frame is that of its time, short scenes are found, nothing is sent, the page goes on', async (t) => {
  const { page, context, problems } = await ready();
  const stills = await stillsOf(page, [1, 2, 3, 4, 5]);
  const sent = server.requests.length;
  const { result, pause, seconds } = await page.evaluate(async (cuts) => {
    const film = await encode(cuts);
    return timed(async () => {
      const progress = [];
      const hashes = await hasher.hashVideo(film, { onProgress: (done) => progress.push(done) });
      return { hashes, progress };
    });
  }, CUTS);
  const { frames, ...facts } = result.hashes;
  assert.deepEqual({ ...facts, durationSeconds: Math.round(10 * facts.durationSeconds) / 10 }, { durationSeconds: 11, width: 640, height: 360, samplesPerSecond: 1 });
  const times = frames.map(({ at }) => at);
  assert.deepEqual(times.filter(Number.isInteger), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.ok(facts.durationSeconds - times.at(-1) < 0.1);
  const worst = assertScenes(frames, stills, CUTS, 1 / 30);
  // Each change is known to an eighth of a second, and is a frame of its own.
  const changes = frames.filter(({ sceneChange }) => sceneChange).map(({ at }) => at);
  assert.equal(changes.length, 4, changes.join());
  [2.5, 5.5, 7.2, 7.6].forEach((cut, i) => assert.ok(changes[i] >= cut - 1 / 30 && changes[i] <= cut + 1 / 8, `${cut}: ${changes[i]}`));
  assert.ok(times.every((at, i) => i === 0 || at > times[i - 1]));
  assert.equal(result.progress.length, frames.length);
  assert.ok(result.progress.every((done, i) => done >= (result.progress[i - 1] ?? 0) && done <= 1));
  assert.equal(result.progress.at(-1), 1);
  assert.deepEqual(server.requests.slice(sent), []);
  assert.deepEqual(problems, []);
  assert.equal(await page.evaluate(() => document.querySelectorAll('video, canvas').length), 0);
  t.diagnostic(`${frames.length} frames in ${seconds.toFixed(1)} s, at most ${worst} bits from the drawings, longest pause of the page ${pause.toFixed(0)} ms`);
  await context.close();
});

test('a recording that does not say how long it is', async (t) => {
  const { page, context } = await ready();
  const cuts = [[6, 1.5], [7, 1.5], [8, 1.5]];
  const stills = await stillsOf(page, [6, 7, 8]);
  const { duration, hashes } = await page.evaluate(async (cuts) => {
    const film = await record(cuts);
    const video = Object.assign(document.createElement('video'), { src: URL.createObjectURL(film) });
    await new Promise((resolve) => (video.onloadedmetadata = resolve));
    return { duration: String(video.duration), hashes: await hasher.hashVideo(film) };
  }, cuts);
  assert.equal(duration, 'Infinity');
  assert.ok(Math.abs(hashes.durationSeconds - 4.5) < 1, `${hashes.durationSeconds} s`);
  assert.ok(hashes.frames.length >= 8);
  // A recorder begins when it can.
  const worst = assertScenes(hashes.frames, stills, cuts, 0.5);
  t.diagnostic(`${hashes.durationSeconds.toFixed(2)} s, ${hashes.frames.length} frames, at most ${worst} bits from the drawings`);
  await context.close();
});

test('a smaller copy matches, an excerpt does, another video does not; Node says the same', async (t) => {
  const { page, context } = await ready();
  const { videos, matches, codes } = await page.evaluate(async (cuts) => {
    const [film, copy, excerpt, other] = [
      await encode(cuts, { width: 960, height: 540 }),
      await encode(cuts, { width: 320, height: 180, fps: 24, bitrate: 3e5 }),
      await encode(cuts.slice(0, 1)),
      await encode([[11, 4], [12, 3], [13, 4]]),
    ];
    const videos = {};
    for (const [name, file] of Object.entries({ film, copy, excerpt, other })) videos[name] = await hasher.hashVideo(file);
    const of = (name, options) => hasher.compareVideos(videos[name], videos.film, options);
    const matches = {
      copy: await of('copy'),
      nearest: await of('copy', { family: '512-nearest' }),
      excerpt: await of('excerpt'),
      other: await of('other'),
      nothing: await of('film', { quality: 100, distance: 0 }),
    };
    const code = (promise) => promise.then(() => null, (error) => [error instanceof HashError, error.code]);
    const codes = [
      await code(hasher.compareVideos(videos.film, {})),
      await code(hasher.compareVideos(videos.film, { frames: [{ at: 0, pdq: { 'full-size': { hash: 'x', quality: 100 } } }] })),
      await code(hasher.compareVideos(videos.film, videos.copy, { distance: -1 })),
      await code(hasher.compareVideos(videos.film, videos.copy, { quality: 1.5 })),
    ];
    return { videos, matches, codes };
  }, CUTS);
  for (const name of ['copy', 'nearest']) {
    const { query, compared } = matches[name];
    assert.ok(query.share >= 0.8 && compared.share >= 0.8, `${name}: ${query.share}, ${compared.share}`);
    assert.equal(query.share, query.matched / query.frames);
  }
  assert.equal(matches.excerpt.query.share, 1);
  assert.ok(matches.excerpt.compared.share > 0 && matches.excerpt.compared.share < 0.6);
  assert.deepEqual([matches.other.query.share, matches.other.compared.share], [0, 0]);
  assert.deepEqual(codes, [[true, 'video/form'], [true, 'video/form'], [true, 'options/form'], [true, 'options/form']]);

  const { createHasher } = await import(pathToFileURL(join(dist, 'node-hash.js')).href);
  const inNode = await createHasher();
  assert.deepEqual(await inNode.compareVideos(videos.copy, videos.film), matches.copy);
  assert.deepEqual(await inNode.compareVideos(videos.film, videos.film, { quality: 100, distance: 0 }), matches.nothing);
  inNode.dispose();
  t.diagnostic(`a copy at a ninth of the pixels: ${matches.copy.query.share.toFixed(2)} and ${matches.copy.compared.share.toFixed(2)}`);
  await context.close();
});

test('a video that is to be turned is hashed as shown', async () => {
  const { page, context } = await ready();
  const seen = await page.evaluate(async () => {
    const { width, height, frames } = await hasher.hashVideo(await encode([[1, 1]], { rotation: 90 }));
    const { picture } = await hasher.hash(await still(1), { orientations: true });
    return { width, height, frames, turned: picture.orientations['rotate-270'] };
  });
  assert.deepEqual([seen.width, seen.height], [360, 640]);
  assert.equal(seen.frames.length, 8);
  for (const { pdq } of seen.frames) assert.ok(distance(pdq['full-size'].hash, seen.turned['full-size'].hash) <= 31);
  await context.close();
});

test('aborting in the middle frees the hasher, disposing ends everything', async () => {
  const { page, context } = await ready();
  const result = await page.evaluate(async () => {
    const film = await encode([[1, 20]], { fps: 5 });
    const abort = new AbortController();
    let frames = 0;
    const onProgress = () => ++frames === 3 && abort.abort(new Error('changed my mind'));
    const error = await hasher.hashVideo(film, { signal: abort.signal, onProgress }).catch((error) => error.message);
    const next = await hasher.hash(new Blob(['abc']));
    const early = await hasher.hashVideo(film, { signal: AbortSignal.abort(new Error('before')) }).catch((error) => error.message);
    const noFile = await hasher.hashVideo({}).catch((error) => error instanceof TypeError);
    const waiting = [hasher.hashVideo(film, { onProgress: () => hasher.dispose() }), hasher.hashVideo(film)].map((p) => p.catch((error) => error.code));
    const ended = await Promise.all(waiting);
    const after = await hasher.hashVideo(film).catch((error) => [error instanceof HashError, error.code]);
    return { error, frames, md5: next.md5, early, noFile, ended, after };
  });
  assert.deepEqual(result, {
    error: 'changed my mind',
    frames: 3,
    md5: '900150983cd24fb0d6963f7d28e17f72',
    early: 'before',
    noFile: true,
    ended: ['hasher/disposed', 'hasher/disposed'],
    after: [true, 'hasher/disposed'],
  });
  await context.close();
});

test('files without a picture, broken ones and strict pages have their codes', async () => {
  const { page, context } = await ready();
  const codes = await page.evaluate(async () => {
    const film = await encode([[1, 3], [2, 3]]);
    const bytes = new Uint8Array(await film.arrayBuffer());
    const noise = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) >> 3);
    const code = (file) => hasher.hashVideo(file).then(({ frames }) => frames.length, (error) => [error instanceof HashError, error.code]);
    return [await code(new Blob([noise], { type: 'video/webm' })), await code(new Blob([])), await code(sound()), await code(new Blob([bytes.slice(0, 300)])), await code(new Blob([bytes.slice(0, bytes.length / 2)]))];
  });
  const unsupported = [true, 'video/unsupported'];
  const half = codes.pop();
  // Only the head of a file promises a picture that is not there.
  assert.deepEqual(codes, [unsupported, unsupported, [true, 'video/no-picture'], [true, 'video/damaged']]);
  // What is there of a file is hashed, or it is refused; it is not waited for.
  assert.ok(half >= 8 || half[1] === 'video/damaged', `${half}`);
  await context.close();

  const strict = await site({ files: videoPage(SCRIPT) });
  const { page: strictPage, context: strictContext } = await openReady(browser, strict.url);
  const blocked = await strictPage.evaluate(async () => hasher.hashVideo(await encode([[1, 1]])).catch((error) => error.code));
  assert.equal(blocked, 'video/blocked');
  await strictContext.close();
  await strict.close();
});

test('the second hundred frames take no more memory than the first', { timeout: 240_000 }, async (t) => {
  const { page, context } = await ready();
  await page.evaluate(async () => {
    window.film = await encode(Array.from({ length: 30 }, (_, i) => [i, 4]), { width: 1280, height: 720, fps: 4 });
    await hasher.hashVideo(film);
  });
  const before = { wasm: await wasmMemory(page), resident: await peakResident(context) };
  const { result, pause, seconds } = await page.evaluate(() => timed(async () => (await hasher.hashVideo(film)).frames.length));
  const after = { wasm: await wasmMemory(page), resident: await peakResident(context) };
  assert.ok(result >= 120, `${result} frames`);
  assert.equal(after.wasm, before.wasm);
  const more = before.resident === null ? null : after.resident - before.resident;
  t.diagnostic(`${result} frames of 1280 × 720 in ${seconds.toFixed(1)} s, ${(after.wasm / 1e6).toFixed(1)} MB of WebAssembly memory, ${more === null ? '?' : (more / 1e6).toFixed(0)} MB more at most, longest pause of the page ${pause.toFixed(0)} ms`);
  // The frames' pixels are 440 MB.
  if (more !== null) assert.ok(more < 150e6, `${more} bytes more`);
  await context.close();
});
