// The hasher in a browser: under the strict policy, on files as people have them, and on one of a gigabyte.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';

import { peakResident } from '../../benches/memory.mjs';
import { openReady, site } from '../support/browser.mjs';
import { launch } from '../support/chromium.mjs';
import { dist, harbour, root } from '../support/paths.mjs';
import { wasmMemory } from '../support/wasm-memory.mjs';

const AVIF = join(root, 'target/pictures/pillow-11.3.0/Tests/images/avif/hopper.avif');
const PAGE = `<!doctype html><title>hasher</title><script type="module" src="page.js"></script>`;
const SCRIPT = `
import { createHasher, HashError } from './pausepoint/hash.js';
window.hasher = await createHasher();
Object.assign(window, { createHasher, HashError, ready: true });
window.file = async (name) => new File([await (await fetch(name)).blob()], name);
`;

let browser;
let server;
before(async () => {
  server = await site({
    files: { 'index.html': PAGE, 'page.js': SCRIPT, 'harbour.jpg': readFileSync(harbour), 'hopper.avif': readFileSync(AVIF) },
  });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});
const ready = () => openReady(browser, server.url);

test('the same hashes as in Node, no model, and no request once it is ready', async () => {
  const { page, context, problems } = await ready();
  const started = server.requests.filter((path) => path.startsWith('/pausepoint/'));
  assert.ok(started.every((path) => !path.endsWith('.ppmodel')));
  const bytes = [...readFileSync(harbour)];
  const { createHasher } = await import(pathToFileURL(join(dist, 'node-hash.js')).href);
  const inNode = await (await createHasher()).hash(readFileSync(harbour), { orientations: true });
  const before = server.requests.length;
  const inBrowser = await page.evaluate(async (list) => {
    const bytes = new Uint8Array(list);
    const sources = [bytes, bytes.buffer, new Blob([bytes]), new File([bytes], 'x')];
    return Promise.all(sources.map((source) => hasher.hash(source, { orientations: true })));
  }, bytes);
  for (const hashes of inBrowser) assert.deepEqual(hashes, inNode);
  assert.deepEqual(server.requests.slice(before), []);
  assert.deepEqual(problems, []);
  await context.close();
});

test('what only the browser can decode is hashed with its pixels, and said so', async () => {
  const { page, context } = await ready();
  const [avif, text] = await page.evaluate(async () => [await hasher.hash(await file('hopper.avif')), await hasher.hash(new Blob(['no picture']))]);
  assert.equal(avif.decoder, 'host');
  assert.deepEqual([avif.picture.width, avif.picture.height], [128, 128]);
  assert.ok(avif.picture.pdq['full-size'].quality > 50);
  assert.deepEqual([text.picture, text.unhashed], [null, 'unknown-format']);
  await context.close();
});

test('a gigabyte: right digests, progress, flat memory, and the page goes on', { timeout: 240_000 }, async (t) => {
  const { page, context } = await ready();
  const piece = Buffer.alloc(16 << 20, 'a bad night ends');
  const wanted = ['sha256', 'md5'].map((kind) => createHash(kind));
  for (let i = 0; i < 64; i++) wanted.forEach((hash) => hash.update(piece));
  const before = await peakResident(context);
  const seen = await page.evaluate(async () => {
    const piece = new Blob(['a bad night ends'.repeat(1 << 20)]);
    const film = new Blob(Array(64).fill(piece));
    const progress = [];
    let [last, pause] = [performance.now(), 0];
    const beat = setInterval(() => ([last, pause] = [performance.now(), Math.max(pause, performance.now() - last)]), 5);
    const start = performance.now();
    const hashes = await hasher.hash(film, { onProgress: (loaded, total) => progress.push([loaded, total]) });
    clearInterval(beat);
    return { hashes, progress, pause, seconds: (performance.now() - start) / 1000 };
  });
  const { size, sha256, md5, picture, unhashed } = seen.hashes;
  assert.equal(size, 1 << 30);
  assert.deepEqual([sha256, md5], wanted.map((hash) => hash.digest('hex')));
  assert.deepEqual([picture, unhashed], [null, 'too-many-bytes']);
  assert.ok(seen.progress.length >= 100 && seen.progress.every(([loaded, total], i) => total === 1 << 30 && (i === 0 || loaded > seen.progress[i - 1][0])));
  const wasm = await wasmMemory(page);
  assert.ok(wasm < 20_000_000, `${wasm} bytes of WebAssembly memory`);
  const more = before === null ? null : (await peakResident(context)) - before;
  t.diagnostic(`${seen.seconds.toFixed(1)} s, ${(wasm / 1e6).toFixed(1)} MB of WebAssembly memory, ${more === null ? '?' : (more / 1e6).toFixed(0)} MB more at most, longest pause of the page ${seen.pause.toFixed(0)} ms`);
  // A tenth of the file would be half of what a worker's garbage may come to before it is collected.
  if (more !== null) assert.ok(more < 300e6, `${more} bytes more`);
  await context.close();
});

test('aborting in the middle frees the hasher for the next file', async () => {
  const { page, context } = await ready();
  const result = await page.evaluate(async () => {
    const film = new Blob(Array(64).fill(new Blob(['x'.repeat(1 << 22)])));
    const abort = new AbortController();
    const hashing = hasher.hash(film, { signal: abort.signal, onProgress: (loaded) => loaded > 1 << 24 && abort.abort(new Error('changed my mind')) });
    const error = await hashing.catch((error) => error.message);
    const next = await hasher.hash(new Blob(['abc']));
    const early = await hasher.hash(film, { signal: AbortSignal.abort(new Error('before')) }).catch((error) => error.message);
    const waiting = [hasher.hash(film), hasher.hash(film)].map((p) => p.catch((error) => error.code));
    hasher.dispose();
    const after = await hasher.hash(film).catch((error) => [error instanceof HashError, error.code]);
    const noFile = await createHasher().then((other) => other.hash({}).catch((error) => error instanceof TypeError));
    return { error, md5: next.md5, early, waiting: await Promise.all(waiting), after, noFile };
  });
  assert.deepEqual(result, {
    error: 'changed my mind',
    md5: '900150983cd24fb0d6963f7d28e17f72',
    early: 'before',
    waiting: ['hasher/disposed', 'hasher/disposed'],
    after: [true, 'hasher/disposed'],
    noFile: true,
  });
  await context.close();
});

test('a hasher that cannot start says why', async () => {
  const { page, context } = await ready();
  const codes = await page.evaluate(async () => {
    const code = (assets) => createHasher({ assets }).then(() => null, (error) => error.code);
    const aborted = createHasher({ signal: AbortSignal.abort(new Error('left')) }).catch((error) => error.message);
    return [await code({ wasm: '/nowhere/' }), await code({ wasm: '/harbour.jpg' }), await code({ worker: '/nowhere.js' }), await aborted];
  });
  assert.deepEqual(codes, ['assets/wasm-unreachable', 'assets/wasm-invalid', 'assets/worker-failed', 'left']);
  await context.close();
});
