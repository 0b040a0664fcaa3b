// The README's example, run as written: from a plain static server under the strict policy, and through Vite.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';

import { build } from 'vite';

import { serve } from '../../www/server.mjs';
import { STRICT_CSP, openPage } from '../support/browser.mjs';
import { launch } from '../support/chromium.mjs';
import { harbour, root } from '../support/paths.mjs';

const readme = readFileSync(join(root, 'README.md'), 'utf8');
const unpacked = join(root, 'target/pack/package');

/** The code block that follows a line naming its file in bold. */
function example(name) {
  const [, code] = new RegExp(`\\*\\*${name.replace('.', '\\.')}\\*\\*[^\`]*\`\`\`\\w+\\n([^]*?)\`\`\``).exec(readme) ?? [];
  assert.ok(code, `the README has no ${name}`);
  return code;
}

let browser;
let folder;
before(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), 'pausepoint-readme-'));
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** Chooses the harbour, then something that nobody can look at: the page sees the one, and not the other. */
async function tryOut(url) {
  const { page, context, problems } = await openPage(browser, url);
  const said = async (text) => page.waitForFunction((t) => document.querySelector('output').textContent.includes(t), text);
  await page.setInputFiles('input', harbour);
  await said('Sent: harbour.jpg');
  await page.setInputFiles('input', { name: 'broken.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') });
  await page.getByText('We couldn’t check this picture').waitFor();
  await page.getByRole('button', { name: 'Don’t send' }).click();
  await page.getByText('We couldn’t check this picture').waitFor({ state: 'detached' });
  assert.equal(await page.textContent('output'), 'Sent: harbour.jpg');
  assert.deepEqual(problems.filter((p) => !p.includes('404')), []);
  await context.close();
}

test('from a plain static server', async () => {
  const plain = join(folder, 'plain');
  mkdirSync(plain);
  writeFileSync(join(plain, 'index.html'), example('index.html'));
  writeFileSync(join(plain, 'app.js'), example('app.js'));
  cpSync(join(unpacked, 'dist'), join(plain, 'pausepoint'), { recursive: true });
  const server = await serve({ root: plain, port: 0, csp: STRICT_CSP });
  try {
    await tryOut(server.url);
  } finally {
    await server.close();
  }
});

test('through Vite, with the package’s own name', async () => {
  const project = join(folder, 'bundled');
  mkdirSync(join(project, 'node_modules'), { recursive: true });
  symlinkSync(unpacked, join(project, 'node_modules/pausepoint'), 'dir');
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(project, 'index.html'), example('index.html'));
  writeFileSync(join(project, 'app.js'), example('app.js').replace("'./pausepoint/protect.js'", "'pausepoint/protect'"));
  await build({ root: project, logLevel: 'error' });
  const server = await serve({ root: join(project, 'dist'), port: 0, csp: STRICT_CSP });
  try {
    await tryOut(server.url);
  } finally {
    await server.close();
  }
});
