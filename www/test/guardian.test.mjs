// The settings on the guardian page, as a parent and a teen use them: set up, changed, forgotten, broken.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { at, button, choosePin, confirm, device, done, h1, panel, part, PIN, setUp, shown, shownOnce, typeBack, upToPin } from './support/guardian.mjs';
import { launch, site } from './support/site.mjs';

const DIST = join(dirname(fileURLToPath(import.meta.url)), '../../pkg-config/dist');

let browser;
let server;
before(async () => {
  browser = await launch();
  server = await site();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** The codes of the told lists that are on the page, by list. */
const toldOn = (scope) =>
  scope.locator('[data-told]').evaluateAll((all) =>
    Object.fromEntries(all.map((one) => [one.dataset.told, [...one.querySelectorAll('[data-code]')].map(({ dataset }) => dataset.code)])),
  );

// Each has devices of its own, and waits most of the time.
describe('settings on the guardian page', { concurrency: 2 }, () => {
  test('set up together: nothing is taken for granted, and every slip is explained', async (t) => {
    const { page, context, problems } = await device(t, browser, server.url);
    assert.equal(await h1(page), 'Set this up together');
    await button(page, 'Start together').click();

    // No age group is suggested.
    assert.equal(await page.getByRole('radio', { name: /13|16/, checked: true }).count(), 0);
    await button(page, 'Continue').click();
    assert.match(await page.locator('main').innerText(), /Choose one of the three/);
    await page.getByRole('radio', { name: '13 to 15' }).check();
    await button(page, 'Continue').click();

    // The tick is the teen's own.
    const tick = page.getByRole('checkbox', { name: /I am the one/ });
    assert.equal(await tick.isChecked(), false);
    await button(page, 'Continue').click();
    assert.match(await h1(page), /What a guardian will see/);
    assert.equal(await tick.getAttribute('aria-invalid'), 'true');
    await button(page, 'Back').click();
    assert.ok(await page.getByRole('radio', { name: '13 to 15' }).isChecked(), 'what was chosen stays');
    await button(page, 'Continue').click();
    assert.equal(await tick.isChecked(), false);
    await tick.check();
    await button(page, 'Continue').click();

    const problem = () => page.locator('.problem:not(:empty)').innerText();
    await choosePin(page, PIN, '294871');
    assert.match(await problem(), /not the same/);
    for (const [pin, words] of [['123456', /straight run/], ['777777', /again and again/], ['2948', /6 to 64/]]) {
      await choosePin(page, pin);
      await page.locator('.problem', { hasText: words }).waitFor();
    }
    await choosePin(page, PIN);
    await at(page, /shown once/);

    const recovery = await shownOnce(page, 'Recovery code');
    assert.match(recovery, /^([0-9A-Z]{5}-){4}[0-9A-Z]{5}$/);
    assert.match(await shownOnce(page, 'Pairing key'), /^([0-9A-Z]{5}-){5}[0-9A-Z]{5}$/);
    const finish = button(page, 'Both are written down');
    // On paper, the codes and nothing else.
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.getByRole('list', { name: 'Recovery code' }).isVisible());
    for (const away of ['header', 'nav', 'footer', 'form.stack', 'h1']) assert.equal(await page.locator(away).first().isVisible(), false, away);
    await page.emulateMedia({ media: 'screen' });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(server.url).origin });
    await button(page, 'Copy: Recovery code').click();
    await page.getByText('Copied.').first().waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), recovery);
    await page.getByLabel(/^Type group/).fill('00000');
    await finish.click();
    assert.match(await problem(), /compare it/);
    await typeBack(page, recovery);
    await finish.click();
    assert.match(await problem(), /Another pairing key/);
    await page.getByRole('checkbox', { name: /pairing key is written/ }).check();
    // There is no way to lose them by a click on another part.
    assert.ok(await page.locator('#parts').evaluate(({ inert }) => inert));
    await finish.click();
    await at(page, /^Settings$/);
    assert.ok(!(await page.content()).includes(recovery));

    assert.match(await panel(page, 'What holds now').innerText(), /13 to 15[\s\S]*chosen here, with the guardian’s PIN/);
    await page.reload();
    await shown(page);
    assert.equal(await h1(page), 'Settings');
    const keys = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).sort());
    assert.deepEqual(keys, ['pausepoint-pairings', 'pausepoint-settings', 'pausepoint-settings-anchor'].filter((name) => keys.includes(name)));
    assert.deepEqual(await context.cookies(), []);
    assert.deepEqual(problems, []);
  });

  test('codes that were lost with the page are not passed over', async (t) => {
    const { page } = await device(t, browser, server.url);
    await upToPin(page, '13 to 15');
    await choosePin(page, PIN);
    await at(page, /shown once/);
    await page.reload();
    await at(page, /^Settings$/);
    const now = panel(page, 'What holds now');
    await now.getByText('recovery code is written down').waitFor();
    await button(page, 'New pairing key').click();
    await confirm(page);
    await at(page, /One code, shown once/);
    await page.getByRole('checkbox', { name: /pairing key is written/ }).check();
    await button(page, 'It is written down').click();
    await at(page, /^Settings$/);
    await now.getByText('recovery code is written down').waitFor();
    assert.equal(await now.getByText('pairing key is written down').count(), 0);
    await button(page, 'End the guardian settings').click();
    await confirm(page, PIN, 'End them');
    await at(page, 'Set this up together');
    await setUp(page);
    await page.reload();
    await shown(page);
    assert.equal(await page.locator('.notice').count(), 0);
  });

  test('stopping in the middle stores nothing', async (t) => {
    const { page } = await device(t, browser, server.url);
    await upToPin(page, '16 and 17');
    await button(page, 'Stop here').click();
    await at(page, 'Set this up together');
    await page.reload();
    await shown(page);
    assert.equal(await h1(page), 'Set this up together');
  });

  test('what is told is what the core says, for each age group, before and after', async (t) => {
    const { openGuardian } = await import(pathToFileURL(join(DIST, 'node-guardian.js')).href);
    const { fileStore } = await import(pathToFileURL(join(DIST, 'node-store.js')).href);
    const folder = mkdtempSync(join(tmpdir(), 'pausepoint-told-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const told = {};
    for (const ageBand of ['under-13', '13-15', '16-17']) {
      const guardian = await openGuardian({ store: fileStore(join(folder, ageBand)), manage: true });
      await guardian.setUp({ pin: PIN, ageBand });
      told[ageBand] = guardian.state.told;
    }

    const { page } = await device(t, browser, server.url, { part: '#shared' });
    for (const [band, expected] of Object.entries(told)) assert.deepEqual(await toldOn(page.locator(`[data-band="${band}"]`)), expected, band);
    await part(page, 'Settings');
    for (const [band, name] of [['16-17', '16 and 17'], ['under-13', 'Under 13']]) {
      await button(page, 'Start together').click();
      await page.getByRole('radio', { name }).check();
      await button(page, 'Continue').click();
      assert.deepEqual(await toldOn(page.locator('main')), told[band], band);
      await button(page, 'Stop here').click();
    }
    await setUp(page, '16 and 17');
    await part(page, 'What is shared');
    assert.deepEqual(await toldOn(page.locator('main > .told-all')), told['16-17']);
    // Every code has a title and a sentence of its own, and not itself.
    const bare = await page.locator('[data-code]').evaluateAll((all) =>
      all.filter(({ dataset, children: [title, text] }) => title.textContent === dataset.code || !text.textContent.endsWith('.')).map(({ dataset }) => dataset.code),
    );
    assert.deepEqual(bare, []);
  });

  test('each change takes the PIN; the focus comes back to where it was', async (t) => {
    const { page, problems } = await device(t, browser, server.url);
    await setUp(page);
    const focused = () => page.evaluate(() => document.activeElement?.dataset.focus ?? document.activeElement?.textContent);

    const age = panel(page, 'Age group');
    await age.getByRole('radio', { name: 'Under 13' }).check();
    await button(page, 'Change age group').click();
    await page.keyboard.press('Escape');
    await done(page);
    assert.equal(await focused(), 'age/save');
    assert.match(await panel(page, 'What holds now').innerText(), /13 to 15/, 'cancelled is not changed');
    await button(page, 'Change age group').click();
    await confirm(page);
    await done(page);
    assert.match(await panel(page, 'What holds now').innerText(), /Under 13/);
    assert.equal(await focused(), 'age/save');

    const contacts = panel(page, 'Contacts that were decided about');
    await contacts.getByText('Decide about somebody here').click();
    await contacts.getByLabel('What you call them').fill('Coach Kim');
    await contacts.getByLabel('Name in the app').fill('kim');
    await contacts.getByRole('button', { name: 'Approve', exact: true }).click();
    await confirm(page);
    await done(page);
    const row = page.locator('[data-contact=kim]');
    await row.getByText(/Approved, /).waitFor();
    assert.match(await row.innerText(), /Coach Kim[\s\S]*Approved, /);
    await button(page, 'Deny: Coach Kim').click();
    await confirm(page);
    await done(page);
    await row.getByText(/Denied, /).waitFor();
    assert.equal(await focused(), 'contacts/kim/turn');
    await button(page, 'Forget: Coach Kim').click();
    await confirm(page);
    await done(page);
    assert.equal(await row.count(), 0);
    assert.equal(await focused(), 'contacts', 'the heading, as the button is gone');

    const profiles = panel(page, 'Rules of regulators');
    assert.equal(await profiles.getByRole('checkbox').count(), 3);
    await profiles.getByRole('checkbox', { name: /Ofcom/ }).check();
    await button(page, 'Save this choice').click();
    await confirm(page);
    await done(page);
    await page.reload();
    await shown(page);
    assert.ok(await profiles.getByRole('checkbox', { name: /Ofcom/ }).isChecked());
    assert.equal(await profiles.getByRole('checkbox', { checked: true }).count(), 1);
    assert.deepEqual(problems, []);
  });

  test('milder rules stay within the limit, say when they end, and end', async (t) => {
    const { page } = await device(t, browser, server.url, { clock: true, timezoneId: 'UTC' });
    await setUp(page, 'Under 13');
    const relax = panel(page, 'Milder rules for a while');
    assert.deepEqual(await relax.getByLabel('For how long').locator('option').allInnerTexts(), ['1 hour', '2 hours', '4 hours', '8 hours', '1 day']);
    await relax.getByLabel('What becomes milder').selectOption('contacts');
    await relax.getByLabel('For how long').selectOption('2');
    await button(page, 'Begin').click();
    await confirm(page);
    await done(page);
    const end = await page.evaluate(() => new Date(Date.now() + 7_200_000).toISOString().slice(11, 16));
    assert.match(await relax.innerText(), /Rules for contacts: milder until .*\d\d:\d\d/);
    const now = panel(page, 'What holds now');
    const said = /rules for contacts are milder until .*?(\d\d:\d\d)/.exec(await now.innerText());
    assert.ok(Math.abs(Date.parse(`2026-01-01T${said[1]}Z`) - Date.parse(`2026-01-01T${end}Z`)) <= 60_000, `${said[1]}, ${end}`);
    await now.getByText('What that means').click();
    assert.match(await now.innerText(), /friends in common wants to connect\s+The teen is asked first/);
    // It ends by itself, in front of whoever looks at it.
    await page.clock.fastForward(7_202_000);
    await page.waitForFunction(() => !document.querySelector('main').textContent.includes('milder until'));
    await now.getByText('What that means').click();
    assert.match(await now.innerText(), /friends in common wants to connect\s+A guardian is asked first/);

    await button(page, 'Begin').click();
    await confirm(page);
    await done(page);
    await button(page, 'End it now').click();
    await confirm(page);
    await done(page);
    assert.doesNotMatch(await now.innerText(), /milder until/);
  });

  test('wrong PINs wait; the wait is counted down and outlives a reload, and the recovery code works meanwhile', async (t) => {
    const { page } = await device(t, browser, server.url, { clock: true });
    const { recovery } = await setUp(page);
    const dialog = page.getByRole('dialog');
    await button(page, 'Begin').click();
    for (let tries = 1; tries <= 5; tries += 1) {
      await confirm(page, '000001');
      if (tries < 5) await dialog.locator('.problem', { hasText: 'That is not the PIN' }).waitFor();
      else await dialog.getByRole('timer').waitFor();
      await page.waitForFunction(() => document.querySelector('dialog form[aria-busy]') === null);
    }
    assert.match(await dialog.innerText(), /tried again in (1:00|0:5\d)/);
    assert.doesNotMatch(await dialog.innerText(), /wrong PINs by|suspicious|blocked|attempts left/i);
    assert.match(await dialog.getByRole('status').innerText(), /about a minute/);
    assert.equal(await dialog.getByLabel('PIN', { exact: true }).isVisible(), false);
    const before = await dialog.getByRole('timer').innerText();
    await page.waitForFunction((was) => document.querySelector('dialog [role=timer]').textContent !== was, before);

    await page.reload();
    await shown(page);
    await button(page, 'Begin').click();
    await dialog.getByRole('timer').waitFor();
    assert.match(await dialog.getByRole('timer').innerText(), /^0:[0-5]\d$/);
    await page.keyboard.press('Escape');
    await done(page);

    await button(page, 'Begin').click();
    await dialog.getByRole('timer').waitFor();
    await dialog.getByRole('button', { name: 'Use the recovery code instead' }).click();
    await dialog.getByLabel('Recovery code').fill(recovery.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')));
    await button(page, 'Confirm').click();
    await dialog.locator('.problem', { hasText: 'a slip in it' }).waitFor();
    await dialog.getByLabel('Recovery code').fill(recovery.toLowerCase().replaceAll('-', ' '));
    await button(page, 'Confirm').click();
    await done(page);
    assert.match(await panel(page, 'Milder rules for a while').innerText(), /milder until/);

    // The right code takes the wait away; wrong PINs bring one again, which ends in front of whoever waits.
    await button(page, 'End it now').click();
    for (let tries = 1; tries <= 5; tries += 1) {
      await confirm(page, '000001');
      await page.waitForFunction(() => document.querySelector('dialog form[aria-busy]') === null);
    }
    await dialog.getByRole('timer').waitFor();
    await page.clock.fastForward(61_000);
    await dialog.getByLabel('PIN', { exact: true }).waitFor();
    assert.match(await dialog.getByRole('status').innerText(), /can be tried now/);
    assert.ok(await dialog.getByLabel('PIN', { exact: true }).evaluate((one) => one === document.activeElement));
    await confirm(page);
    await done(page);
  });

  test('a forgotten PIN: the recovery code sets a new one, and is itself exchanged', async (t) => {
    const { page } = await device(t, browser, server.url);
    const { recovery, pairing } = await setUp(page);
    const dialog = page.getByRole('dialog');
    await button(page, 'The PIN is forgotten').click();
    await dialog.getByLabel('Recovery code').fill(recovery);
    const fresh = async (pin) => {
      await dialog.getByLabel('New PIN', { exact: true }).fill(pin);
      await dialog.getByLabel('The same again').fill(pin);
      await button(page, 'Confirm').click();
    };
    await fresh('fedcba');
    await dialog.locator('.problem', { hasText: 'straight run' }).waitFor();
    await fresh('a new secret');
    await at(page, /One code, shown once/);
    const next = await shownOnce(page, 'Recovery code');
    assert.notEqual(next, recovery);
    await typeBack(page, next);
    await button(page, 'It is written down').click();
    await at(page, /^Settings$/);

    await button(page, 'Change the PIN').click();
    await dialog.getByLabel('Present PIN').fill(PIN);
    await fresh('918273');
    await dialog.locator('.problem', { hasText: 'not the PIN' }).waitFor();
    await dialog.getByLabel('Present PIN').fill('a new secret');
    await fresh('918273');
    await done(page);

    await button(page, 'New pairing key').click();
    await confirm(page, '918273');
    await at(page, /One code, shown once/);
    assert.notEqual(await shownOnce(page, 'Pairing key'), pairing);
    await page.getByRole('checkbox', { name: /pairing key is written/ }).check();
    await button(page, 'It is written down').click();
    await at(page, /^Settings$/);

    await button(page, 'End the guardian settings').click();
    await dialog.getByRole('button', { name: 'Use the recovery code instead' }).click();
    await dialog.getByLabel('Recovery code').fill(recovery);
    await button(page, 'End them').click();
    await dialog.locator('.problem', { hasText: 'not the one that counts now' }).waitFor();
    await dialog.getByLabel('Recovery code').fill(next);
    await button(page, 'End them').click();
    await at(page, 'Set this up together');
  });

  /** Changes what is stored, as somebody with the browser's tools could. */
  const spoil = (page, how) =>
    page.evaluate(async (what) => {
      const open = (name) =>
        new Promise((resolve, reject) => {
          const request = indexedDB.open(name);
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const settle = (request) =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const settings = (await open('pausepoint-settings')).transaction('lists', 'readwrite').objectStore('lists');
      if (what === 'flip a byte') {
        const file = await settle(settings.get('guardian-file'));
        const text = new TextDecoder('latin1').decode(file);
        file[text.indexOf('16-17') + 1] ^= 1;
        await settle(settings.put(file, 'guardian-file'));
      } else if (what === 'remember') window.kept = await settle(settings.get('guardian-file'));
      else await settle(settings.put(window.kept, 'guardian-file'));
    }, how);

  test('settings that were altered: the strictest rules, a calm explanation, and setting up again', async (t) => {
    const { page, problems } = await device(t, browser, server.url);
    await setUp(page, '16 and 17');
    await spoil(page, 'flip a byte');
    await page.reload();
    await shown(page);
    assert.equal(await h1(page), 'The settings need mending');
    const text = await page.locator('main').innerText();
    assert.match(text, /not as they were when the guardian last changed them[\s\S]*guardian\/altered/);
    assert.match(text, /The strictest rules, those for under 13/);
    assert.doesNotMatch(text, /tamper|manipulat|caught|violation/i);
    await page.getByText('The rules for under 13').click();
    assert.match(await page.locator('.rules').innerText(), /An adult whom nobody knows writes\s+A guardian is asked first/);
    assert.equal(await button(page, 'Bring the settings back').count(), 0, 'nothing to bring back');
    await part(page, 'Ask about a contact');
    assert.match(await page.locator('main').innerText(), /need mending first/);
    await part(page, 'What is shared');
    assert.match(await page.locator('main').innerText(), /cannot be read at the moment/);
    await part(page, 'Settings');

    await button(page, 'Set up again').click();
    await page.getByRole('radio', { name: '13 to 15' }).check();
    await button(page, 'Continue').click();
    await page.getByRole('checkbox', { name: /I am the one/ }).check();
    await button(page, 'Continue').click();
    await choosePin(page, '564738');
    await at(page, /shown once/);
    assert.deepEqual(problems, []);
  });

  test('a page that cannot start says so, and what holds meanwhile', async (t) => {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    t.after(() => context.close());
    const page = await context.newPage();
    await context.route('**/*.wasm', (route) => route.abort());
    await page.goto(`${server.url}guardian.html`);
    await at(page, 'The settings could not be opened');
    assert.match(await page.locator('main').innerText(), /Is the network on[\s\S]*strictest rules/);
    await context.unroute('**/*.wasm');
    await button(page, 'Try again').click();
    await at(page, 'Set this up together');
  });

  test('older settings put back: the PIN brings them back', async (t) => {
    const { page } = await device(t, browser, server.url);
    await setUp(page, '16 and 17');
    await spoil(page, 'remember');
    await button(page, 'Begin').click();
    await confirm(page);
    await done(page);
    await spoil(page, 'put back');
    await page.reload();
    await shown(page);
    assert.match(await page.locator('main').innerText(), /older than the latest ones[\s\S]*guardian\/rolled-back/);
    await button(page, 'Bring the settings back').click();
    await confirm(page);
    await at(page, /^Settings$/);
    assert.match(await panel(page, 'What holds now').innerText(), /16 and 17/);
  });
});
