// Notices: read aloud, over the page's own dialogs, in nobody's way.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test, { after, before } from 'node:test';

import { openReady } from '../support/browser.mjs';
import { launch } from '../support/chromium.mjs';
import { elementsSite } from '../support/elements-page.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser;
let server;
before(async () => {
  browser = await launch();
  server = await elementsSite();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

async function opened(t) {
  const { page, context, problems } = await openReady(browser, server.url);
  t.after(async () => {
    await context.close();
    assert.deepEqual(problems, []);
  });
  return page;
}

const status = (page) => page.getByRole('status');

test('a notice is a status, takes no focus, and goes by itself or when it is dismissed', async (t) => {
  const page = await opened(t);
  await page.clock.install();
  await page.locator('main button').focus();
  await page.evaluate(() => notice.show(texts('en').checking, { lasting: true }));
  await page.clock.runFor(60_000);
  assert.equal(await status(page).innerText(), 'Checking …');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Attach');
  assert.equal(await page.locator('pausepoint-status button').count(), 0);
  await page.evaluate(() => notice.show(texts('en').metadataRemoved));
  await page.clock.runFor(100);
  assert.equal(await status(page).innerText(), 'Removed where and when it was taken.');
  await page.clock.runFor(30_000);
  assert.equal(await status(page).count(), 0);
  await page.evaluate(() => notice.show('One', {}));
  await page.clock.runFor(100);
  await page.getByRole('button', { name: 'Dismiss' }).click();
  assert.equal(await status(page).count(), 0);
});

test('an action is run once and ends it; both schemes, Arabic and 320 pixels are fine', async (t) => {
  const page = await opened(t);
  await page.evaluate(axe);
  await page.setViewportSize({ width: 320, height: 480 });
  for (const language of ['en', 'ar']) {
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate((locale) => {
        notice.setAttribute('locale', locale);
        window.runs = 0;
        const { metadataAsk } = texts(locale);
        notice.show(metadataAsk.question, { action: { label: metadataAsk.remove, run: () => (runs += 1) } });
      }, language);
      await page.waitForFunction(() => notice.shadowRoot.querySelector('.said').textContent !== '');
      assert.deepEqual(await page.evaluate(async () => (await axe.run(notice, { resultTypes: ['violations'] })).violations.map(({ id }) => id)), []);
      const box = await page.locator('pausepoint-status .surface').boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= 320 && box.y + box.height <= 480, JSON.stringify(box));
      await page.locator('pausepoint-status button').click();
      assert.deepEqual(await page.evaluate(() => [runs, notice.shadowRoot.querySelector('.surface').checkVisibility()]), [1, false]);
    }
  }
});

test('it stands over a dialog that the page opened before it; without popovers it is fixed', async (t) => {
  const page = await opened(t);
  await page.evaluate(() => {
    const dialog = document.createElement('dialog');
    document.body.append(dialog);
    dialog.showModal();
    notice.show('Checking', { lasting: true });
  });
  const onTop = () =>
    page.evaluate(() => {
      const { left, top, width, height } = notice.shadowRoot.querySelector('.surface').getBoundingClientRect();
      return document.elementFromPoint(left + width / 2, top + height / 2) === notice;
    });
  assert.equal(await page.locator('pausepoint-status .surface').isVisible(), true);
  assert.equal(await page.evaluate(() => notice.shadowRoot.querySelector('.surface').matches(':popover-open')), true);
  await page.evaluate(() => {
    document.querySelector('dialog').close();
    notice.hide();
    HTMLElement.prototype.showPopover = undefined;
    notice.remove();
    document.body.append((window.notice = document.createElement('pausepoint-status')));
    notice.show('Checking', { lasting: true });
  });
  assert.equal(await page.locator('pausepoint-status .surface').isVisible(), true);
  assert.equal(await onTop(), true);
});
