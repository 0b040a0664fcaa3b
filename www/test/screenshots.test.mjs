// Pictures of the page, for README and for whoever looks after its design: target/screenshots/.

import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { judged, launch, open, site } from './support/site.mjs';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../target/screenshots');

let browser;
let server;
before(async () => {
  mkdirSync(FOLDER, { recursive: true });
  browser = await launch();
  server = await site();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const shots = [
  { name: 'desktop-light', colorScheme: 'light', viewport: { width: 1280, height: 1240 }, deviceScaleFactor: 1 },
  { name: 'desktop-dark', colorScheme: 'dark', viewport: { width: 1280, height: 1240 }, deviceScaleFactor: 1 },
  { name: 'phone-light', colorScheme: 'light', viewport: { width: 390, height: 1440 }, deviceScaleFactor: 1.5 },
];

for (const { name, ...contextOptions } of shots) {
  test(name, async (t) => {
    const { page } = await open(t, browser, server.url, contextOptions);
    await page.getByRole('button', { name: 'Example', exact: true }).click();
    await judged(page, 1);
    await page.evaluate(() => scrollTo(0, 0));
    await page.mouse.move(0, 0);
    const path = join(FOLDER, `${name}.png`);
    await page.screenshot({ path });
    assert.ok(statSync(path).size > 20_000);
  });
}
