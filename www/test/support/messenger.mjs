// The messenger for a test file.

import { ready } from './site.mjs';

/** Opens the messenger in a fresh profile and waits until it says that it is ready. Closes with the test. */
export async function openMessenger(t, browser, url, contextOptions = {}) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...contextOptions });
  t.after(() => context.close());
  const page = await context.newPage();
  const problems = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(url);
  await ready(page);
  return { context, page, problems };
}

/** Starts a scene and waits until this was said. */
export async function play(page, name, said) {
  await page.locator(`[data-scene=${name}]`).click();
  await told(page, said);
}

export const told = (page, said) => page.locator('#told-title', { hasText: said }).waitFor();
export const thread = (page) => page.locator('.thread');

/** The pause, once it is shown. */
export async function pause(page) {
  await page.locator('pausepoint-intervention[open]').waitFor({ state: 'attached' });
  return page.locator('pausepoint-intervention');
}

/** Chooses files in the open conversation, as somebody would. */
export const choose = (page, files) => thread(page).locator('input[type=file]').setInputFiles(files);
