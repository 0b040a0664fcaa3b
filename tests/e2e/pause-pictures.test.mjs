// Pictures of the pause for docs/: PAUSEPOINT_PICTURES=docs writes them there, else they go to target/screenshots.
import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import test, { after, before } from 'node:test';

import { openReady } from '../support/browser.mjs';
import { launch } from '../support/chromium.mjs';
import { ask, elementsSite } from '../support/elements-page.mjs';
import { root } from '../support/paths.mjs';

const FOLDER = process.env.PAUSEPOINT_PICTURES ? resolve(root, process.env.PAUSEPOINT_PICTURES) : join(root, 'target/screenshots');
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };

let browser;
let server;
before(async () => {
  mkdirSync(FOLDER, { recursive: true });
  browser = await launch();
  server = await elementsSite();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

for (const { name, viewport, colorScheme, locale, change, path } of [
  { name: 'pause-noticed-phone', viewport: PHONE, colorScheme: 'light', locale: 'en', path: [] },
  { name: 'pause-choices-desktop', viewport: DESKTOP, colorScheme: 'light', locale: 'en', path: ['More choices', 'No'] },
  { name: 'pause-help-phone-dark', viewport: PHONE, colorScheme: 'dark', locale: 'en-GB', path: ['Get help'] },
  { name: 'pause-arabic-phone', viewport: PHONE, colorScheme: 'light', locale: 'ar', change: { about: 'showing', count: 2, of: 5 }, path: [] },
]) {
  test(name, async (t) => {
    const { page, context } = await openReady(browser, server.url);
    t.after(() => context.close());
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate((value) => (pause.locale = value), locale);
    await ask(page, change);
    for (const label of path) await page.getByRole('button', { name: label, exact: true }).click();
    await page.mouse.move(1, 1);
    const file = join(FOLDER, `${name}.png`);
    await page.screenshot({ path: file });
    const { size } = statSync(file);
    assert.ok(size > 10_000 && size < 150_000, `${size} bytes`);
  });
}
