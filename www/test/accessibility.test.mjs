// For everybody: checked by axe in both schemes and at two widths, by keyboard alone, and on a very narrow screen.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { pngFile } from './support/png.mjs';
import { choose, judged, launch, open, site } from './support/site.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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

async function violations(page) {
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

for (const colorScheme of ['light', 'dark']) {
  for (const width of [360, 1280]) {
    test(`axe finds nothing: ${colorScheme}, ${width} px`, async (t) => {
      const { page } = await open(t, browser, server.url, { colorScheme, viewport: { width, height: 800 } });
      assert.deepEqual(await violations(page), []);
      await choose(page, [pngFile('meadow.png'), { name: 'words.png', mimeType: 'image/png', buffer: Buffer.from('no') }]);
      await judged(page, 2);
      for (const details of await page.locator('summary').all()) await details.click();
      assert.deepEqual(await violations(page), []);
      await page.getByRole('button', { name: 'Camera', exact: true }).click();
      await page.locator('#camera-take:not([disabled])').waitFor();
      assert.deepEqual(await violations(page), []);
    });
  }
}

test('the whole way by keyboard', async (t) => {
  const { page } = await open(t, browser, server.url);
  // From the first listener on, file choosers come to the test; that takes effect a little later.
  page.on('filechooser', () => {});
  const focused = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent?.trim() || '');
  const tabTo = async (wanted) => {
    for (let presses = 0; presses < 30; presses += 1) {
      await page.keyboard.press('Tab');
      if ((await focused()) === wanted) return;
    }
    assert.fail(`Tab does not reach ${wanted}`);
  };

  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'Skip to the pictures');
  await page.keyboard.press('Enter');
  await tabTo('choose');
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Space');
  await (await chooser).setFiles(pngFile('meadow.png'));
  await judged(page, 1);

  await tabTo('camera');
  await page.keyboard.press('Enter');
  await page.locator('#camera-take:not([disabled])').waitFor();
  assert.equal(await focused(), 'camera-take');
  await page.keyboard.press('Enter');
  await judged(page, 2);
  assert.equal(await focused(), 'camera');

  await tabTo('example');
  await page.keyboard.press('Enter');
  await judged(page, 3);

  // Removing one moves on to the next instead of back to the top.
  await tabTo('clear');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('.card').count(), 2);
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Remove Camera picture');

  // Settings: one stop a group, arrows within.
  await page.locator('input[name=direction]:checked').focus();
  await page.keyboard.press('ArrowRight');
  await page.locator('input[name=direction][value=incoming]:checked').waitFor({ state: 'attached' });
  await judged(page, 2);
});

test('focus is always visible', async (t) => {
  const { page } = await open(t, browser, server.url);
  await page.getByRole('button', { name: 'Example', exact: true }).click();
  await judged(page, 1);
  await page.evaluate(() => document.activeElement.blur());
  const bare = [];
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      // Controls that are drawn by their label or neighbour show the ring there.
      const drawn = [element, element.parentElement, element.nextElementSibling].filter((one) => one !== null);
      const ringed = drawn.some((one) => getComputedStyle(one).outlineStyle !== 'none');
      return ringed ? '' : element.outerHTML.slice(0, 100);
    });
    if (found === null) break;
    if (found !== '') bare.push(found);
  }
  assert.deepEqual(bare, []);
});

test('fits 320 px, with targets of 44 px', async (t) => {
  const { page } = await open(t, browser, server.url, { viewport: { width: 320, height: 640 } });
  await choose(page, pngFile('a-very-long-name-of-a-picture-that-does-not-fit-into-any-line-of-a-small-phone.png'));
  await judged(page, 1);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  const small = await page
    .locator('button:visible, summary:visible, .button:visible, .choice:visible, .theme label:visible, .actions a:visible')
    .evaluateAll((all) =>
      all
        .map((one) => [one.textContent.trim() || one.getAttribute('aria-label'), one.getBoundingClientRect()])
        .filter(([, { width, height }]) => width < 43.5 || height < 43.5)
        .map(([name, { width, height }]) => `${name}: ${width} × ${height}`),
    );
  assert.deepEqual(small, []);
});

test('colours follow the device until somebody chooses, and the choice is kept', async (t) => {
  const { page } = await open(t, browser, server.url, { colorScheme: 'dark' });
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await ground();
  await page.getByRole('radio', { name: 'Light', exact: true }).check();
  const light = await ground();
  assert.notEqual(light, dark);
  await page.reload();
  assert.equal(await ground(), light);
  await page.getByRole('radio', { name: 'As on device' }).check();
  assert.equal(await ground(), dark);
  await page.emulateMedia({ colorScheme: 'light' });
  assert.equal(await ground(), light);
});

test('landmarks and headings are in order', async (t) => {
  const { page } = await open(t, browser, server.url);
  for (const role of ['banner', 'main', 'contentinfo']) assert.equal(await page.getByRole(role).count(), 1, role);
  const levels = await page.locator('h1, h2, h3').evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])));
  assert.equal(levels[0], 1);
  assert.ok(levels.every((level, index) => index === 0 || level - levels[index - 1] <= 1), levels.join(' '));
});

test('readable without JavaScript', async (t) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  t.after(() => context.close());
  const page = await context.newPage();
  await page.goto(`${server.url}playground.html`);
  assert.match(await page.locator('h1').innerText(), /A pause before/);
  assert.match(await page.locator('noscript').innerHTML(), /needs JavaScript/);
});
