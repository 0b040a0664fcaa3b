// The pause in pages as others write them, with their libraries: what may go out arrives byte for byte, once and in order;
// what may not never does; and nothing is seen or sent while it is being looked at. The verdicts are the engine's own: the
// picture that is withheld is one of the user's own list.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import test, { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';
import { compile } from 'svelte/compiler';

import { launch } from '../support/chromium.mjs';
import { dist, harbour, root } from '../support/paths.mjs';

const SOURCES = fileURLToPath(new URL('libraries/', import.meta.url));
const PAGES = ['react.jsx', 'react-wrapper.jsx', 'vue.js', 'svelte.js', 'dropzone.js', 'quill.js', 'tiptap.js', 'form.js', 'worker-page.js'];
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm', '.jpg': 'image/jpeg' };
// Editors write styles into the page. Scripts stay the page's own.
const CSP = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; form-action 'self'";

let browser;
let folder;
let server;
let url;
/** What has arrived: the name and digest of each file. */
const arrived = [];
/** Two pictures that may go out, and the one that may not, as files of the device. */
let device;

const digest = (bytes) => createHash('sha256').update(bytes).digest('hex');

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pausepoint-libraries-'));
  cpSync(dist, join(folder, 'pausepoint'), { recursive: true });
  cpSync(harbour, join(folder, 'withheld.jpg'));
  cpSync(join(SOURCES, 'sw.js'), join(folder, 'sw.js'));
  await build({
    entryPoints: PAGES.map((name) => join(SOURCES, name)),
    outdir: folder,
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
    conditions: ['browser'],
    plugins: [{
      name: 'svelte',
      setup({ onLoad }) {
        onLoad({ filter: /\.svelte$/ }, ({ path }) => ({ contents: compile(readFileSync(path, 'utf8'), { filename: path, generate: 'client' }).js.code }));
      },
    }, {
      name: 'beside',
      setup({ onResolve }) {
        // React has to be the page's own, so this one is bundled; what it asks for is beside the page.
        onResolve({ filter: /^\.\/pausepoint\/react\.js$/ }, () => ({ path: join(dist, 'react.js') }));
        onResolve({ filter: /^\.\/(pausepoint\/)?protect\.js$/ }, () => ({ path: './pausepoint/protect.js', external: true }));
      },
    }],
    nodePaths: [join(root, 'node_modules')],
    logLevel: 'error',
  });
  for (const name of PAGES) {
    const page = name.split('.')[0];
    writeFileSync(join(folder, `${page}.html`), `<!doctype html><html lang="en"><title>${page}</title><style>#app { min-height: 200px }</style><div id="app"></div><script type="module" src="${page}.js"></script></html>`);
  }
  server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (request.method === 'POST') {
      const form = await new Response(request, { headers: { 'content-type': request.headers['content-type'] } }).formData();
      for (const file of form.getAll('file')) arrived.push([file.name, digest(Buffer.from(await file.arrayBuffer()))]);
      response.writeHead(200, { 'Content-Type': 'text/plain' }).end('got it');
      return;
    }
    try {
      const body = readFileSync(join(folder, pathname));
      response.writeHead(200, { 'Content-Type': TYPES[extname(pathname)] ?? 'application/octet-stream', 'Content-Security-Policy': CSP }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${server.address().port}/`;
  browser = await launch();
  const page = await browser.newPage();
  const paint = async (name, colours) => {
    await page.setContent(`<body style="margin:0;background:conic-gradient(${colours})"><h1>${name}</h1>`);
    writeFileSync(join(folder, name), await page.screenshot());
    return join(folder, name);
  };
  device = { first: await paint('first.png', 'red, gold, teal, navy'), second: await paint('second.png', 'white, green, black, pink'), withheld: join(folder, 'withheld.jpg') };
  await page.close();
});
after(async () => {
  await browser?.close();
  server?.close();
  rmSync(folder, { recursive: true });
});

async function open(name) {
  arrived.length = 0;
  const context = await browser.newContext();
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(`${url}${name}.html`);
  await page.waitForFunction(() => window.ready, null, { timeout: 10_000 }).catch((error) => { throw new Error(`${error.message} ${problems.join()}`); });
  return { page, context, problems };
}

const all = () => [device.first, device.withheld, device.second];
const expected = () => [['first.png', digest(readFileSync(device.first))], ['second.png', digest(readFileSync(device.second))]];

/** While somebody is asked, nothing has got anywhere; then what may go out has, once. */
async function settles({ page, problems }, given = ['first.png', 'second.png']) {
  await page.waitForFunction(() => document.querySelector('pausepoint-intervention')?.open);
  assert.deepEqual(arrived, [], 'nothing is sent while somebody is asked');
  assert.deepEqual(await page.evaluate(() => window.given), [], 'nor given to the page');
  await page.evaluate(() => choose('Don’t send'));
  await until(() => arrived.length >= 2);
  await page.waitForTimeout(100);
  assert.deepEqual(arrived, expected());
  if (given !== null) assert.deepEqual(await page.evaluate(() => window.given), given);
  assert.deepEqual(problems, []);
}

async function until(done) {
  for (let i = 0; i < 500 && !done(); i += 1) await new Promise((next) => setTimeout(next, 10));
  assert.ok(done(), 'in time');
}

async function drop(page, selector, files) {
  const session = await page.context().newCDPSession(page);
  const { x, y, width, height } = await page.locator(selector).boundingBox();
  const at = { x: x + width / 2, y: y + Math.min(height / 2, 80), data: { items: [], files, dragOperationsMask: 1 } };
  for (const type of ['dragEnter', 'dragOver', 'drop']) await session.send('Input.dispatchDragEvent', { type, ...at });
}

/** Pastes what a file manager would have copied: the browser has no other way to put files into its clipboard. */
async function paste(page, files) {
  const sources = files.map((path) => ({ name: path.split('/').at(-1), type: path.endsWith('.jpg') ? 'image/jpeg' : 'image/png', data: readFileSync(path).toString('base64') }));
  await page.evaluate((given) => {
    const clipboardData = new DataTransfer();
    for (const { name, type, data } of given) clipboardData.items.add(new File([Uint8Array.from(atob(data), (one) => one.charCodeAt(0))], name, { type }));
    editor.focus();
    editor.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true }));
  }, sources);
}

test('React: a controlled input', async () => {
  const opened = await open('react');
  const { page } = opened;
  await page.setInputFiles('#controlled', all());
  await page.waitForFunction(() => document.querySelector('pausepoint-intervention')?.open);
  assert.equal(await page.textContent('#chosen'), '');
  await page.evaluate(() => choose('Don’t send'));
  await page.waitForFunction(() => document.querySelector('#chosen').textContent !== '');
  assert.equal(await page.textContent('#chosen'), 'first.png,second.png');
  await page.click('#send');
  await until(() => arrived.length >= 2);
  assert.deepEqual(arrived, expected());
  assert.deepEqual(opened.problems, []);
  await opened.context.close();
});

test('React: the package’s own component and hook', async () => {
  const { page, context, problems } = await open('react-wrapper');
  await page.waitForFunction(() => window.pausepoint !== null);
  await page.evaluate(async () => { await (await pausepoint.guard).ownList.add(withheld, 'harbour'); });
  await page.click('#count');
  await page.setInputFiles('#input', all());
  await page.getByRole('button', { name: 'Don’t send' }).click();
  await page.waitForFunction(() => decisions.length === 1);
  // The function of the last rendering, and one guard for both.
  assert.deepEqual(await page.evaluate(() => [given, decisions]), [['first.png', 'second.png'], [[1, 2, 1]]]);
  await page.click('#come');
  await page.getByText('Covered').waitFor();
  assert.equal(await page.getAttribute('pausepoint-image', 'class'), 'came');
  await page.evaluate(() => end());
  await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<input id="later" type="file">'));
  await page.setInputFiles('#later', device.withheld);
  assert.equal(await page.evaluate(() => document.querySelector('#later').files.length), 1, 'nothing is held any more');
  assert.deepEqual(problems, []);
  await context.close();
});

for (const name of ['vue', 'svelte']) {
  test(`${name}: files that are a component’s state`, async () => {
    const opened = await open(name);
    await opened.page.setInputFiles('#input', all());
    await opened.page.waitForFunction(() => document.querySelector('pausepoint-intervention')?.open);
    assert.equal(await opened.page.textContent('output'), '');
    await settles(opened);
    assert.equal(await opened.page.textContent('output'), 'first.png,second.png');
    await opened.context.close();
  });
}

test('react-dropzone: dropped, and chosen', async () => {
  const opened = await open('react');
  await drop(opened.page, '#zone', all());
  await settles(opened);
  assert.match(await opened.page.textContent('#zone'), /Drop or click/);
  arrived.length = 0;
  await opened.page.evaluate(() => { window.given.length = 0; });
  await opened.page.setInputFiles('#zone-input', all());
  await settles(opened);
  await opened.context.close();
});

test('Dropzone: dropped, and chosen', async () => {
  const opened = await open('dropzone');
  await drop(opened.page, '#app', all());
  await settles(opened);
  arrived.length = 0;
  await opened.page.evaluate(() => { window.given.length = 0; });
  await opened.page.setInputFiles('.dz-hidden-input', all());
  await settles(opened);
  await opened.context.close();
});

test('Quill: pasted, dropped, and by its button', async () => {
  const opened = await open('quill');
  await paste(opened.page, all());
  await settles(opened);
  arrived.length = 0;
  await opened.page.evaluate(() => { window.given.length = 0; });
  await drop(opened.page, '.ql-editor', all());
  await settles(opened);
  arrived.length = 0;
  await opened.page.evaluate(() => { window.given.length = 0; });
  // Its own input takes one at a time.
  const choose = (path) => Promise.all([opened.page.waitForEvent('filechooser').then((chooser) => chooser.setFiles(path)), opened.page.click('.ql-image')]);
  await choose(device.withheld);
  await opened.page.evaluate(() => window.choose('Don’t send'));
  await choose(device.first);
  await until(() => arrived.length >= 1);
  assert.deepEqual(arrived, expected().slice(0, 1));
  assert.deepEqual(opened.problems, []);
  await opened.context.close();
});

test('Tiptap: pasted, and dropped', async () => {
  const opened = await open('tiptap');
  await paste(opened.page, all());
  await settles(opened);
  arrived.length = 0;
  await opened.page.evaluate(() => { window.given.length = 0; });
  await drop(opened.page, '.tiptap', all());
  await settles(opened);
  await opened.context.close();
});

test('forms: sent by the browser, and by a script', async () => {
  const plain = await open('form');
  await plain.page.setInputFiles('#plain-input', all());
  await plain.page.waitForFunction(() => document.querySelector('pausepoint-intervention')?.open);
  await plain.page.evaluate(() => choose('Don’t send'));
  await plain.page.waitForFunction(() => document.querySelector('#plain-input').files.length === 2);
  await plain.page.click('#plain button');
  await plain.page.waitForURL(/upload/);
  assert.deepEqual(arrived, expected());
  await plain.context.close();

  const scripted = await open('form');
  await scripted.page.setInputFiles('#scripted-input', all());
  // At once: before anybody has looked at anything.
  await scripted.page.evaluate(() => document.querySelector('#scripted').submit());
  await scripted.page.waitForFunction(() => document.querySelector('pausepoint-intervention')?.open);
  assert.deepEqual(arrived, []);
  await scripted.page.evaluate(() => void choose('Don’t send'));
  await scripted.page.waitForURL(/upload/);
  assert.deepEqual(arrived, expected());
  await scripted.context.close();
});

test('a page that a service worker answers for', async () => {
  const opened = await open('worker-page');
  await opened.page.setInputFiles('#input', all());
  await settles(opened);
  await opened.context.close();
});
