// Contacts and guardian settings in a browser, under the strict policy: the same decisions, nothing sent, pages that agree.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';

import { openReady, site } from '../support/browser.mjs';
import { launch } from '../support/chromium.mjs';
import { root } from '../support/paths.mjs';

const PAGE = `<!doctype html><title>contacts</title><script type="module" src="page.js"></script>`;
const SCRIPT = `
import { ContactError, createContacts } from './pausepoint/contact.js';
import { GuardianError, openGuardian } from './pausepoint/guardian.js';
import { localStore } from './pausepoint/store.js';
const manage = !location.hash;
Object.assign(window, { ContactError, GuardianError, createContacts });
window.contacts = await createContacts();
window.guardian = await openGuardian({ store: localStore('settings'), anchor: localStore('anchor'), manage });
window.ready = true;
`;

const cases = readFileSync(join(root, 'tests/fixtures/contact/cases.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

let browser;
let server;
before(async () => {
  server = await site({ files: { 'index.html': PAGE, 'page.js': SCRIPT } });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

test('the worked cases are decided as natively, without a request', async () => {
  const { page, context, problems, requested } = await openReady(browser, server.url);
  const before = requested.length;
  const answers = await page.evaluate((facts) => facts.map((one) => contacts.decide(one)), cases.map(({ request }) => request));
  assert.deepEqual(
    answers.map(({ id, decision, reasons }) => [id, decision, reasons[0]]),
    cases.map(({ request, decision, rule }) => [request.id, decision, rule]),
  );
  const refused = await page.evaluate(() => {
    try {
      contacts.decide({ kind: 'message', peer: { account_age_days: -1 } });
    } catch (error) {
      return [error instanceof ContactError, error.code];
    }
  });
  assert.deepEqual(refused, [true, 'contact/form']);
  assert.equal(requested.length, before, 'requests after the start');
  assert.deepEqual(problems, []);
  await context.close();
});

test('a PIN is looked at beside the page, and other pages follow', async (t) => {
  const { page, context, problems, requested } = await openReady(browser, server.url);
  const other = await context.newPage();
  await other.goto(`${server.url}#reader`);
  await other.waitForFunction(() => window.ready);
  const before = requested.length;
  const worst = await page.evaluate(async () => {
    let last = performance.now();
    let worst = 0;
    const timer = setInterval(() => {
      const now = performance.now();
      worst = Math.max(worst, now - last);
      last = now;
    }, 4);
    window.shown = await guardian.setUp({ pin: '294817', ageBand: '13-15' });
    await guardian.change({ pin: '294817' }, { change: 'decide', contact: 'anna', label: 'Anna', decision: 'approved' });
    clearInterval(timer);
    return worst;
  });
  t.diagnostic(`longest pause of the page: ${worst.toFixed(0)} ms`);
  await other.waitForFunction(() => guardian.state.is === 'open' && guardian.state.settings.revision === 2);
  const seen = await other.evaluate(async () => {
    const { policy, profiles, decisions } = guardian.holds();
    const contacts = await createContacts({ policy, profiles });
    return { band: policy.age_band, decisions, code: await guardian.change({ pin: '294817' }, { change: 'end-relaxations' }).catch(({ code }) => code) };
  });
  assert.deepEqual(seen, { band: '13-15', decisions: { anna: 'approved' }, code: 'guardian/no-worker' });
  const wrong = await page.evaluate(() => guardian.changePin('294818', 'something else').catch((error) => [error instanceof GuardianError, error.code]));
  assert.deepEqual(wrong, [true, 'guardian/pin-wrong']);
  const asked = requested.slice(before).filter((url) => !url.endsWith('contact.wasm'));
  assert.deepEqual(asked, [], 'requests after the start');
  assert.deepEqual(problems, []);
  await context.close();
});

test('settings that were tampered with make the strictest rules hold', async () => {
  const { page, context, problems } = await openReady(browser, server.url);
  await page.evaluate(() => guardian.setUp({ pin: '294817', ageBand: '16-17' }));
  await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('settings');
        opening.onerror = reject;
        opening.onsuccess = () => {
          const lists = opening.result.transaction('lists', 'readwrite').objectStore('lists');
          lists.get('guardian-file').onsuccess = ({ target }) => {
            const bytes = target.result;
            bytes[bytes.length >> 1] ^= 1;
            lists.put(bytes, 'guardian-file').onsuccess = resolve;
          };
        };
      }),
  );
  await page.reload();
  await page.waitForFunction(() => window.ready);
  const { state, holds } = await page.evaluate(() => ({ state: guardian.state, holds: guardian.holds({ ageBand: '16-17' }) }));
  assert.deepEqual(state, { is: 'broken', code: 'guardian/altered' });
  assert.deepEqual([holds.policy.age_band, holds.because], ['under-13', ['settings-broken']]);
  assert.deepEqual(problems, []);
  await context.close();
});
