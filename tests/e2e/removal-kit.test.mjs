// The removal kit in a browser: made under the strict policy, shown as a blob and as a saved file, on a phone, in the dark,
// and on paper.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';

import { HOSTILE_NAMES, kitItem } from '../../pkg-config/test-support/kit-items.mjs';
import { openReady, site, STRICT_CSP } from '../support/browser.mjs';
import { launch } from '../support/chromium.mjs';
import { dist, harbour } from '../support/paths.mjs';

const { createRemovalKit, PAGE_STYLE_SOURCE } = await import(pathToFileURL(join(dist, 'kit.js')).href);
const { createHasher } = await import(pathToFileURL(join(dist, 'node-hash.js')).href);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const madeAt = new Date('2026-11-22T10:30:00Z');
const COUNTRIES = ['GB', 'JP', 'RO', undefined];

const SCRIPT = `
import { createHasher } from './pausepoint/hash.js';
import { createRemovalKit } from './pausepoint/kit.js';
const hasher = await createHasher();
window.make = async (options) => {
  const hashes = await hasher.hash(await (await fetch('harbour.jpg')).blob());
  return createRemovalKit([{ name: 'harbour.jpg', hashes }], { ...options, madeAt: new Date(${madeAt.getTime()}) });
};
window.show = async (options) => {
  const blob = new Blob([(await make(options)).html()], { type: 'text/html' });
  Object.assign(document.querySelector('a'), { href: URL.createObjectURL(blob), textContent: 'Open' });
};
window.ready = true;
`;
const FILES = {
  'index.html': '<!doctype html><title>kit</title><a target="_blank"></a><script type="module" src="page.js"></script>',
  'page.js': SCRIPT,
  'harbour.jpg': readFileSync(harbour),
};

let browser;
let folder;
before(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), 'pausepoint-kit-'));
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** A saved page, opened from disk. Whatever it asks for, runs or is refused is a problem. */
async function openSaved(html, options) {
  const path = join(folder, 'kit.html');
  writeFileSync(path, html);
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const problems = [];
  page.on('console', (message) => problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('dialog', (dialog) => problems.push(dialog.message()));
  context.on('request', (request) => problems.push(request.url()));
  const address = pathToFileURL(path).href;
  await page.goto(address);
  assert.deepEqual(problems.splice(0), [address]);
  return { page, context, problems };
}

async function violations(page) {
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

/** Opens the kit from the app's page, as a person does. */
async function openBlob(csp) {
  const server = await site({ files: FILES, csp });
  const { page, context, problems } = await openReady(browser, server.url);
  await page.evaluate(() => show({ country: 'GB' }));
  const before = server.requests.length;
  const [shown] = await Promise.all([context.waitForEvent('page'), page.getByRole('link').click()]);
  const refused = [];
  shown.on('console', (message) => refused.push(message.text()));
  await shown.waitForLoadState();
  await shown.getByRole('heading', { level: 1 }).waitFor();
  const asked = server.requests.slice(before);
  const close = async () => {
    await context.close();
    await server.close();
  };
  return { shown, problems, asked, close };
}

test('made in the browser, it is to the byte what Node makes', async () => {
  const server = await site({ files: FILES });
  const { page, context, problems } = await openReady(browser, server.url);
  const inNode = createRemovalKit([{ name: 'harbour.jpg', hashes: await (await createHasher()).hash(readFileSync(harbour)) }], { country: 'DE', madeAt });
  const before = server.requests.length;
  const inBrowser = await page.evaluate(async () => {
    const kit = await make({ country: 'DE' });
    return [kit.csv(), kit.json(), kit.html()];
  });
  assert.deepEqual(inBrowser, [inNode.csv(), inNode.json(), inNode.html()]);
  assert.deepEqual(server.requests.slice(before), ['/harbour.jpg']);
  assert.deepEqual(problems, []);
  await context.close();
  await server.close();
});

test('from a blob under the strict policy it is plain, whole and accessible', async () => {
  const { shown, asked, close } = await openBlob(STRICT_CSP);
  assert.match(await shown.locator('main').innerText(), /not your fault[^]*0800 1111[^]*Take It Down[^]*harbour\.jpg/);
  assert.equal(await shown.evaluate(() => getComputedStyle(document.querySelector('article')).borderRadius), '0px');
  assert.deepEqual(await violations(shown), []);
  assert.deepEqual(asked, []);
  await close();
});

test('where the policy names its style, a blob looks as it is meant to', async () => {
  const { shown, problems, asked, close } = await openBlob(STRICT_CSP.replace("style-src 'self'", `style-src 'self' ${PAGE_STYLE_SOURCE}`));
  assert.equal(await shown.evaluate(() => getComputedStyle(document.querySelector('article')).borderRadius), '12px');
  assert.deepEqual(await violations(shown), []);
  assert.deepEqual([problems, asked], [[], []]);
  await close();
});

for (const colorScheme of ['light', 'dark']) {
  for (const width of [320, 360, 1280]) {
    test(`saved: axe finds nothing, nothing is cut off: ${colorScheme}, ${width} px`, async () => {
      for (const country of COUNTRIES) {
        const items = [kitItem('a.jpg', { upright: true, note: 'a note' }), kitItem('b.jpg', { quality: 12 }), kitItem('c.txt', { picture: null })];
        const late = createRemovalKit(items, { country, madeAt: new Date('2031-01-01') });
        const { page, context, problems } = await openSaved(late.html(), { colorScheme, viewport: { width, height: 800 } });
        assert.deepEqual(await violations(page), []);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
        assert.deepEqual(problems, []);
        await context.close();
      }
    });
  }
}

test('hostile names are shown, and are nothing but text', async () => {
  const { page, context, problems } = await openSaved(
    createRemovalKit(HOSTILE_NAMES.map((name) => kitItem(name, { note: name })), { country: 'IE', madeAt }).html(),
    { viewport: { width: 360, height: 800 } },
  );
  const shown = await page.locator('article h3 bdi').allTextContents();
  assert.equal(shown.length, HOSTILE_NAMES.length);
  const codes = (name) => name.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, (c) => (c === '\u200d' ? c : `\\u{${c.codePointAt(0).toString(16)}}`));
  assert.deepEqual(shown, HOSTILE_NAMES.map(codes));
  assert.deepEqual(await page.locator('article p bdi').allTextContents(), shown);
  const foreign = await page.evaluate(() => {
    const known = new Set(['ARTICLE', 'H3', 'P', 'BDI', 'DL', 'DIV', 'DT', 'DD', 'CODE', 'WBR', 'SPAN']);
    return [...document.querySelectorAll('article, article *')].filter((one) => !known.has(one.tagName) || one.getAttributeNames().some((name) => name !== 'class')).length;
  });
  assert.equal(foreign, 0);
  assert.equal(await page.title(), 'My next steps');
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(problems, []);
  await context.close();
});

test('a hash is copied as one, and numbers can be tapped', async () => {
  const item = kitItem('a.jpg');
  const { page, context } = await openSaved(createRemovalKit([item], { country: 'IE', madeAt }).html());
  const hashes = await page.locator('dd code').allInnerTexts();
  assert.deepEqual(hashes, [item.hashes.picture.pdq['512-nearest'].hash, item.hashes.picture.pdq['full-size'].hash, item.hashes.md5, item.hashes.sha256]);
  assert.equal(await page.getByRole('link', { name: '1800 66 66 66' }).getAttribute('href'), 'tel:1800666666');
  const links = await page.getByRole('link').evaluateAll((all) => all.map((link) => [link.protocol, link.rel]));
  assert.ok(links.every(([protocol, rel]) => protocol === 'tel:' || (protocol === 'https:' && rel === 'noopener noreferrer')));
  await context.close();
});

test('headings are in order', async () => {
  const { page, context } = await openSaved(createRemovalKit([kitItem('a.jpg')], { country: 'FR', madeAt }).html());
  const levels = await page.locator('h1, h2, h3, h4').evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])));
  assert.equal(levels.filter((level) => level === 1).length, 1);
  assert.ok(levels.every((level, index) => index === 0 || level - levels[index - 1] <= 1), levels.join(' '));
  await context.close();
});

test('printed: dark on white even in the dark, and on pages', async () => {
  const html = createRemovalKit([kitItem('a.jpg'), kitItem('b.jpg')], { country: 'CA', madeAt }).html();
  const { page, context, problems } = await openSaved(html, { colorScheme: 'dark' });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const [ink, ground] = await page.evaluate(() => {
    const { color, backgroundColor } = getComputedStyle(document.body);
    return [color, backgroundColor];
  });
  assert.deepEqual([ink, ground], ['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
  const pdf = await page.pdf({ format: 'A4' });
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  assert.ok(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length >= 2);
  assert.deepEqual(problems, []);
  await context.close();
});
