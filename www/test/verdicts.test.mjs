// What the page does with each kind of verdict. The worker is the real one, told which verdict to give.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { pngFile } from './support/png.mjs';
import { choose, DIST, judged, launch, open, site } from './support/site.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const WIDTHS = { notice: 101, warn: 102, block: 103, 'unchecked, block': 104, 'unchecked, warn': 105, 'unchecked, allow': 106 };

let browser;
let server;
let folder;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pausepoint-www-'));
  const worker = readdirSync(join(DIST, 'assets')).find((name) => /^worker-.*\.js$/.test(name));
  const script = join(folder, 'worker.js');
  const parts = [join(HERE, 'support/forced-verdicts.js'), join(DIST, 'assets', worker)];
  writeFileSync(script, parts.map((part) => readFileSync(part, 'utf8')).join('\n'));
  browser = await launch();
  server = await site({ overrides: new Map([[`/assets/${worker}`, script]]) });
});
after(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

const expectations = [
  { verdict: 'notice', badge: 'Let through, with a note', says: /May be suggestive/, shown: true, choice: false },
  { verdict: 'warn', badge: 'Paused', says: /May show nudity[\s\S]*nobody has a right/, shown: false, choice: true },
  { verdict: 'block', badge: 'Held back', says: /May show nudity[\s\S]*their fault and not yours/, shown: false, choice: false },
  { verdict: 'unchecked, block', badge: 'Not checked', says: /damaged[\s\S]*hold it back/, shown: false, choice: false },
  { verdict: 'unchecked, warn', badge: 'Not checked', says: /too long[\s\S]*ask first/, shown: false, choice: true },
  { verdict: 'unchecked, allow', badge: 'Not checked', says: /let an unchecked picture go on/, shown: false, choice: true },
];

for (const { verdict, badge, says, shown, choice } of expectations) {
  test(`${verdict}: ${shown ? 'shown' : 'covered'}, ${choice ? 'with' : 'without'} a choice`, async (t) => {
    const { page } = await open(t, browser, server.url);
    await choose(page, pngFile('meadow.png', WIDTHS[verdict], 80));
    const card = await judged(page, 1);
    assert.equal(await card.locator('.badge').innerText(), badge);
    assert.match(await card.innerText(), says);
    assert.equal(await card.locator('img').count(), shown ? 1 : 0);

    const button = card.getByRole('button', { name: 'Show anyway' });
    assert.equal(await button.count(), choice ? 1 : 0);
    if (!choice) return;
    await button.click();
    await card.locator('img').waitFor();
    await card.getByRole('button', { name: 'Cover again' }).click();
    assert.equal(await card.locator('img').count(), 0);
  });
}

test('a covered picture has too few pixels to make anything out', async (t) => {
  const { page } = await open(t, browser, server.url);
  await choose(page, pngFile('meadow.png', WIDTHS.block, 80));
  const card = await judged(page, 1);
  const [width, height] = await card.locator('canvas').evaluate((canvas) => [canvas.width, canvas.height]);
  assert.ok(width <= 16 && height <= 16, `${width} × ${height}`);
});

test('pictures that are paused or held back come with help', async (t) => {
  const { page } = await open(t, browser, server.url);
  await choose(page, pngFile('meadow.png', WIDTHS.warn, 80));
  const card = await judged(page, 1);
  await card.getByRole('link', { name: 'Someone to talk to' }).click();
  await page.locator('#help:target').waitFor();
});
