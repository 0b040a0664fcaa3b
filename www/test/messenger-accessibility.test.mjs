// The messenger for everybody: checked by axe in both schemes and at two widths, by keyboard alone, on a very narrow screen.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from './support/guardian.mjs';
import { openMessenger, pause, play, thread, told } from './support/messenger.mjs';
import { launch, site } from './support/site.mjs';

let browser;
let server;
before(async () => {
  browser = await launch();
  server = await site();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

for (const [colorScheme, width] of [['light', 390], ['light', 1280], ['dark', 1280]]) {
  test(`axe finds nothing: ${colorScheme}, ${width} px`, async (t) => {
    const { page } = await openMessenger(t, browser, server.url, { colorScheme, viewport: { width, height: 844 }, serviceWorkers: 'block' });
    assert.deepEqual(await violations(page), []);
    await play(page, 'gate', /Two requests/);
    for (const details of await page.locator('.honest summary').all()) await details.click();
    assert.deepEqual(await violations(page), []);
    await play(page, 'pressure', /It speaks up/);
    assert.deepEqual(await violations(page), []);
    await (await pause(page)).getByRole('button', { name: 'Keep chatting' }).click();
    await told(page, /the chat is yours/);
    assert.deepEqual(await violations(page), []);
    await play(page, 'details', /The message waits/);
    await page.getByRole('button', { name: 'Pictures of the demo' }).click();
    await page.locator('.tray canvas').nth(3).waitFor();
    assert.deepEqual(await violations(page), []);
  });
}

test('the whole way by keyboard', async (t) => {
  const { page } = await openMessenger(t, browser, server.url, { viewport: { width: 390, height: 844 }, serviceWorkers: 'block' });
  const focused = () => page.evaluate(() => {
    const one = document.activeElement;
    return one?.dataset.scene ?? one?.dataset.id ?? one?.getAttribute('aria-label') ?? one?.textContent?.trim() ?? '';
  });
  const tabTo = async (wanted) => {
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('Tab');
      if ((await focused()) === wanted) return;
    }
    assert.fail(`Tab does not reach ${wanted}`);
  };
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'Skip to the messenger');
  await tabTo('pause');
  await page.keyboard.press('Enter');
  await (await pause(page)).getByRole('button', { name: 'Don’t send' }).waitFor();
  await page.keyboard.press('Escape');
  await thread(page).getByText('You kept it').waitFor();
  // The focus is back where it was.
  assert.equal(await focused(), 'pause');

  await tabTo('All conversations');
  await page.keyboard.press('Enter');
  assert.equal(await focused(), 'ana');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.match(await focused(), /^Noor/);
  await tabTo('Pictures of the demo');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await tabTo('Message to Noor');
  await page.keyboard.type('Plums are good');
  await page.keyboard.press('Enter');
  await thread(page).getByText('Plums are good').waitFor();
});

test('fits 320 px, with targets of 44 px', async (t) => {
  const { page } = await openMessenger(t, browser, server.url, { viewport: { width: 320, height: 640 }, serviceWorkers: 'block' });
  await play(page, 'details', /The message waits/);
  await page.getByRole('button', { name: 'Pictures of the demo' }).click();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  const small = await page
    .locator('button:visible, summary:visible, .choice:visible, .tool:visible, select:visible, .pages a:visible')
    .evaluateAll((all) =>
      all
        .map((one) => [one.textContent.trim() || one.getAttribute('aria-label'), one.getBoundingClientRect()])
        .filter(([, { width, height }]) => width < 43.5 || height < 43.5)
        .map(([name, { width, height }]) => `${name}: ${width} × ${height}`),
    );
  assert.deepEqual(small, []);
});

test('landmarks and headings are in order; readable without JavaScript', async (t) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  t.after(() => context.close());
  const page = await context.newPage();
  await page.goto(server.url);
  assert.match(await page.locator('h1').innerText(), /knows when to pause/);
  assert.match(await page.locator('noscript').innerHTML(), /needs JavaScript/);
  const pages = page.getByRole('navigation', { name: 'Pages' });
  assert.equal(await pages.getByRole('link', { name: 'Messenger' }).getAttribute('aria-current'), 'page');
  await pages.getByRole('link', { name: 'Playground' }).click();
  await pages.getByRole('link', { name: 'Guardian page' }).click();
  assert.equal(await page.locator('h1').innerText(), 'Guardian settings');
});
