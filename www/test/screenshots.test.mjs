// Pictures of the pages, for README and for whoever looks after their design: target/screenshots/.

import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { at, button, confirm, device, done, panel, setUp } from './support/guardian.mjs';
import { openMessenger, pause, play, told as saidThat } from './support/messenger.mjs';
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

/** Settings in which something has happened already. */
async function lived(page) {
  await setUp(page);
  for (const [label, id, decision] of [['Coach Kim', 'kim', 'Approve'], ['Sunny_44 from a game', 'sunny', 'Deny']]) {
    const contacts = panel(page, 'Contacts that were decided about');
    if (id === 'kim') await contacts.getByText('Decide about somebody here').click();
    await contacts.getByLabel('What you call them').fill(label);
    await contacts.getByLabel('Name in the app').fill(id);
    await contacts.getByRole('button', { name: decision, exact: true }).click();
    await confirm(page);
    await done(page);
  }
  await panel(page, 'Contacts that were decided about').getByText('Decide about somebody here').click();
  await page.getByLabel('For how long').selectOption('8');
  await button(page, 'Begin').click();
  await confirm(page);
  await done(page);
}

/** What a guardian will see and decide, before anything is set up. */
async function told(page) {
  await button(page, 'Start together').click();
  await page.getByRole('radio', { name: '13 to 15' }).check();
  await button(page, 'Continue').click();
  await at(page, /What a guardian will see/);
  await page.locator('h1').evaluate((heading) => heading.blur());
}

const guardianShots = [
  { name: 'guardian', go: lived, colorScheme: 'light', viewport: { width: 1280, height: 1120 } },
  { name: 'guardian-dark', go: lived, colorScheme: 'dark', viewport: { width: 1280, height: 1120 } },
  { name: 'guardian-phone', go: told, colorScheme: 'light', viewport: { width: 390, height: 1240 }, deviceScaleFactor: 1.5 },
];

for (const { name, go, ...contextOptions } of guardianShots) {
  test(name, async (t) => {
    const { page } = await device(t, browser, server.url, contextOptions);
    await go(page);
    await page.evaluate(() => (document.activeElement.blur(), scrollTo(0, 0)));
    await page.mouse.move(0, 0);
    const path = join(FOLDER, `${name}.png`);
    await page.screenshot({ path });
    assert.ok(statSync(path).size > 20_000);
  });
}

/** A conversation that has turned, and requests that were kept away. */
async function turned(page) {
  await play(page, 'friend', /Nothing got in the way/);
  await play(page, 'gate', /Two requests/);
  // Closed again: the count is enough here.
  await page.getByText('2 requests were kept away').click();
  await play(page, 'pressure', /It speaks up/);
  await (await pause(page)).getByRole('button', { name: 'Keep chatting' }).click();
  await saidThat(page, /the chat is yours/);
}

/** A picture that came, covered. */
async function covered(page) {
  await play(page, 'blur', /stays covered/);
  await page.locator('pausepoint-veil').getByRole('button', { name: 'Show' }).waitFor();
}

const messengerShots = [
  { name: 'messenger', go: turned, colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { name: 'messenger-dark', go: turned, colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { name: 'messenger-phone', go: covered, colorScheme: 'light', viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5 },
];

for (const { name, go, ...contextOptions } of messengerShots) {
  test(name, async (t) => {
    const { page } = await openMessenger(t, browser, server.url, { serviceWorkers: 'block', ...contextOptions });
    await go(page);
    await page.evaluate(() => document.activeElement.blur());
    await page.mouse.move(0, 0);
    const path = join(FOLDER, `${name}.png`);
    await page.screenshot({ path });
    assert.ok(statSync(path).size > 20_000);
  });
}
