// Hashes in Node, from the package as built: the numbers of other people's tools, and files of every kind.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';

import { corpus, dist, harbour, root } from '../support/paths.mjs';

const { createHasher, HashError } = await import(pathToFileURL(join(dist, 'node-hash.js')).href);
const published = join(root, '../shared/data/pdq');
const digest = (kind, bytes) => createHash(kind).update(bytes).digest('hex');
const bits = (n) => n.toString(2).replaceAll('0', '').length;
const distance = (a, b) => bits(BigInt(`0x${a}`) ^ BigInt(`0x${b}`));

test('published files hash as their authors’ tools say', async (t) => {
  if (!existsSync(published)) return t.skip('the published test files are not there');
  const [heading, ...rows] = readFileSync(join(published, 'expected.csv'), 'utf8').trim().split('\n').map((line) => line.split(','));
  const hasher = await createHasher();
  for (const row of rows) {
    const expected = Object.fromEntries(heading.map((name, i) => [name, row[i]]));
    const { picture, decoder } = await hasher.hash(createReadStream(join(published, 'images', expected.file)));
    assert.equal(decoder, 'own');
    for (const [family, column] of [['512-nearest', '512_nearest'], ['full-size', 'full_size']]) {
      const quality = Number(expected[`quality_${column}`]);
      const apart = distance(picture.pdq[family].hash, expected[`pdq_${column}`]);
      // Of a picture with next to nothing in it, the last bit of a pixel shows.
      assert.ok(apart <= (quality < 50 ? 8 : 4), `${expected.file}, ${family}: ${apart} bits`);
      assert.ok(Math.abs(picture.pdq[family].quality - quality) <= 1, expected.file);
    }
  }
});

test('digests are those of Node’s own crypto, however the file comes', async () => {
  const bytes = readFileSync(harbour);
  const hasher = await createHasher();
  const padded = new Uint8Array(bytes.byteLength + 7);
  padded.set(bytes, 3);
  const sources = [
    bytes,
    new Blob([bytes]),
    new Uint8Array(bytes).buffer,
    padded.subarray(3, 3 + bytes.byteLength),
    createReadStream(harbour, { highWaterMark: 1000 }),
  ];
  const all = await Promise.all(sources.map((source) => hasher.hash(source)));
  for (const hashes of all) assert.deepEqual(hashes, all[0]);
  const { size, sha256, md5, picture } = all[0];
  assert.equal(size, bytes.byteLength);
  assert.equal(sha256, digest('sha256', bytes));
  assert.equal(md5, digest('md5', bytes));
  assert.deepEqual([picture.width, picture.height, picture.upright, picture.orientations], [640, 427, null, null]);
});

test('what the caller writes afterwards changes nothing', async () => {
  const bytes = new Uint8Array(readFileSync(harbour));
  const hasher = await createHasher();
  const expected = digest('sha256', bytes);
  const hashing = hasher.hash(bytes);
  bytes.fill(0);
  assert.equal((await hashing).sha256, expected);
});

test('a film of any size: digests piece by piece, progress, no picture', async () => {
  const piece = new Uint8Array(1 << 20).fill(7);
  async function* film() {
    for (let i = 0; i < 300; i++) yield piece;
  }
  const hasher = await createHasher();
  const seen = [];
  const before = process.memoryUsage().rss;
  const { size, sha256, md5, picture, unhashed } = await hasher.hash(film(), { onProgress: (loaded, total) => seen.push([loaded, total]) });
  const wanted = ['sha256', 'md5'].map((kind) => createHash(kind));
  for await (const bytes of film()) wanted.forEach((hash) => hash.update(bytes));
  assert.equal(size, 300 << 20);
  assert.deepEqual([sha256, md5], wanted.map((hash) => hash.digest('hex')));
  assert.deepEqual([picture, unhashed], [null, 'too-many-bytes']);
  assert.equal(seen.length, 300);
  assert.deepEqual(seen.at(-1), [300 << 20, null]);
  // What was kept for a picture is let go as soon as it cannot be one.
  assert.ok(process.memoryUsage().rss - before < 250 << 20);
});

test('every orientation of a turned photograph, and the hash as shown', async () => {
  const hasher = await createHasher();
  const files = readdirSync(join(corpus, 'files')).filter((name) => /turned-\d\.jpg$/.test(name));
  assert.equal(files.length, 8);
  for (const name of files) {
    const { picture } = await hasher.hash(createReadStream(join(corpus, 'files', name)), { orientations: true });
    assert.equal(Object.keys(picture.orientations).length, 8);
    assert.deepEqual(picture.orientations.original, picture.pdq);
    assert.equal(picture.upright === null, name.endsWith('turned-1.jpg'));
    if (picture.upright === null) continue;
    // Shown, it is one of the eight: the file says only how it is to be turned.
    const apart = Object.values(picture.orientations).map((laid) => distance(laid['full-size'].hash, picture.upright['full-size'].hash));
    assert.ok(Math.min(...apart) <= 31, `${name}: ${apart}`);
  }
});

test('broken files have their digests, and a reason', async () => {
  const hasher = await createHasher();
  const names = readdirSync(join(corpus, 'broken'));
  assert.ok(names.length > 50);
  for (const name of names) {
    const bytes = readFileSync(join(corpus, 'broken', name));
    const { sha256, picture, unhashed } = await hasher.hash(bytes);
    assert.equal(sha256, digest('sha256', bytes), name);
    assert.equal(picture === null, unhashed !== null, name);
  }
});

test('videos are compared, but not decoded', async () => {
  const hasher = await createHasher();
  await assert.rejects(hasher.hashVideo(new Blob([readFileSync(harbour)])), { name: 'HashError', code: 'video/not-supported' });
  const { picture } = await hasher.hash(readFileSync(harbour), { orientations: true });
  const { original, 'rotate-90': turned } = picture.orientations;
  const video = (...frames) => ({ durationSeconds: frames.length, width: 8, height: 8, samplesPerSecond: 1, frames: frames.map((pdq, at) => ({ at, sceneChange: false, pdq })) });
  const share = (matched, frames) => ({ matched, frames, share: frames && matched / frames });
  const whole = video(original, turned, original);
  // Kept as JSON meanwhile.
  const part = JSON.parse(JSON.stringify(video(turned)));
  assert.deepEqual(await hasher.compareVideos(whole, part), { query: share(1, 2), compared: share(1, 1) });
  assert.deepEqual(await hasher.compareVideos(video(original), part, { distance: 256, quality: 0 }), { query: share(1, 1), compared: share(1, 1) });
  assert.deepEqual(await hasher.compareVideos(video(), part, { family: '512-nearest' }), { query: share(0, 0), compared: share(0, 1) });
  for (const wrong of [{}, null, { frames: [{}] }, video({ 'full-size': { hash: 'x', quality: 1 } })]) {
    await assert.rejects(hasher.compareVideos(whole, wrong), { name: 'HashError', code: 'video/form' });
  }
  for (const wrong of [{ distance: -1 }, { distance: 257 }, { quality: 1.5 }, { quality: '50' }]) {
    await assert.rejects(hasher.compareVideos(whole, part, wrong), { name: 'HashError', code: 'options/form' });
  }
  hasher.dispose();
  await assert.rejects(hasher.compareVideos(whole, part), { code: 'hasher/disposed' });
});

test('aborting, disposing and unreadable files', async () => {
  const hasher = await createHasher();
  const reason = new Error('changed my mind');
  await assert.rejects(hasher.hash(new Blob(['a']), { signal: AbortSignal.abort(reason) }), reason);
  let closed = false;
  async function* endless() {
    try {
      for (;;) yield new Uint8Array(1000);
    } finally {
      closed = true;
    }
  }
  const abort = new AbortController();
  const hashing = hasher.hash(endless(), { signal: abort.signal, onProgress: (loaded) => loaded > 50_000 && abort.abort(reason) });
  await assert.rejects(hashing, reason);
  assert.ok(closed, 'a file that is read no further must be closed');
  await assert.rejects(hasher.hash(createReadStream('/nonexistent')), (error) => error instanceof HashError && error.code === 'source/not-readable');
  await assert.rejects(hasher.hash(42), TypeError);
  assert.equal((await hasher.hash(new Blob(['abc']))).md5, '900150983cd24fb0d6963f7d28e17f72');
  hasher.dispose();
  await assert.rejects(hasher.hash(new Blob(['abc'])), { code: 'hasher/disposed' });
  await assert.rejects(createHasher({ assets: { wasm: '/nonexistent/' } }), { code: 'assets/wasm-unreachable' });
  await assert.rejects(createHasher({ assets: { wasm: harbour } }), { code: 'assets/wasm-invalid' });
});
