// The pause with a real guard: what the engine finds, a worker that hangs, a guard that has not started or cannot, pictures
// that come, a guardian's code, a conversation that presses. The build has hooks: a magenta picture counts as explicit.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test, { after, before } from 'node:test';

import exifr from 'exifr';

import { HOOKED_BUILDS, openPage, site } from '../support/browser.mjs';
import { launch } from '../support/chromium.mjs';
import { harbour, root } from '../support/paths.mjs';

const PAGE = `<!doctype html><html lang="en"><title>pause</title><link rel="stylesheet" href="page.css">
<input id="one" type="file" multiple><output></output>
<p><img id="picture" alt="what came" width="320" height="240"></p><pausepoint-image id="element" alt="an element" peer="p1"></pausepoint-image>
<script type="module" src="page.js"></script></html>`;
const SCRIPT = `
import { createGuard, protect } from './pausepoint/protect.js';
import { createGuardian } from './guardian-of-test.js';
import { createMessages } from './pausepoint/messages.js';
const decisions = [];
const input = document.querySelector('input');
input.addEventListener('change', () => { document.querySelector('output').textContent = [...input.files].map(({ name }) => name).join(); });
const dialog = () => document.querySelector('pausepoint-intervention')?.shadowRoot?.querySelector('dialog[open]');
const until = async (look) => { for (let i = 0; i < 1000; i += 1) { const found = look(); if (found) return found; await new Promise((next) => setTimeout(next, 10)); } throw new Error('waited in vain: ' + look + dialog()?.textContent); };
const choose = async (label) => (await until(() => [...(dialog()?.querySelectorAll('button') ?? [])].find((one) => one.textContent.trim() === label))).click();
const says = async () => (await until(dialog)).textContent;
const onDecision = (decision) => decisions.push(decision);
Object.assign(window, { createGuard, createGuardian, createMessages, protect, decisions, onDecision, dialog, until, choose, says });
window.ready = true;
`;
const GUARDIAN = `
import { openGuardian } from './pausepoint/guardian.js';
import { localStore } from './pausepoint/store.js';
export async function createGuardian(pin) {
  const guardian = await openGuardian({ store: localStore('pause-test'), manage: true });
  await guardian.setUp({ pin, ageBand: 'under-13' });
  return guardian;
}
`;

let browser;
let server;
/** Files as a person chooses them. */
let given;
before(async () => {
  browser = await launch();
  const page = await browser.newPage({ viewport: { width: 320, height: 240 } });
  await page.setContent('<body style="background:#ff00ff">');
  const magenta = await page.screenshot();
  await page.close();
  given = {
    harbour: { name: 'harbour.jpg', mimeType: 'image/jpeg', buffer: readFileSync(harbour) },
    magenta: { name: 'magenta.png', mimeType: 'image/png', buffer: magenta },
    dated: { name: 'dated.jpg', mimeType: 'image/jpeg', buffer: readFileSync(join(root, 'fuzz/seeds/metadata/all.jpg')) },
    hang: { name: 'hang.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('pausepoint-test-hang') },
    panic: { name: 'panic.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('pausepoint-test-panic') },
  };
  server = await site({
    files: { 'index.html': PAGE, 'page.js': SCRIPT, 'guardian-of-test.js': GUARDIAN, 'page.css': 'p { position: relative }', 'harbour.jpg': given.harbour.buffer, 'magenta.png': magenta },
    overrides: HOOKED_BUILDS,
  });
});
after(async () => {
  await browser?.close();
  await server?.close();
});

async function open() {
  const opened = await openPage(browser, server.url);
  await opened.page.waitForFunction(() => window.ready);
  return opened;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds. */
async function violations(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html.slice(0, 120)} ${any[0]?.message ?? ''}`).join(' | ')}`);
}

const decided = (page, count) => page.waitForFunction((many) => decisions.length === many, count);

test('an explicit picture is withheld from the page at 13-15, with no way on', async () => {
  const { page, context, problems } = await open();
  await page.evaluate(async () => { await protect(document, { ageBand: '13-15', model: 'small', onDecision }).guard; });
  await page.setInputFiles('#one', [given.harbour, given.magenta]);
  assert.match(await page.evaluate(() => says()), /1 of 2 pictures may show/);
  for (const label of ['More choices', 'Yes']) await page.evaluate((one) => choose(one), label);
  assert.doesNotMatch(await page.evaluate(() => says()), /Send it anyway/);
  await page.keyboard.press('Escape');
  await decided(page, 1);
  const [decision, output] = await page.evaluate(() => [decisions[0], document.querySelector('output').textContent]);
  assert.deepEqual([decision.passed, decision.withheld, decision.reasons, output], [1, 1, ['explicit'], 'harbour.jpg']);
  assert.deepEqual(problems, []);
  await context.close();
});

test('a worker that hangs, or crashes: it could not be checked, and trying again works', async () => {
  const { page, context, problems } = await open();
  await page.evaluate(async () => { await protect(document, { ageBand: '13-15', model: 'small', deadlineMs: 2_500, onDecision }).guard; });
  for (const [count, file] of [given.hang, given.panic].entries()) {
    await page.setInputFiles('#one', [given.harbour, file]);
    assert.match(await page.evaluate(() => says()), /couldn’t check/);
    await page.evaluate(() => choose('Try again'));
    await page.waitForFunction(() => dialog() === null || dialog() === undefined);
    assert.match(await page.evaluate(() => says()), /couldn’t check/);
    await page.evaluate(() => choose('Don’t send'));
    await decided(page, count + 1);
    assert.equal(await page.textContent('output'), 'harbour.jpg');
  }
  assert.deepEqual(await page.evaluate(() => decisions.map(({ reasons }) => reasons)), [['deadline'], ['worker-failed']]);
  assert.deepEqual(problems, []);
  await context.close();
});

test('what is chosen while the guard starts waits for it', async () => {
  const { page, context, problems } = await open();
  await page.route('**/small.ppmodel', async (route) => { await new Promise((next) => setTimeout(next, 1500)); await route.continue(); });
  await page.evaluate(() => { protect(document, { ageBand: '13-15', model: 'small', onDecision }); });
  await page.setInputFiles('#one', [given.harbour]);
  await page.waitForFunction(() => document.querySelector('pausepoint-status')?.shadowRoot?.textContent.includes('Checking'));
  assert.equal(await page.evaluate(() => document.querySelector('input').files.length), 0);
  await decided(page, 1);
  assert.equal(await page.textContent('output'), 'harbour.jpg');
  assert.deepEqual(problems, []);
  await context.close();
});

test('a guard that cannot start lets nothing through unasked, and is started again', async () => {
  const { page, context } = await open();
  await page.route('**/small.ppmodel', (route) => route.fulfill({ status: 503 }));
  await page.evaluate(() => { protect(document, { ageBand: '13-15', model: 'small', onDecision }).guard.catch(() => {}); });
  await page.setInputFiles('#one', [given.harbour]);
  assert.match(await page.evaluate(() => says()), /couldn’t check/);
  assert.equal(await page.textContent('output'), '');
  await page.unroute('**/small.ppmodel');
  await page.evaluate(() => choose('Try again'));
  await decided(page, 1);
  assert.equal(await page.textContent('output'), 'harbour.jpg');
  await context.close();
});

test('under 13 a guardian’s code is a way on, and a wrong one is not', async () => {
  const { page, context, problems } = await open();
  await page.evaluate(async () => {
    const guardian = await createGuardian('270915');
    // Everything is asked about, as no picture here would be.
    const policy = { version: 'test', age_band: 'under-13', picture: Object.fromEntries(['outgoing', 'incoming'].map((direction) => [direction, { explicit: { notice: null, warn: 0, block: null }, suggestive: { notice: null, warn: null, block: null }, unchecked: 'block' }])) };
    await protect(document, { policy, model: 'small', guardian, onDecision }).guard;
  });
  await page.setInputFiles('#one', [given.harbour]);
  for (const label of ['More choices', 'No', 'Use a guardian’s code']) await page.evaluate((one) => choose(one), label);
  const code = page.locator('pausepoint-intervention').locator('input');
  await code.fill('111111');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => dialog().textContent.includes('not the right one'));
  await code.fill('270915');
  await page.keyboard.press('Enter');
  await decided(page, 1);
  assert.deepEqual(await page.evaluate(() => [decisions[0].choice, document.querySelector('output').textContent]), ['go-on', 'harbour.jpg']);
  assert.deepEqual(problems, []);
  await context.close();
});

test('pictures that come stay covered until they were looked at, and as long as the policy says', async () => {
  const { page, context, problems } = await open();
  const seen = await page.evaluate(async () => {
    const guard = await createGuard({ ageBand: '16-17', model: 'small', onBlock: (peer) => { window.blocked = peer; } });
    const img = document.querySelector('#picture');
    const shield = guard.shield(img, { peer: 'p1' });
    const veil = () => document.querySelector('pausepoint-veil');
    const buttons = () => [...veil().shadowRoot.querySelectorAll('button')].map((one) => one.textContent);
    const results = [];
    const isCovered = () => img.style.filter !== '';
    results.push(['at once', isCovered()]);
    img.src = 'harbour.jpg';
    await new Promise((next) => setTimeout(next));
    results.push(['before it is there', isCovered()]);
    results.push(['harbour', await shield.settled, isCovered(), veil().hidden]);
    img.src = 'magenta.png';
    await Promise.resolve();
    results.push(['another one', isCovered()]);
    results.push(['magenta', await shield.settled, isCovered(), img.getAttribute('aria-hidden'), buttons()]);
    const { left, top, width, height } = veil().getBoundingClientRect();
    const of = img.getBoundingClientRect();
    results.push(['over it', [left - of.left, top - of.top, width - of.width, height - of.height].every((one) => Math.abs(one) < 1)]);
    const press = (label) => [...veil().shadowRoot.querySelectorAll('button')].find((one) => one.textContent === label).click();
    press(buttons()[0]);
    await choose('Don’t show');
    results.push(['still', isCovered()]);
    press(buttons()[0]);
    await choose('Show it anyway');
    await choose('Show');
    await until(() => !isCovered());
    press(buttons()[0]);
    results.push(['hidden again', isCovered()]);
    shield.remove();
    results.push(['removed', isCovered(), veil() === null, img.hasAttribute('aria-hidden')]);
    return results;
  });
  assert.deepEqual(seen, [
    ['at once', true], ['before it is there', true], ['harbour', true, false, true], ['another one', true],
    ['magenta', false, true, 'true', ['Show', 'Block the sender', 'Get help']],
    ['over it', true], ['still', true], ['hidden again', true], ['removed', false, true, false],
  ]);
  assert.deepEqual(problems, []);
  await context.close();
});

test('<pausepoint-image> is covered from the start, whichever comes first', async () => {
  const { page, context, problems } = await open();
  const seen = await page.evaluate(async () => {
    const element = document.querySelector('#element');
    element.setAttribute('src', 'harbour.jpg');
    const protection = protect(document, { ageBand: '13-15', model: 'small' });
    const img = () => element.shadowRoot.querySelector('img');
    const results = [['early', img().style.filter !== '']];
    await until(() => img().style.filter === '');
    results.push(['shown', img().alt]);
    element.file = await (await fetch('magenta.png')).blob();
    results.push(['another', img().style.filter !== '' || img().className === 'waiting']);
    const veil = () => element.shadowRoot.querySelector('pausepoint-veil')?.shadowRoot;
    await until(() => veil()?.querySelector('button'));
    results.push(['covered', [...veil().querySelectorAll('button')].map((one) => one.textContent)]);
    protection.stop();
    return results;
  });
  assert.deepEqual(seen, [['early', true], ['shown', 'an element'], ['another', true], ['covered', ['Get help']]]);
  assert.deepEqual(problems, []);
  await context.close();
});

test('a conversation that presses is spoken to, also when a picture is about to go out', async () => {
  const { page, context, problems } = await open();
  const pattern = await page.evaluate(async () => {
    const messages = await createMessages({ ageBand: '13-15' });
    window.guard = await createGuard({ ageBand: '13-15', model: 'small', messages, onDecision });
    guard.protect(document, { peer: 'p1' });
    let outlook;
    for (const text of ['send me a pic of you without your shirt', 'i have your pics now', 'pay me 200 dollars or i send them to all your friends']) outlook = guard.checkMessage('p1', { from: 'peer', text });
    window.asked = guard.speakUp('p1', outlook);
    return outlook.pattern;
  });
  assert.equal(pattern, 'sextortion');
  assert.match(await page.evaluate(() => says()), /not your fault/i);
  await page.evaluate(() => choose('Keep chatting'));
  assert.equal(await page.evaluate(() => asked), 'go-on');
  await page.setInputFiles('#one', [given.magenta]);
  await page.evaluate(() => choose('More choices'));
  assert.match(await page.evaluate(() => says()), /pay/);
  await page.keyboard.press('Escape');
  await decided(page, 1);
  assert.deepEqual(problems, []);
  await context.close();
});

test('after the start nothing is fetched, whatever happens', async () => {
  const { page, context, requested, problems } = await open();
  await page.evaluate(async () => { await protect(document, { ageBand: '16-17', model: 'small', onDecision }).guard; });
  await page.waitForTimeout(300);
  const before = requested.length;
  await page.setInputFiles('#one', [given.harbour, given.magenta]);
  await page.evaluate(() => choose('Get help'));
  await page.keyboard.press('Escape');
  await decided(page, 1);
  assert.deepEqual(requested.slice(before).filter((address) => !address.startsWith('blob:')), []);
  assert.deepEqual(problems, []);
  await context.close();
});

const bytesIn = async (page) => Buffer.from(await page.evaluate(async () => {
  const bytes = new Uint8Array(await document.querySelector('input').files[0].arrayBuffer());
  return btoa(String.fromCharCode(...bytes));
}), 'base64');
const placeIn = async (bytes) => (await exifr.parse(bytes, { gps: true, translateValues: false }))?.GPSLatitude;

test('where a picture was taken does not go out with it', async () => {
  assert.ok(await placeIn(given.dated.buffer));
  const { page, context, problems } = await open();
  await page.evaluate(async () => { await protect(document, { ageBand: '13-15', model: 'small', onDecision }).guard; });
  await page.setInputFiles('#one', [given.dated]);
  await decided(page, 1);
  assert.deepEqual(await page.evaluate(() => [decisions[0].metadata, document.querySelector('output').textContent]), [{ cleaned: 1, unable: 0 }, 'dated.jpg']);
  assert.equal(await placeIn(await bytesIn(page)), undefined);
  await page.waitForFunction(() => /content credentials|how it was made|where and when/i.test(document.querySelector('pausepoint-status')?.shadowRoot?.textContent ?? ''));
  assert.deepEqual(problems, []);
  await context.close();
});

test('an adult is asked whether it may, and Escape does not keep it', async () => {
  const { page, context, problems } = await open();
  await page.evaluate(async () => { await protect(document, { ageBand: 'adult', model: 'small', onDecision }).guard; });
  const question = () => page.locator('pausepoint-question').getByRole('dialog');
  await page.setInputFiles('#one', [given.dated]);
  await question().getByRole('button', { name: 'Keep' }).click();
  await decided(page, 1);
  assert.deepEqual(await bytesIn(page), given.dated.buffer);
  await page.setInputFiles('#one', [{ ...given.dated, name: 'again.jpg' }]);
  await question().waitFor();
  await page.keyboard.press('Escape');
  await decided(page, 2);
  assert.equal(await placeIn(await bytesIn(page)), undefined);
  assert.deepEqual(problems, []);
  await context.close();
});

test('what cannot be cleaned goes out only if the person says so', async () => {
  const { page, context, problems } = await open();
  // A host that has put its parts elsewhere, and forgot one.
  await page.route('**/metadata.wasm', (route) => route.fulfill({ status: 404 }));
  await page.evaluate(async () => { await protect(document, { ageBand: '13-15', model: 'small', onDecision }).guard; });
  const question = page.locator('pausepoint-question').getByRole('dialog');
  await page.setInputFiles('#one', [given.dated]);
  await question.getByText('could not be removed').waitFor();
  await page.keyboard.press('Escape');
  await decided(page, 1);
  await page.setInputFiles('#one', [given.dated]);
  await question.getByRole('button', { name: 'Send it anyway' }).click();
  await decided(page, 2);
  assert.deepEqual(await page.evaluate(() => decisions.map(({ metadata, passed }) => [metadata, passed])), [[{ cleaned: 0, unable: 1 }, 0], [{ cleaned: 0, unable: 1 }, 1]]);
  assert.deepEqual(await bytesIn(page), given.dated.buffer);
  assert.deepEqual(problems.filter((problem) => !problem.includes('404')), []);
  await context.close();
});

test('a file that a shield was told of is that of its picture, not of the next one', async () => {
  const { page, context, problems } = await open();
  const seen = await page.evaluate(async () => {
    const guard = await createGuard({ ageBand: '16-17', model: 'small' });
    const img = document.querySelector('#picture');
    const harbour = await (await fetch('harbour.jpg')).blob();
    img.src = 'harbour.jpg';
    const shield = guard.shield(img, { file: harbour });
    const first = await shield.settled;
    img.src = 'magenta.png';
    await Promise.resolve();
    const second = await shield.settled;
    img.src = 'missing.png';
    await Promise.resolve();
    return [first, second, img.style.filter === '', await shield.settled];
  });
  assert.deepEqual(seen, [true, false, false, false]);
  assert.deepEqual(problems.filter((problem) => !problem.includes('404')), []);
  await context.close();
});

test('a veil, and the question about metadata, are read and reached by everybody', async () => {
  const { page, context, problems } = await open();
  await page.evaluate(async () => {
    document.body.insertAdjacentHTML('afterbegin', '<main><h1>Chat</h1></main>');
    document.querySelector('main').append(...document.querySelectorAll('input, output, p, pausepoint-image'));
    document.querySelector('input').setAttribute('aria-label', 'Picture');
    window.guard = await createGuard({ ageBand: '16-17', model: 'small', onBlock: () => {} });
    const img = document.querySelector('#picture');
    img.src = 'magenta.png';
    await guard.shield(img).settled;
    const small = img.cloneNode();
    Object.assign(small, { id: 'small', width: 90, height: 60 });
    document.querySelector('p').append(small);
    await guard.shield(small).settled;
  });
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    assert.deepEqual(await violations(page), [], colorScheme);
  }
  const veil = page.locator('#picture + pausepoint-veil');
  await veil.getByRole('group', { name: /^Covered/ }).waitFor();
  await veil.getByRole('button', { name: 'Show', exact: true }).focus();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.textContent), 'Block the sender');
  // Where there is room for one button only, it leads to all of them.
  await page.locator('#small + pausepoint-veil').getByRole('button').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Don’t show' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.evaluate(() => guard.dispose());

  await page.evaluate(async () => { await protect(document, { ageBand: 'adult', model: 'small', onDecision }).guard; });
  await page.setInputFiles('#one', [given.dated]);
  const question = page.getByRole('dialog', { name: /Remove that/ });
  await question.waitFor();
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    assert.deepEqual(await violations(page), [], colorScheme);
  }
  await question.getByRole('button', { name: 'Remove' }).press('Enter');
  await decided(page, 1);
  assert.deepEqual(problems, []);
  await context.close();
});
