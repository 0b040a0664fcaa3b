// The guardian page for everybody: every step checked by axe, by keyboard alone, on a very narrow screen, and enlarged.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { at, button, choosePin, codeOn, confirm, device, done, h1, part, PIN, setUp, shownOnce, typeBack, violations } from './support/guardian.mjs';
import { launch, site } from './support/site.mjs';

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

const LOOKS = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'dark', width: 320 },
  { colorScheme: 'light', width: 320 },
];

/** Looks at what is shown in both schemes and at both widths; at the narrow one, also whether it fits and can be touched. */
async function look(page, step) {
  for (const { colorScheme, width } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    assert.deepEqual(await violations(page), [], `${step}, ${colorScheme}, ${width} px`);
    if (width === 320) assert.deepEqual(await misfits(page), [], `${step}, 320 px`);
  }
}

const misfits = (page) =>
  page.evaluate(() => {
    const found = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`${scrollWidth} px wide`);
    for (const one of document.querySelectorAll('button, summary, .choice, .tick, .parts a, a.brand, input[type=text], input[type=password], select, textarea')) {
      if (!one.checkVisibility() || one.closest('[inert]') !== null) continue;
      const { width, height } = one.getBoundingClientRect();
      if (width < 43.5 || height < 43.5) found.push(`${one.textContent.trim() || one.name}: ${width} × ${height}`);
    }
    return found;
  });

// Each has devices of its own, and waits most of the time.
describe('the guardian page for everybody', { concurrency: 2 }, () => {
  test('axe finds nothing on any step of setting up, in both schemes and at both widths; all of it fits', async (t) => {
    const { page } = await device(t, browser, server.url);
    await look(page, 'start');
    await button(page, 'Start together').click();
    await button(page, 'Continue').click();
    await look(page, 'age group');
    await page.getByRole('radio', { name: 'Under 13' }).check();
    await button(page, 'Continue').click();
    await button(page, 'Continue').click();
    await look(page, 'told');
    await page.getByRole('checkbox', { name: /I am the one/ }).check();
    await button(page, 'Continue').click();
    await choosePin(page, '123456');
    await page.locator('.problem', { hasText: 'straight run' }).waitFor();
    await look(page, 'PIN');
    await choosePin(page, PIN);
    await at(page, /shown once/);
    await look(page, 'codes');
  });

  test('nor in the settings, their dialog, and the other parts', async (t) => {
    const { page } = await device(t, browser, server.url);
    const { pairing } = await setUp(page);
    for (const details of await page.locator('summary').all()) await details.click();
    await button(page, 'Begin').click();
    await confirm(page);
    await done(page);
    await look(page, 'settings');
    await button(page, 'Change the PIN').click();
    await look(page, 'dialog');
    await page.keyboard.press('Escape');
    await part(page, 'What is shared');
    await look(page, 'shared');
    await part(page, 'Ask about a contact');
    await look(page, 'ask');
    await page.getByLabel('What you call them').fill('Somebody with quite a long name, who is called that by nobody');
    await page.getByLabel('Name in the app').fill('a-name-in-an-app-that-is-longer-than-any-line-of-a-small-phone');
    await button(page, 'Make the request').click();
    await page.getByText('The request as text').click();
    await look(page, 'request');
    const text = await page.locator('[data-request]').textContent();
    await part(page, 'Answer a request');
    await page.getByLabel('Name', { exact: true }).fill('Robin');
    await page.getByLabel('Pairing key', { exact: true }).fill(pairing);
    await button(page, 'Keep it here').click();
    await page.getByLabel('Code, or the whole text').fill(text);
    await look(page, 'answer');
    await button(page, 'Read it').click();
    await look(page, 'who');
    await button(page, 'Approve').click();
    await look(page, 'answered');
    // Enlarged to 200 %, 1280 pixels are 640.
    await page.setViewportSize({ width: 640, height: 400 });
    for (const name of ['Settings', 'What is shared', 'Ask about a contact']) {
      await part(page, name);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 640, name);
    }
  });

  test('waits and broken settings, too', async (t) => {
    const { page } = await device(t, browser, server.url);
    await setUp(page);
    await button(page, 'Begin').click();
    for (let tries = 0; tries < 5; tries += 1) {
      await confirm(page, '000001');
      await page.waitForFunction(() => document.querySelector('dialog form[aria-busy]') === null);
    }
    await page.getByRole('timer').waitFor();
    await look(page, 'wait');
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          const request = indexedDB.open('pausepoint-settings-anchor');
          request.onsuccess = () => (request.result.transaction('lists', 'readwrite').objectStore('lists').delete('guardian-anchor').onsuccess = resolve);
        }),
    );
    await page.reload();
    await at(page, 'The settings need mending');
    await look(page, 'broken');
  });

  test('set up, asked and answered by keyboard alone; the focus is always where things go on', async (t) => {
    const { page } = await device(t, browser, server.url);
    const focused = () =>
      page.evaluate(() => {
        const one = document.activeElement;
        return one?.labels?.[0]?.textContent.trim() || one?.textContent?.trim() || '';
      });
    /** Tab, until the name of what has the focus begins so. */
    const tabTo = async (wanted) => {
      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press('Tab');
        if ((await focused()).startsWith(wanted)) return;
      }
      assert.fail(`Tab does not reach ${wanted}`);
    };
    const press = async (wanted, key = 'Enter') => {
      await tabTo(wanted);
      await page.keyboard.press(key);
    };
    /** The heading of the step has the focus. */
    const arrived = async (name) => {
      await at(page, name);
      assert.match(await focused(), name);
    };

    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'Skip to the content');
    await page.keyboard.press('Enter');
    assert.equal(await h1(page), 'Set this up together', 'a link within the page is no other part of it');
    await press('Start together');
    await arrived(/Choose the age group/);
    await press('Under 13', 'Space');
    await page.keyboard.press('ArrowDown');
    await press('Continue');
    await arrived(/What a guardian will see/);
    await press('Continue');
    assert.match(await focused(), /^I am the one/, 'what is missing has the focus');
    await page.keyboard.press('Space');
    await press('Continue');
    await arrived(/Choose a PIN/);
    await tabTo('New PIN');
    await page.keyboard.type(PIN);
    await tabTo('The same again');
    await page.keyboard.type(PIN);
    await page.keyboard.press('Enter');
    await arrived(/shown once/);
    const recovery = await shownOnce(page, 'Recovery code');
    const pairing = await shownOnce(page, 'Pairing key');
    await tabTo('Type group');
    const place = Number(/group (\d)/.exec(await focused())[1]);
    await page.keyboard.type(recovery.split('-')[place - 1]);
    await press('The pairing key', 'Space');
    await press('Both are written down');
    await arrived(/^Settings$/);

    // The dialog keeps the focus, and gives it back.
    await press('Begin');
    await page.getByRole('dialog').waitFor();
    assert.equal(await focused(), 'PIN');
    for (let presses = 0; presses < 6; presses += 1) {
      await page.keyboard.press('Tab');
      // Between the last and the first, browsers stop at their own controls.
      assert.ok(await page.evaluate(() => document.activeElement === document.body || document.querySelector('dialog').contains(document.activeElement)));
    }
    await page.keyboard.press('Escape');
    await done(page);
    assert.equal(await focused(), 'Begin');
    await page.keyboard.press('Enter');
    await page.keyboard.type(PIN);
    await page.keyboard.press('Enter');
    await done(page);
    assert.equal(await focused(), 'Begin');
    assert.match(await page.locator('#announcer').innerText(), /Saved\./);

    const goTo = async (name) => {
      await page.locator('body').evaluate(() => document.activeElement.blur());
      for (let presses = 0; presses < 60 && (await focused()) !== name; presses += 1) await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Enter');
      await arrived(new RegExp(`^${name}|^Your request`));
    };
    await goTo('Ask about a contact');
    await tabTo('What you call them');
    await page.keyboard.type('Jo');
    await tabTo('Name in the app');
    await page.keyboard.type('jo');
    await page.keyboard.press('Enter');
    await arrived(/^Your request: Jo/);
    const code = await codeOn(page);

    await goTo('Answer a request');
    await tabTo('Name');
    await page.keyboard.type('Robin');
    await tabTo('Pairing key');
    await page.keyboard.type(pairing);
    await page.keyboard.press('Enter');
    await page.getByLabel('Code, or the whole text').waitFor();
    await tabTo('Code, or the whole text');
    await page.keyboard.type(code);
    await press('Read it');
    await arrived(/^Who is asked for/);
    await press('Approve');
    await arrived(/^You approve/);
    const yes = await codeOn(page);
    await goTo('Ask about a contact');
    await tabTo('Answer from your guardian');
    await page.keyboard.type(yes);
    await page.keyboard.press('Enter');
    await arrived(/^Jo/);
    assert.match(await page.locator('main').innerText(), /Approved\./);
  });

  test('headings, landmarks and titles say where one is', async (t) => {
    const { page } = await device(t, browser, server.url);
    for (const name of ['Settings', 'What is shared', 'Ask about a contact', 'Answer a request']) {
      await part(page, name);
      for (const role of ['banner', 'main', 'contentinfo']) assert.equal(await page.getByRole(role).count(), 1, role);
      // The pages of the site, and the parts of this one.
      assert.equal(await page.locator('nav[aria-label]').count(), 2);
      const levels = await page.locator('h1:visible, h2:visible, h3:visible').evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])));
      assert.equal(levels.filter((level) => level === 1).length, 1);
      assert.ok(levels.every((level, index) => index === 0 || level - levels[index - 1] <= 1), `${name}: ${levels.join(' ')}`);
      assert.ok((await page.title()).startsWith(await h1(page)), await page.title());
      assert.equal(await page.getByRole('navigation').getByRole('link', { name }).getAttribute('aria-current'), 'page');
    }
    // Back goes back.
    await page.goBack();
    await at(page, 'Ask about a contact');
  });

  test('readable without JavaScript; from the playground and back', async (t) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    t.after(() => context.close());
    const page = await context.newPage();
    await page.goto(`${server.url}playground.html`);
    await page.getByRole('link', { name: /Guardian settings/ }).click();
    assert.equal(await page.locator('h1').innerText(), 'Guardian settings');
    assert.match(await page.locator('noscript').innerHTML(), /needs JavaScript/);
    await page.getByRole('link', { name: 'Try the picture check' }).click();
    assert.match(await page.locator('h1').innerText(), /A pause before/);
  });
});
