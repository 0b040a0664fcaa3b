// Chromium with a profile on disk, as people have it: one off the record would keep no compiled code.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

import { FLAGS } from '../tests/support/chromium.mjs';

/** Whatever takes longer is not running at all. */
const FIRST_VERDICT_MS = 60_000;

/** Runs `work` with a context of a fresh profile, which is deleted afterwards; `more` are further flags. */
export async function withProfile(work, more = []) {
  const folder = mkdtempSync(join(tmpdir(), 'pausepoint-bench-'));
  try {
    const executablePath = process.env.PAUSEPOINT_CHROMIUM ?? '/usr/bin/chromium';
    const context = await chromium.launchPersistentContext(folder, { executablePath, args: [...FLAGS, ...more] });
    try {
      return await work(context);
    } finally {
      await context.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Opens a subject's page and waits for its first verdict. */
export async function open(context, address) {
  const page = await context.newPage();
  const failed = new Promise((_, reject) => page.once('pageerror', reject));
  // Later errors come out of what the page is asked to do.
  failed.catch(() => {});
  await page.goto(address);
  await Promise.race([page.waitForFunction(() => window.subject, null, { timeout: FIRST_VERDICT_MS }), failed]);
  return page;
}

/** A page of the site without any subject. */
export async function openBlank(context, url) {
  const page = await context.newPage();
  await page.goto(`${url}blank.html`);
  return page;
}
