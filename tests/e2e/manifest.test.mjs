// The custom elements manifest says what the elements are, in a browser.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test, { after, before } from 'node:test';

import { Ajv } from 'ajv';

import { openReady, site } from '../support/browser.mjs';
import { launch } from '../support/chromium.mjs';
import { root } from '../support/paths.mjs';

const manifest = JSON.parse(readFileSync(join(root, 'pkg-config/custom-elements.json'), 'utf8'));
const elements = manifest.modules.flatMap(({ declarations }) => declarations);
const docs = readFileSync(join(root, 'docs/elements.md'), 'utf8');

const PAGE = `<!doctype html><html lang="en"><title>manifest</title><script type="module" src="page.js"></script></html>`;
const SCRIPT = `
import * as elements from './pausepoint/elements.js';
import { protect } from './pausepoint/protect.js';
const guard = { checkImage: async () => ({ action: 'allow', reasons: [], fallback: null }) };
elements.defineElements();
protect(document, { ageBand: '13-15', guard, metadata: {} });
Object.assign(window, { elements, ready: true });
`;

let browser;
let server;
before(async () => {
  server = await site({ files: { 'index.html': PAGE, 'page.js': SCRIPT } });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

test('it has the form of its schema', () => {
  const schema = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('custom-elements-manifest/schema.json'), 'utf8'));
  const valid = new Ajv({ allErrors: true, strict: false, logger: false }).compile(schema);
  valid(manifest);
  assert.deepEqual((valid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`), []);
});

test('attributes, members and parts are those of the elements, and all of them', async () => {
  const { page, context } = await openReady(browser, server.url);
  const own = await page.evaluate((tags) => tags.map((tag) => {
    const { prototype, observedAttributes = [] } = customElements.get(tag);
    const members = Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor' && !/Callback$/.test(name));
    return { observed: [...observedAttributes].sort(), members: members.sort() };
  }), elements.map(({ tagName }) => tagName));
  for (const [i, { tagName, attributes, members }] of elements.entries()) {
    assert.deepEqual(members.map(({ name }) => name).sort(), own[i].members, tagName);
    const named = attributes.map(({ name }) => name);
    assert.deepEqual(own[i].observed.filter((name) => !named.includes(name)), [], tagName);
  }
  const sources = (await Promise.all(['elements.js', 'protect.js'].map((name) => page.evaluate(async (path) => (await fetch(path)).text(), `pausepoint/${name}`)))).join();
  for (const { cssParts = [], cssProperties = [], events = [] } of elements) {
    for (const { name } of cssParts) assert.match(sources, new RegExp(`["'\` ]${name}["'\` ]`), `part ${name}`);
    for (const { name } of events) assert.ok(sources.includes(name.replace('pausepoint-', '')), name);
    for (const { name } of cssProperties) assert.ok(docs.includes(`\`${name}\``) || docs.includes(`\`-${name.slice('--pausepoint-'.length)}\``), name);
  }
  for (const { tagName, cssParts, events = [] } of elements.slice(0, 2)) {
    for (const { name } of [...cssParts, ...events]) assert.ok(docs.includes(`\`${name}\``), `${tagName}: docs/elements.md names ${name}`);
  }
  await context.close();
});
