// The guardian page for a test file: opened, and taken through what most tests begin with.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export const PIN = '294817';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Opens the page in a fresh profile: another device. Closes with the test. */
export async function device(t, browser, url, { part = '', clock = false, ...contextOptions } = {}) {
  const context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block', ...contextOptions });
  t.after(() => context.close());
  const page = await context.newPage();
  // The test moves the time on.
  if (clock) await page.clock.install();
  const problems = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('dialog', (dialog) => dialog.accept());
  await page.goto(`${url}guardian.html${part}`);
  await shown(page);
  return { context, page, problems };
}

export const shown = (page) => page.locator('main[data-view]').waitFor();
export const h1 = (page) => page.locator('h1').innerText();
export const button = (page, name) => page.getByRole('button', { name, exact: true });
export const codeOn = (page) => page.locator('.big-code').getAttribute('data-code');

/** Waits for a heading. */
export const at = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor();

/** Goes to a part of the page. */
export async function part(page, name) {
  await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
  await page.locator('a[aria-current]', { hasText: name }).waitFor();
}

/** The code that is shown once, of this name. */
export const shownOnce = (page, name) => page.getByRole('list', { name, exact: true }).getAttribute('data-secret');

/** Types the group that is asked for. */
export async function typeBack(page, recovery) {
  const field = page.getByLabel(/^Type group/);
  const place = Number(/group (\d)/.exec(await page.locator('label', { hasText: /^Type group/ }).innerText())[1]);
  await field.fill(recovery.split('-')[place - 1].toLowerCase());
}

/** Steps 1 and 2. */
export async function upToPin(page, band) {
  await button(page, 'Start together').click();
  await page.getByRole('radio', { name: band }).check();
  await button(page, 'Continue').click();
  await page.getByRole('checkbox', { name: /I am the one/ }).check();
  await button(page, 'Continue').click();
  await at(page, /Choose a PIN/);
}

/** Step 3. */
export async function choosePin(page, pin, again = pin) {
  await page.getByLabel('New PIN', { exact: true }).fill(pin);
  await page.getByLabel('The same again').fill(again);
  await button(page, 'Set up').click();
}

/** All of it; gives the codes. */
export async function setUp(page, band = '13 to 15') {
  await upToPin(page, band);
  await choosePin(page, PIN);
  await at(page, /shown once/);
  const recovery = await shownOnce(page, 'Recovery code');
  const pairing = (await page.getByRole('list', { name: 'Pairing key' }).count()) > 0 ? await shownOnce(page, 'Pairing key') : null;
  await typeBack(page, recovery);
  if (pairing !== null) await page.getByRole('checkbox', { name: /pairing key is written/ }).check();
  await page.getByRole('button', { name: /written down$/ }).click();
  await at(page, /^Settings$/);
  return { recovery, pairing };
}

/** Types a PIN into the dialog. */
export async function confirm(page, pin = PIN, name = 'Confirm') {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('PIN', { exact: true }).fill(pin);
  await dialog.getByRole('button', { name, exact: true }).click();
}

/** Waits until the dialog is gone. */
export const done = (page) => page.getByRole('dialog').waitFor({ state: 'detached' });

/** A part of the settings. */
export const panel = (page, name) => page.getByRole('region', { name, exact: true });

/** What axe finds. */
export async function violations(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html.slice(0, 120)} ${any[0]?.message ?? ''}`).join(' | ')}`);
}
