// Approving a contact from one device to another, with nothing between them but what people say, send or show.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { at, button, codeOn, device, h1, panel, part, setUp, shown } from './support/guardian.mjs';
import { launch, site } from './support/site.mjs';

const readQr = createRequire(import.meta.url)('jsqr').default ?? createRequire(import.meta.url)('jsqr');

let browser;
let server;
before(async () => {
  browser = await launch(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
  server = await site();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** The text in the QR code that is on the page, read from its pixels as a camera would. */
async function qrOn(page) {
  const { side, dark } = await page.locator('svg.qr').evaluate(async (svg) => {
    const side = 4 * svg.viewBox.baseVal.width;
    const copy = svg.cloneNode(true);
    // The style sheet does not reach into a picture.
    const paths = svg.querySelectorAll('path');
    copy.querySelectorAll('path').forEach((path, index) => path.setAttribute('fill', getComputedStyle(paths[index]).fill));
    for (const name of ['width', 'height']) copy.setAttribute(name, String(side));
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' }));
    await image.decode();
    const context = new OffscreenCanvas(side, side).getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, side, side);
    return { side, dark: Array.from({ length: side * side }, (_, at) => (data[4 * at] < 128 ? 1 : 0)).join('') };
  });
  const pixels = Uint8ClampedArray.from({ length: 4 * side * side }, (_, at) => (at % 4 === 3 || dark[at >> 2] === '0' ? 255 : 0));
  return readQr(pixels, side, side)?.data;
}

async function addKey(page, name, key) {
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Pairing key', { exact: true }).fill(key);
  await button(page, 'Keep it here').click();
}

async function ask(page, label, contact) {
  await part(page, 'Ask about a contact');
  const other = button(page, 'Ask about somebody else');
  if (await other.isVisible()) await other.click();
  await page.getByLabel('What you call them').fill(label);
  await page.getByLabel('Name in the app').fill(contact);
  await button(page, 'Make the request').click();
  await page.locator('.big-code').waitFor();
  return { code: await codeOn(page), text: await page.locator('[data-request]').textContent() };
}

/** The guardian reads a request; what is said of it. */
async function read(page, typed) {
  await part(page, 'Answer a request');
  const other = button(page, 'Another request');
  if (await other.isVisible()) await other.click();
  await page.getByLabel('Code, or the whole text').fill(typed);
  await button(page, 'Read it').click();
  await at(page, 'Who is asked for');
  return page.locator('main').innerText();
}

async function answer(page, decision) {
  await button(page, decision).click();
  await at(page, decision === 'Approve' ? 'You approve.' : 'You do not approve.');
  return codeOn(page);
}

async function take(page, code) {
  await page.getByLabel('Answer from your guardian').fill(code);
  await button(page, 'Take the answer').click();
}

// Each has devices of its own, and waits most of the time.
describe('approving a contact', { concurrency: 2 }, () => {
  test('two devices approve and deny, by the whole text and by the code alone', async (t) => {
    // What others ask for is not to be counted.
    const own = await site();
    t.after(() => own.close());
    // With the service worker and all: as people have it.
    const teen = await device(t, browser, own.url, { serviceWorkers: 'allow' });
    const guardian = await device(t, browser, own.url, { serviceWorkers: 'allow', part: '#answer' });
    const asked = [];
    for (const { page, context } of [teen, guardian]) {
      await page.locator('main[data-saved]').waitFor({ state: 'attached' });
      context.on('request', (request) => !request.url().startsWith('blob:') && asked.push(request.url()));
    }
    const seen = own.requests.length;

    const { pairing } = await setUp(teen.page);
    assert.match(await guardian.page.locator('main').innerText(), /Add a pairing key first/);
    await addKey(guardian.page, 'Robin', pairing.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')));
    await guardian.page.locator('.problem', { hasText: 'a slip in it' }).waitFor();
    await addKey(guardian.page, 'Robin', pairing.toLowerCase());
    await guardian.page.getByLabel('Code, or the whole text').waitFor();

    // By the whole text, as a messenger breaks it.
    const first = await ask(teen.page, 'Zoë from judo', 'u-17');
    assert.equal(await qrOn(teen.page), first.text);
    assert.match(await teen.page.locator('.big-code .visually-hidden').textContent(), /^Code: (\w ){3}\w, (\w ){3}\w$/);
    const said = await read(guardian.page, first.text.replace(/(.{40})/g, '$1\n'));
    for (const words of ['Zoë from judo', 'u-17', 'Connecting', 'Robin']) assert.ok(said.includes(words), words);
    assert.equal(await codeOn(guardian.page), first.code, 'both see the same code');
    const yes = await answer(guardian.page, 'Approve');
    assert.equal(await qrOn(guardian.page), yes);
    await take(teen.page, `${yes.slice(0, 4)} ${yes.slice(4)}`.toLowerCase());
    await teen.page.locator('[data-outcome=approved]').waitFor();

    // By the code alone: no name is shown, and that is said.
    const second = await ask(teen.page, 'Somebody from a game', 'u-18');
    const alone = await read(guardian.page, second.code);
    assert.ok(!alone.includes('Somebody from a game'));
    assert.match(alone, /cannot show the name[\s\S]*ask whom it is about/);
    const no = await answer(guardian.page, 'Do not approve');
    await take(teen.page, no.replace(/.$/, (c) => (c === '7' ? '8' : '7')));
    await teen.page.locator('.problem', { hasText: '4 more tries' }).waitFor();
    // The request is still there after a reload.
    await teen.page.reload();
    await shown(teen.page);
    await teen.page.locator('.big-code').waitFor();
    assert.equal(await codeOn(teen.page), second.code);
    await take(teen.page, no);
    await teen.page.locator('[data-outcome=denied]').waitFor();

    await part(teen.page, 'Settings');
    const rows = await panel(teen.page, 'Contacts that were decided about').innerText();
    assert.match(rows, /Zoë from judo\s+Approved, .*answered by code[\s\S]*Somebody from a game\s+Denied, .*answered by code/);

    // An approved contact need not be asked about again.
    await part(teen.page, 'Ask about a contact');
    await teen.page.getByLabel('What you call them').fill('Zoë');
    await teen.page.getByLabel('Name in the app').fill('u-17');
    await button(teen.page, 'Make the request').click();
    await teen.page.getByRole('alert').filter({ hasText: 'approved already' }).waitFor();

    // The reload answers from the copy; past it, nothing went anywhere. After a page was opened, browsers ask on their own
    // account whether there is a newer copy.
    assert.deepEqual(own.requests.slice(seen).filter((path) => path !== '/sw.js'), []);
    const { origin } = new URL(own.url);
    assert.ok(asked.every((url) => url.startsWith(origin)), asked.join('\n'));
    assert.deepEqual([...teen.problems, ...guardian.problems], []);
  });

  test('no request at all between loading and the last answer', async (t) => {
    // What others ask for is not to be counted.
    const own = await site();
    t.after(() => own.close());
    const teen = await device(t, browser, own.url);
    const guardian = await device(t, browser, own.url, { part: '#answer' });
    const asked = [];
    for (const { context } of [teen, guardian]) context.on('request', (request) => !request.url().startsWith('blob:') && asked.push(request.url()));
    const seen = own.requests.length;
    const { pairing } = await setUp(teen.page, 'Under 13');
    await addKey(guardian.page, 'Robin', pairing);
    const { text } = await ask(teen.page, 'Kim', 'kim');
    await read(guardian.page, text);
    await take(teen.page, await answer(guardian.page, 'Approve'));
    await teen.page.locator('[data-outcome=approved]').waitFor();
    for (const name of ['Settings', 'What is shared', 'Answer a request']) await part(teen.page, name);
    assert.deepEqual(asked, []);
    assert.deepEqual(own.requests.slice(seen), []);
  });

  test('an answer fits its own request only, and five wrong ones end it', async (t) => {
    const teen = await device(t, browser, server.url);
    const guardian = await device(t, browser, server.url, { part: '#answer' });
    const { pairing } = await setUp(teen.page);
    await addKey(guardian.page, 'Robin', pairing);
    const first = await ask(teen.page, 'Ada', 'ada');
    await read(guardian.page, first.code);
    const approval = await answer(guardian.page, 'Approve');
    await ask(teen.page, 'Bert', 'bert');
    for (let left = 4; left > 0; left -= 1) {
      await take(teen.page, approval);
      await teen.page.locator('.problem', { hasText: left === 1 ? 'One more try' : `${left} more tries` }).waitFor();
    }
    await take(teen.page, approval);
    await teen.page.locator('[data-outcome=wrong]').waitFor();
    await part(teen.page, 'Settings');
    assert.match(await panel(teen.page, 'Contacts that were decided about').innerText(), /Nobody so far/);

    // What is no request says so.
    await part(guardian.page, 'Answer a request');
    for (const nonsense of ['hello', `${first.text}X`, 'PPASK1:']) {
      await guardian.page.getByLabel('Code, or the whole text').fill(nonsense);
      await button(guardian.page, 'Read it').click();
      await guardian.page.locator('.problem', { hasText: 'a slip in it' }).waitFor();
    }
  });

  test('at 16 and 17 nobody is asked', async (t) => {
    const { page } = await device(t, browser, server.url);
    const { pairing } = await setUp(page, '16 and 17');
    assert.equal(pairing, null, 'no key for what is not decided');
    await part(page, 'Ask about a contact');
    assert.match(await page.locator('main').innerText(), /your own decision/);
    await part(page, 'Settings');
    assert.match(await panel(page, 'Contacts that were decided about').innerText(), /the teen’s own decision/);
  });

  test('with a camera that reads QR codes; where there is none, that is said', async (t) => {
    const plain = await device(t, browser, server.url, { part: '#answer' });
    assert.equal(await plain.page.evaluate(() => 'BarcodeDetector' in globalThis), false, 'this browser has none');
    await plain.page.getByText('cannot read QR codes by itself').first().waitFor();

    const teen = await device(t, browser, server.url);
    const { pairing } = await setUp(teen.page);
    const { code, text } = await ask(teen.page, 'Mira', 'mira');

    const context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block' });
    t.after(() => context.close());
    // Stands in for the browser's reader: it sees what the test holds in front of the camera.
    await context.addInitScript(() => {
      globalThis.BarcodeDetector = class {
        static getSupportedFormats = async () => ['qr_code'];
        detect = async (video) => (video.videoWidth > 0 && globalThis.inFront ? [{ rawValue: globalThis.inFront }] : []);
      };
    });
    const page = await context.newPage();
    await page.goto(`${server.url}guardian.html#answer`);
    await shown(page);
    await page.getByLabel('Name', { exact: true }).fill('Robin');
    const scan = async (value) => {
      const opener = button(page, 'Scan with the camera').first();
      await opener.click();
      await page.getByRole('dialog').getByText('Hold the QR code').waitFor();
      await page.evaluate((seen) => (globalThis.inFront = seen), value);
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.evaluate(() => (globalThis.inFront = undefined));
    };
    await scan(pairing);
    assert.equal(await page.getByLabel('Pairing key', { exact: true }).inputValue(), pairing);
    await button(page, 'Keep it here').click();
    await page.getByLabel('Code, or the whole text').waitFor();
    await scan(text);
    await at(page, 'Who is asked for');
    assert.equal(await codeOn(page), code);
    assert.match(await page.locator('main').innerText(), /Mira/);
    // The two answers weigh the same.
    const look = (name) => button(page, name).evaluate((one) => [getComputedStyle(one).backgroundColor, getComputedStyle(one).fontWeight, Math.round(one.getBoundingClientRect().width), one.offsetHeight]);
    await page.mouse.move(0, 0);
    assert.deepEqual(await look('Approve'), await look('Do not approve'));
  });

  test('works with the network off and the server gone, from the first set-up on', async (t) => {
    const own = await site();
    t.after(() => own.close());
    const { page, context, problems } = await device(t, browser, own.url, { serviceWorkers: 'allow' });
    await page.locator('main[data-saved]').waitFor({ state: 'attached' });
    await page.getByText('works without a network').waitFor();
    await context.setOffline(true);
    await own.close();
    await page.reload();
    await shown(page);
    const { pairing } = await setUp(page);
    const { code } = await ask(page, 'Noor', 'noor');
    await part(page, 'Answer a request');
    await addKey(page, 'Robin', pairing);
    await read(page, code);
    const yes = await answer(page, 'Approve');
    await part(page, 'Ask about a contact');
    await page.locator('.big-code').waitFor();
    await take(page, yes);
    await page.locator('[data-outcome=approved]').waitFor();
    assert.equal(await h1(page), 'Noor');
    assert.deepEqual(problems, []);
  });
});
