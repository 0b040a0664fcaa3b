// What `protect` costs the page that it protects: at rest, and while pictures are looked at. `cargo xtask bench --pause`.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { serve } from '../../www/server.mjs';
import { STRICT_CSP } from '../../tests/support/browser.mjs';
import { launch } from '../../tests/support/chromium.mjs';
import { root } from '../paths.mjs';
import { quantile } from '../statistics.mjs';

const ROUNDS = 5;
const PAGE = `<!doctype html><html lang="en"><title>bench</title>
<main>${'<p>Some text with a <button>button</button>, <input> and a <a href="#x">link</a>.</p>'.repeat(300)}</main>
<input id="file" type="file" multiple><script type="module" src="page.js"></script></html>`;
const SCRIPT = `
import { protect } from './pausepoint/protect.js';

/** Milliseconds of a thousand of what happens in a page at rest: clicks, typing, the focus, drawing on a canvas. */
function work() {
  const buttons = [...document.querySelectorAll('button')];
  const fields = [...document.querySelectorAll('main input')];
  const canvas = document.createElement('canvas').getContext('2d');
  const bitmap = new OffscreenCanvas(16, 16);
  bitmap.getContext('2d').fillRect(0, 0, 16, 16);
  const from = performance.now();
  for (let i = 0; i < 250; i += 1) {
    buttons[i].dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
    fields[i].dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    fields[i].dispatchEvent(new FocusEvent('focusin', { bubbles: true, composed: true }));
    canvas.drawImage(bitmap, 0, 0);
  }
  return performance.now() - from;
}

const median = (many) => many.sort((a, b) => a - b)[many.length >> 1];

/** The longest time for which the page could do nothing else until something was done. */
async function longestPause(until) {
  let longest = 0;
  let last = performance.now();
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    channel.port2.postMessage(0);
  };
  channel.port2.postMessage(0);
  await until;
  channel.port1.close();
  return Math.max(longest, performance.now() - last);
}

const decisions = [];
let told = () => {};
const onDecision = () => told();
for (let i = 0; i < 20; i += 1) work();
const alone = median(Array.from({ length: 41 }, work));
const from = performance.now();
const protection = protect(document, { ageBand: '13-15', onDecision });
const install = performance.now() - from;
await protection.guard;
for (let i = 0; i < 20; i += 1) work();
const rest = median(Array.from({ length: 41 }, work)) - alone;
window.figures = { alone, install, rest };

/** Calm pages for comparison: the same time with nothing to do. */
window.idle = () => longestPause(new Promise((resolve) => setTimeout(resolve, 1500)));
window.busy = () => longestPause(new Promise((resolve) => { told = resolve; }));
window.answer = async () => {
  for (;;) {
    const dialog = document.querySelector('pausepoint-intervention')?.shadowRoot?.querySelector('dialog[open]');
    const button = [...(dialog?.querySelectorAll('button') ?? [])].find((one) => one.textContent.trim() === 'Don’t send');
    if (button) return button.click();
    await new Promise((next) => setTimeout(next, 20));
  }
};
`;

const folder = mkdtempSync(join(tmpdir(), 'pausepoint-pause-'));
cpSync(join(root, 'pkg-config/dist'), join(folder, 'pausepoint'), { recursive: true });
writeFileSync(join(folder, 'index.html'), PAGE);
writeFileSync(join(folder, 'page.js'), SCRIPT);
writeFileSync(join(folder, 'favicon.ico'), '');
const server = await serve({ root: folder, port: 0, csp: STRICT_CSP });
const browser = await launch();
try {
  const painter = await browser.newPage({ viewport: { width: 4000, height: 3000 } });
  await painter.setContent('<body style="margin:0;background:repeating-conic-gradient(teal, gold 7%, navy 19%)"><h1 style="font-size:40vh">12 megapixels</h1>');
  // Files of the device: what a test hands over as bytes is decoded in the page.
  const large = join(folder, 'large.jpg');
  await painter.screenshot({ path: large, type: 'jpeg', quality: 92 });
  await painter.close();
  // What cannot be looked at is asked about: so the dialog is counted as well.
  const unreadable = join(folder, 'unreadable.jpg');
  writeFileSync(unreadable, 'no picture');

  const all = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.waitForFunction(() => window.figures && window.idle);
    const figures = await page.evaluate(() => window.figures);
    const idle = await page.evaluate(() => window.idle());
    const during = async (files, answer) => {
      await page.evaluate(() => { window.measured = window.busy(); });
      await page.setInputFiles('#file', files);
      if (answer) await page.evaluate(() => window.answer());
      return page.evaluate(() => window.measured);
    };
    await during([large]);
    const judging = await during(Array(3).fill(large));
    const asking = await during([large, unreadable], true);
    all.push({ ...figures, idle, judging, asking });
    await page.close();
  }
  const line = (name, key, what) => {
    const values = all.map((one) => one[key]).sort((a, b) => a - b);
    console.log(`${name}: ${what(quantile(values, 0.5))} (${values.map((value) => value.toFixed(2)).join(', ')} ms)`);
  };
  const ms = (value) => `${value.toFixed(2)} ms`;
  line('protect() itself, until it returns', 'install', ms);
  line('added to a thousand events and drawings of a page at rest', 'rest', ms);
  line('the same thousand without it', 'alone', ms);
  line('longest pause of the page, nothing to do', 'idle', ms);
  line('longest pause while three pictures of 12 megapixels are looked at', 'judging', ms);
  line('longest pause while two are looked at and somebody is asked', 'asking', ms);
} finally {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true });
}
