// A browser and the built site for a test file. The site must have been built.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from '../../../tests/support/chromium.mjs';
import { serve } from '../../server.mjs';

export { launch };

export const DIST = join(dirname(fileURLToPath(import.meta.url)), '../../dist');

/** Serves the built site on a port of its own; `requests` lists the paths asked for. */
export async function site(options = {}) {
  if (!existsSync(join(DIST, 'index.html'))) throw new Error('www/dist is not there: build the site first');
  const requests = [];
  const { url, close } = await serve({ root: DIST, port: 0, onRequest: (path) => requests.push(path), ...options });
  return { url, close, requests };
}

/** Opens the site in a fresh profile and waits until it says that it is ready. Closes with the test. */
export async function open(t, browser, url, contextOptions = {}) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...contextOptions });
  t.after(() => context.close());
  const page = await context.newPage();
  const problems = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(`${url}playground.html`);
  await ready(page);
  return { context, page, problems };
}

export const ready = (page) => page.locator('#status[data-phase=ready]').waitFor({ timeout: 60_000 });

/** Waits until this many pictures are there and all have a verdict. */
export async function judged(page, count) {
  await page.waitForFunction(
    (wanted) => document.querySelectorAll('.card:not([aria-busy])').length === wanted && !document.querySelector('.card[aria-busy]'),
    count,
    { timeout: 60_000 },
  );
  return page.locator('.card');
}

export const choose = (page, files) => page.locator('#choose').setInputFiles(files);

/** The facts under a card, by name. */
export const facts = (card) =>
  card.locator('.facts > div').evaluateAll((rows) =>
    Object.fromEntries(rows.map((row) => [row.querySelector('dt').textContent, row.querySelector('dd').textContent])),
  );
