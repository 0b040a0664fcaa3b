// The messenger: each protection met once, with the real package.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pngFile } from './support/png.mjs';
import { launch, ready, site } from './support/site.mjs';
import { choose, openMessenger, pause, play, thread, told } from './support/messenger.mjs';

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

test('every scene plays to its end, and no request is made after the start', async (t) => {
  const { page, context, problems } = await openMessenger(t, browser, server.url);
  const requests = [];
  context.on('request', (request) => !request.url().startsWith('blob:') && requests.push(request.url()));
  const before = server.requests.length;

  await play(page, 'friend', /Nothing got in the way/);
  await page.locator('.cover pausepoint-image').waitFor();
  assert.equal(await page.locator('pausepoint-veil:visible').count(), 0, 'a harmless picture is uncovered');

  await play(page, 'gate', /Two requests were kept away/);
  assert.match(await page.locator('.away').innerText(), /Others of your age have reported/);

  await play(page, 'pressure', /It speaks up/);
  await (await pause(page)).getByRole('button', { name: 'Block and leave' }).click();
  await told(page, /The account is blocked/);
  await page.getByText('You blocked milo_plays').waitFor();
  assert.match(await thread(page).innerText(), /This looks like somebody threatening you with a picture/);

  await play(page, 'pause', /You are about to send a picture/);
  await (await pause(page)).getByRole('button', { name: 'Don’t send' }).click();
  await told(page, /A picture was kept/);
  assert.match(await thread(page).innerText(), /You kept it/);

  await play(page, 'blur', /stays covered/);
  await page.locator('pausepoint-veil').getByRole('button', { name: 'Show' }).waitFor();

  await play(page, 'video', /The video went out/);
  await thread(page).locator('video').waitFor();

  await play(page, 'call', /The video is shown/);
  await page.getByRole('button', { name: 'Hang up' }).click();
  await page.getByText('The call has ended').waitFor();

  await play(page, 'place', /What arrives is the picture alone/);

  await play(page, 'details', /The message waits/);
  await page.getByRole('button', { name: 'Do not send' }).click();
  await told(page, /It was not sent/);
  assert.doesNotMatch(await thread(page).innerText(), /7700/);

  await play(page, 'never', /your own list now/);
  await (await pause(page)).getByRole('button', { name: 'Don’t send' }).click();
  await told(page, /A smaller copy was recognised/);

  assert.deepEqual(requests, []);
  // Another age means another guard: it is loaded once more, out of the offline copy.
  await play(page, 'code', /Demo code: 258 014/);
  const asked = await pause(page);
  await page.locator('#pin-note').waitFor();
  for (const name of ['More choices', 'No', 'Use a guardian’s code']) await asked.getByRole('button', { name, exact: true }).click();
  await asked.getByRole('textbox', { name: 'Code' }).fill('258014');
  await asked.getByRole('button', { name: 'Use the code' }).click();
  await thread(page).getByText('Sent after a pause').waitFor();

  await play(page, 'help', /Help is open/);
  await page.keyboard.press('Escape');
  await page.locator('#progress', { hasText: '12 of 12 met' }).waitFor();

  // One more look by the page at its worker's count.
  await page.waitForTimeout(2_500);
  assert.equal(await page.locator('#network-total').innerText(), '0');
  // Browsers ask on their own account whether there is a newer page.
  assert.deepEqual(server.requests.slice(before).filter((path) => path !== '/sw.js'), []);
  assert.deepEqual(problems, []);
});

test('a picture that is kept never reaches the page; the same way for what is chosen, dropped and pasted', async (t) => {
  const { page } = await openMessenger(t, browser, server.url);
  await page.evaluate(() => {
    window.seen = [];
    const look = (event) => {
      const files = event.target.files ?? event.dataTransfer?.files ?? event.clipboardData?.files ?? [];
      window.seen.push(...[...files].map(({ name }) => name));
    };
    for (const type of ['input', 'change', 'drop', 'paste']) addEventListener(type, look, true);
  });
  await play(page, 'pause', /You are about to send a picture/);
  await (await pause(page)).getByRole('button', { name: 'Don’t send' }).click();
  await thread(page).getByText('You kept it').waitFor();
  assert.equal(await thread(page).locator('.media').count(), 0);
  assert.deepEqual(await page.evaluate(() => window.seen), []);

  await choose(page, pngFile('meadow.png', 320, 200));
  await thread(page).locator('.media img').waitFor();
  const bring = (type) =>
    page.evaluate(async (type) => {
      const blob = await new Promise((resolve) => document.createElement('canvas').toBlob(resolve));
      const data = new DataTransfer();
      data.items.add(new File([blob], `${type}.png`, { type: 'image/png' }));
      const init = { bubbles: true, cancelable: true };
      const event = type === 'drop' ? new DragEvent('drop', { ...init, dataTransfer: data }) : new ClipboardEvent('paste', { ...init, clipboardData: data });
      document.querySelector('.thread .log').dispatchEvent(event);
    }, type);
  for (const [index, type] of ['drop', 'paste'].entries()) {
    await bring(type);
    await page.waitForFunction((count) => document.querySelectorAll('.thread .media').length === count, index + 2);
  }
  assert.deepEqual([...new Set(await page.evaluate(() => window.seen))], ['meadow.png', 'drop.png', 'paste.png']);
});

test('what is chosen before the guard has loaded is held until it has', async (t) => {
  const context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block' });
  t.after(() => context.close());
  const page = await context.newPage();
  let go = () => {};
  const gate = new Promise((resolve) => (go = resolve));
  await context.route('**/*.ppmodel', async (route) => (await gate, route.continue()));
  await page.goto(server.url);
  await page.locator('.scene').first().waitFor();
  await choose(page, pngFile('meadow.png', 320, 200));
  await page.waitForTimeout(400);
  assert.equal(await thread(page).locator('.media').count(), 0);
  go();
  await thread(page).locator('.media img').waitFor();
});

test('age and language take effect at once: the gate’s answer, the words of the pause, from right to left', async (t) => {
  const { page } = await openMessenger(t, browser, server.url);
  await page.getByRole('radio', { name: '16–17' }).check();
  await play(page, 'gate', /One request waits/);
  assert.match(await page.locator('.request').innerText(), /Rob K\.[\s\S]*no preview/);
  await page.getByRole('radio', { name: 'Under 13' }).check();
  await play(page, 'gate', /Two requests were kept away/);
  assert.match(await page.locator('.away').innerText(), /a guardian is asked first/);

  await play(page, 'blur', /stays covered/);
  await page.getByRole('combobox', { name: 'Language' }).selectOption('ar');
  await page.locator('pausepoint-veil [dir=rtl]').waitFor();
  assert.equal(await page.locator('.cover img').evaluate((img) => img.style.filter !== ''), true, 'covered anew');
  await play(page, 'pause', /You are about to send a picture/);
  const asked = await pause(page);
  await asked.locator('[dir=rtl]').first().waitFor();
  assert.match(await asked.locator('[dir=rtl]').first().innerText(), /[\u0600-\u06ff]/);
  await page.keyboard.press('Escape');
});

test('a scene can be stopped and started again', async (t) => {
  const { page } = await openMessenger(t, browser, server.url);
  await play(page, 'friend', /Ana writes/);
  await page.getByRole('button', { name: 'Stop the scene' }).click();
  await told(page, /The scene was stopped/);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.scene), 'friend');
  await play(page, 'friend', /Nothing got in the way/);
  assert.equal(await thread(page).locator('.bubble').count(), 4);
});

test('works with the network off and the server gone', async (t) => {
  const own = await site();
  t.after(() => own.close());
  const { page, context, problems } = await openMessenger(t, browser, own.url);
  await page.locator('#network-saved', { hasText: 'ready' }).waitFor();
  await context.setOffline(true);
  await own.close();
  await page.reload();
  await ready(page);
  await play(page, 'place', /What arrives is the picture alone/);
  assert.deepEqual(problems, []);
});
