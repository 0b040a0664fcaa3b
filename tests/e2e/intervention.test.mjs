// What a person sees: every step in every language and both schemes by axe, by keyboard alone, on a very narrow screen; what is
// chosen, what is not, and that nothing is asked of anybody.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test, { after, before } from 'node:test';

import { openReady } from '../support/browser.mjs';
import { launch } from '../support/chromium.mjs';
import { ask, elementsSite, occasion } from '../support/elements-page.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LANGUAGES = ['en', 'es', 'de', 'fr', 'pt', 'ar'];
const SEXTORTION = {
  level: 'warn',
  pattern: 'sextortion',
  advice: ['not-your-fault', 'do-not-pay', 'stop-replying', 'keep-messages', 'tell-someone', 'removal-services', 'block-and-report'],
};

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

/** A page that must end without an error, a refusal of the policy, or a request for anything but itself. */
async function opened(t) {
  const { page, context, problems, requested } = await openReady(browser, server.url);
  const first = requested.length;
  t.after(async () => {
    await context.close();
    assert.deepEqual(problems, []);
    assert.deepEqual(requested.slice(first), [], 'something was requested');
  });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  return page;
}

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const heading = (page) => page.locator('pausepoint-intervention h2').innerText();
const answered = async (page) => (await page.waitForFunction(() => window.answer), page.evaluate(() => window.answer));
const buttons = (page) => page.locator('pausepoint-intervention dialog button').allInnerTexts();
/** The name of what has the focus, through shadow trees. */
const focused = (page) =>
  page.evaluate(() => {
    let one = document.activeElement;
    while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
    return one.textContent.trim() || one.id;
  });

/** Ways to each step, by what is activated. The texts are those of the page's language. */
const STEPS = {
  noticed: [{}, []],
  pressed: [{}, ['more']],
  support: [{}, ['more', 'pressed.yes']],
  unsure: [{}, ['more', 'pressed.unsure']],
  choices: [{}, ['more', 'pressed.no']],
  'confirm-send': [{ offers: { block: false, someone: false } }, ['more', 'pressed.no', 'ways.sendAnyway']],
  'seen in messages': [{ outlook: SEXTORTION }, ['more']],
  showing: [{ about: 'showing', count: 2, of: 3, ageBand: 'under-13', wayOn: 'none' }, []],
  'confirm-show': [{ about: 'showing', finding: 'suggestive', media: 'video', ageBand: '16-17' }, ['ways.showAnyway']],
  'own list': [{ finding: 'own-list', wayOn: 'none', ageBand: 'adult' }, []],
  unchecked: [{ finding: 'unchecked', canRetry: true, media: 'mixed', count: 3, of: 3, wayOn: 'none' }, []],
  guardian: [{ finding: 'hash-list', wayOn: 'guardian' }, ['ways.guardianCode']],
  conversation: [{ about: 'conversation', finding: undefined, outlook: SEXTORTION }, []],
  help: [{}, ['ways.help']],
  'sent-mine': [{}, ['ways.help', 'ways.alreadySent']],
  'someone-else': [{}, ['ways.help', 'ways.someoneElse']],
};

async function goTo(page, step) {
  const [change, labels] = STEPS[step];
  await page.evaluate(
    async ([about, path]) => {
      window.abort?.abort();
      window.abort = new AbortController();
      while (pause.open) await new Promise((resolve) => setTimeout(resolve));
      pause.ask(about, { signal: abort.signal, verify: async () => ({ ok: false, waitSeconds: 90 }) }).catch(() => {});
      while (!pause.open) await new Promise((resolve) => setTimeout(resolve));
      for (const key of path) {
        const label = key.split('.').reduce((of, name) => of[name], texts(pause.locale));
        [...pause.shadowRoot.querySelectorAll('button')].find(({ textContent }) => textContent === label).click();
      }
    },
    [occasion(change), labels],
  );
}

for (const language of LANGUAGES) {
  test(`axe finds nothing on any step in ${language}, light and dark; all of it fits 320 pixels and can be touched`, async (t) => {
    const page = await opened(t);
    await page.evaluate(axe);
    await page.setViewportSize({ width: 320, height: 640 });
    await page.evaluate((locale) => Object.assign(pause, { locale, country: 'GB' }), language);
    for (const step of Object.keys(STEPS)) {
      for (const theme of ['light', 'dark']) {
        await page.evaluate((value) => pause.setAttribute('theme', value), theme);
        if (theme === 'light') await goTo(page, step);
        const found = await page.evaluate(async () => {
          const { violations } = await axe.run(pause, { resultTypes: ['violations'] });
          const dialog = pause.shadowRoot.querySelector('dialog');
          const misfits = dialog.scrollWidth > dialog.clientWidth ? [`${dialog.scrollWidth} px wide`] : [];
          for (const one of dialog.querySelectorAll('button, a, select, input')) {
            const { width, height, right, left } = one.getBoundingClientRect();
            if (width < 43.5 || height < 43.5 || right > 320.5 || left < -0.5) misfits.push(`${one.textContent}: ${width} × ${height}`);
          }
          return [...violations.map(({ id, nodes }) => `${id}: ${nodes[0].html} ${nodes[0].failureSummary}`), ...misfits];
        });
        assert.deepEqual(found, [], `${step}, ${theme}`);
      }
      const shown = await page.evaluate(() => {
        const dialog = pause.shadowRoot.querySelector('dialog');
        return [dialog.lang, dialog.dir, getComputedStyle(dialog).direction, dialog.innerText];
      });
      const direction = language === 'ar' ? 'rtl' : 'ltr';
      assert.deepEqual(shown.slice(0, 3), [language, direction, direction]);
      assert.doesNotMatch(shown[3], /[{}]|undefined/, step);
    }
  });
}

test('from every step, not going on and help are one activation away', async (t) => {
  const page = await opened(t);
  for (const step of Object.keys(STEPS)) {
    await goTo(page, step);
    const names = await buttons(page);
    if (step !== 'conversation') assert.ok(names.some((name) => /^Don’t (send|show)$/.test(name)), `${step}: ${names}`);
    if (step !== 'help') assert.ok(names.includes('Get help'), `${step}: ${names}`);
  }
});

test('ways out look alike; the last question’s answers do, too', async (t) => {
  const page = await opened(t);
  const looks = (names) =>
    page.evaluate(
      (wanted) =>
        wanted.map((name) => {
          const one = [...pause.shadowRoot.querySelectorAll('button')].find(({ textContent }) => textContent === name);
          const { backgroundColor, color, borderColor, fontSize, fontWeight } = getComputedStyle(one);
          return [backgroundColor, color, borderColor, fontSize, fontWeight, Math.round(one.offsetWidth / 4), one.offsetHeight].join();
        }),
      names,
    );
  const alike = async (step, names) => {
    await goTo(page, step);
    await page.mouse.move(1, 1);
    assert.equal(new Set(await looks(names)).size, 1, `${step}: ${await looks(names)}`);
  };
  await alike('choices', ['Don’t send', 'Message someone you trust', 'Block and leave', 'Get help', 'Send it anyway']);
  await alike('showing', ['Don’t show', 'Message someone you trust', 'Block and leave', 'Get help']);
  await alike('confirm-send', ['Send', 'Don’t send']);
  await alike('pressed', ['Yes', 'No', 'Not sure']);
  await alike('noticed', ['Don’t send', 'Get help']);
  await alike('conversation', ['Get help', 'Message someone you trust', 'Block and leave', 'Keep chatting']);
});

test('what is chosen is what is answered; going on takes its own step', async (t) => {
  const page = await opened(t);
  for (const [change, path, choice] of [
    [{}, ['Don’t send'], 'stop'],
    [{}, ['Get help', 'Don’t send'], 'stop'],
    [{}, ['More choices', 'No', 'Message someone you trust'], 'someone'],
    [{}, ['More choices', 'Yes', 'More choices', 'Block and leave'], 'block'],
    [{}, ['More choices', 'Not sure', 'More choices', 'Send it anyway', 'Send'], 'go-on'],
    [{}, ['More choices', 'Yes', 'Back', 'No', 'Send it anyway', 'Don’t send'], 'stop'],
    [{ outlook: SEXTORTION }, ['More choices', 'More choices', 'Block and leave'], 'block'],
    [{ about: 'showing' }, ['Show it anyway', 'Show'], 'go-on'],
    [{ about: 'showing' }, ['Don’t show'], 'stop'],
    [{ finding: 'unchecked', canRetry: true }, ['Try again'], 'retry'],
    [{ about: 'conversation', finding: undefined, wayOn: 'none' }, ['Keep chatting'], 'go-on'],
    [{ about: 'conversation', finding: undefined }, ['Get help', 'Back', 'Block and leave'], 'block'],
  ]) {
    await ask(page, change);
    for (const name of path) await press(page, name);
    assert.equal(await answered(page), choice, path.join());
  }
});

test('what cannot be done is not offered, and why is said', async (t) => {
  const page = await opened(t);
  await ask(page, { finding: 'own-list', wayOn: 'none', offers: { block: false, someone: false } });
  assert.deepEqual(await buttons(page), ['Don’t send', 'Get help']);
  assert.match(await page.locator('pausepoint-intervention dialog').innerText(), /It stays here, because you decided so earlier/);
  await press(page, 'Don’t send');
  await ask(page, { finding: 'unchecked', wayOn: 'guardian' });
  assert.ok(!(await buttons(page)).some((name) => /guardian|Try again|anyway/.test(name)), 'nobody can check a code, nor try again');
});

test('by keyboard alone: every choice is reached, the focus stays inside and goes back where it was', async (t) => {
  const page = await opened(t);
  await page.evaluate(() => scrollTo(0, 400));
  await page.evaluate(() => document.querySelector('button').focus({ preventScroll: true }));
  const tabTo = async (name) => {
    for (let presses = 0; presses < 60; presses += 1) {
      if ((await focused(page)) === name) return;
      await page.keyboard.press('Tab');
      // Between the last and the first, browsers stop at their own controls.
      assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement === pause), 'the focus left');
    }
    assert.fail(`Tab does not reach ${name}`);
  };
  await ask(page);
  assert.equal(await focused(page), 'This picture may show a naked body or private parts');
  await tabTo('More choices');
  await page.keyboard.press('Enter');
  assert.equal(await focused(page), 'Is someone asking or pressing you?');
  await tabTo('No');
  await page.keyboard.press('Space');
  assert.equal(await focused(page), 'What would you like to do?');
  for (const name of ['Don’t send', 'Message someone you trust', 'Block and leave', 'Get help', 'I already sent one']) await tabTo(name);
  await tabTo('Send it anyway');
  await page.keyboard.press('Enter');
  assert.equal(await focused(page), 'Do you want to send it?');
  await tabTo('Send');
  await page.keyboard.press('Enter');
  assert.equal(await answered(page), 'go-on');
  assert.equal(await focused(page), 'Attach', 'the page’s own button');
  assert.equal(await page.evaluate(() => scrollY), 400);
});

test('Escape never goes on, on no step; a page can keep it open', async (t) => {
  const page = await opened(t);
  for (const change of [{}, { about: 'showing' }, { about: 'conversation', finding: undefined }]) {
    await ask(page, change);
    await page.keyboard.press('Escape');
    assert.equal(await answered(page), 'stop');
  }
  await ask(page);
  for (const name of ['More choices', 'No', 'Send it anyway']) await press(page, name);
  await page.keyboard.press('Escape');
  assert.equal(await answered(page), 'stop');

  await page.evaluate(() => document.addEventListener('pausepoint-request-close', (event) => event.preventDefault()));
  await ask(page);
  for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => pause.open && pause.hasAttribute('open')), true);
  await press(page, 'Don’t send');
  assert.equal(await answered(page), 'stop');
});

test('events say codes only', async (t) => {
  const page = await opened(t);
  await ask(page);
  for (const name of ['More choices', 'Yes', 'Get help', 'Don’t send']) await press(page, name);
  await answered(page);
  assert.deepEqual(await page.evaluate(() => events), ['open sending', 'step noticed', 'step pressed', 'step support', 'step help', 'close stop']);
});

test('a guardian’s code: wrong, not to be checked, to be waited for, right; not for those who left', async (t) => {
  const page = await opened(t);
  await page.clock.install();
  await page.evaluate((about) => {
    window.tried = [];
    window.answers = [{ ok: false, waitSeconds: null }, null, { ok: false, waitSeconds: 61 }, { ok: true }];
    const verify = async (code) => {
      tried.push(code);
      const next = answers.shift();
      if (next === null) throw new Error('offline');
      return next;
    };
    pause.ask(about, { verify }).then((choice) => (window.answer = choice));
  }, occasion({ finding: 'hash-list', wayOn: 'guardian' }));
  await press(page, 'Use a guardian’s code');
  const field = page.getByRole('textbox', { name: 'Code' });
  assert.deepEqual([await field.getAttribute('type'), await field.getAttribute('autocomplete')], ['password', 'off']);
  const alert = page.locator('pausepoint-intervention [role=alert]');
  const submit = async (code) => {
    await field.fill(code);
    await field.press('Enter');
  };
  await submit('');
  assert.equal((await alert.textContent()).trim(), 'The code is missing.');
  await submit('1111');
  await page.getByText('That code is not the right one. It can be tried again now.').waitFor();
  assert.equal(await field.inputValue(), '');
  assert.equal(await focused(page), 'code');
  await submit('2222');
  await page.getByText('The code could not be checked. It can be tried again now.').waitFor();
  await submit('3333');
  await page.getByText('It can be tried again in 2 minutes.').first().waitFor();
  await submit('4444');
  assert.deepEqual(await page.evaluate(() => tried), ['1111', '2222', '3333'], 'not before the wait is over');
  await page.clock.runFor(62_000);
  assert.equal(await alert.textContent(), 'It can be tried again now.');
  await submit('5555');
  assert.equal(await answered(page), 'go-on');

  await page.evaluate((about) => {
    window.answer = undefined;
    const verify = () => new Promise((resolve) => (window.decide = resolve));
    pause.ask(about, { verify }).then((choice) => (window.answer = choice));
  }, occasion({ finding: 'hash-list', wayOn: 'guardian' }));
  await press(page, 'Use a guardian’s code');
  await submit('6666');
  await press(page, 'Get help');
  await page.evaluate(() => decide({ ok: true }));
  assert.equal(await heading(page), 'Who can help');
  await press(page, 'Don’t send');
  assert.equal(await answered(page), 'stop');
});

test('questions wait for each other; one that is taken back is not asked, or no more', async (t) => {
  const page = await opened(t);
  await page.evaluate(
    ([one, two]) => {
      window.log = [];
      window.first = new AbortController();
      window.third = new AbortController();
      const told = (name) => [(choice) => log.push(`${name} ${choice}`), (reason) => log.push(`${name} rejected ${reason}`)];
      pause.ask(one, { signal: first.signal }).then(...told('first'));
      pause.ask(two).then(...told('second'));
      pause.ask(one, { signal: third.signal }).then(...told('third'));
    },
    [occasion(), occasion({ about: 'showing' })],
  );
  assert.match(await heading(page), /^This picture may/);
  await page.evaluate(() => third.abort('late'));
  await page.waitForFunction(() => log.length === 1);
  assert.match((await buttons(page)).join(), /Don’t send/);
  await page.evaluate(() => first.abort('gone'));
  await press(page, 'Don’t show');
  await page.waitForFunction(() => !pause.open && log.length === 3);
  assert.deepEqual(await page.evaluate(() => log), ['third rejected late', 'first rejected gone', 'second stop']);
  assert.equal(await page.locator('pausepoint-intervention dialog[open]').count(), 0);
});

test('taken out of the page it stops; not in a page it does not ask', async (t) => {
  const page = await opened(t);
  await ask(page);
  await page.evaluate(() => pause.remove());
  assert.equal(await answered(page), 'stop');
  assert.equal(await page.evaluate((about) => pause.ask(about).catch(({ name }) => name), occasion()), 'InvalidStateError');
});

test('help by itself: its topics, the country’s services and numbers, another country', async (t) => {
  const page = await opened(t);
  const links = () => page.locator('pausepoint-intervention a').evaluateAll((all) => all.map(({ href, rel, target }) => [href, target, rel].join(' ').trim()));
  for (const [topic, title] of [['help', 'Who can help'], ['sent-mine', 'If you already sent it'], ['someone-else', 'A picture of somebody else'], ['pressed', 'This is not your fault']]) {
    await page.evaluate((name) => {
      window.helped = false;
      pause.openHelp(name).then(() => (window.helped = true));
    }, topic);
    assert.equal(await heading(page), title);
    await press(page, 'Close');
    await page.waitForFunction(() => window.helped);
  }
  await page.evaluate(() => {
    pause.locale = 'en-GB';
    pause.openHelp();
  });
  const british = await links();
  assert.deepEqual(british.slice(0, 3), ['tel:999', 'tel:112', 'tel:08001111']);
  assert.ok(british.includes('https://www.childline.org.uk/ _blank noreferrer noopener'));
  for (const link of british) assert.match(link, /^tel:\d+$|^https:\S+ _blank noreferrer noopener$/);
  const country = page.getByRole('combobox', { name: 'Country' });
  assert.equal(await country.inputValue(), 'GB');
  assert.equal(await country.locator('option').count(), 39, 'the countries of the directory, and none');
  await country.focus();
  await country.selectOption({ label: 'Austria' });
  assert.equal(await focused(page).then((text) => text.includes('Austria')), true, 'the list keeps the focus');
  assert.ok((await links()).includes('tel:147'));
  await country.selectOption('');
  assert.match(await page.locator('pausepoint-intervention dialog').innerText(), /Call the emergency number of your country/);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !pause.open);
  await page.evaluate(() => (pause.openHelp('sent-mine'), undefined));
  assert.match(await page.locator('pausepoint-intervention .services h4').first().innerText(), /Take It Down/);
});

test('names, roles and headings are in the accessibility tree', async (t) => {
  const page = await opened(t);
  for (const step of Object.keys(STEPS)) {
    await goTo(page, step);
    const dialog = page.getByRole('dialog', { name: await heading(page), exact: true });
    assert.equal(await dialog.count(), 1, step);
    const levels = await page.locator('pausepoint-intervention :is(h2, h3, h4)').evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])));
    assert.ok(levels.every((level, index) => level - (levels[index - 1] ?? 1) <= 1), `${step}: ${levels}`);
  }
});

test('the language is that of what is around it; colours are the page’s, unless told', async (t) => {
  const page = await opened(t);
  await page.evaluate(() => (document.documentElement.lang = 'de-AT'));
  await ask(page);
  assert.equal(await heading(page), 'Auf diesem Bild ist vielleicht ein nackter Körper oder Intimes zu sehen');
  await page.evaluate(() => (pause.locale = 'fr'));
  assert.match(await heading(page), /^Sur cette photo/);
  assert.equal(await page.evaluate(() => pause.country), null, 'fr names no country');
  const ground = () => page.evaluate(() => getComputedStyle(pause.shadowRoot.querySelector('dialog')).backgroundColor);
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.equal(await ground(), 'rgb(25, 33, 44)');
  await page.evaluate(() => pause.setAttribute('theme', 'light'));
  assert.equal(await ground(), 'rgb(255, 253, 249)');
  await page.evaluate(() => pause.style.setProperty('--pausepoint-surface', 'rgb(1, 2, 3)'));
  assert.equal(await ground(), 'rgb(1, 2, 3)');
});

test('nothing moves for those who do not want it; forced colours keep borders; enlarged to 400 % nothing is cut', async (t) => {
  const page = await opened(t);
  await ask(page);
  const animation = () => page.evaluate(() => getComputedStyle(pause.shadowRoot.querySelector('dialog')).animationName);
  assert.equal(await animation(), 'none');
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  assert.equal(await animation(), 'come');
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await page.evaluate(axe);
  assert.deepEqual(await page.evaluate(async () => (await axe.run(pause, { resultTypes: ['violations'] })).violations.map(({ id }) => id)), []);
  await page.emulateMedia({ forcedColors: 'none' });
  // 1280 × 1024 pixels at 400 %.
  await page.setViewportSize({ width: 320, height: 256 });
  for (const name of ['Don’t send', 'Get help', 'More choices']) {
    const button = page.getByRole('button', { name, exact: true });
    await button.scrollIntoViewIfNeeded();
    const { y, height } = await button.boundingBox();
    assert.ok(y >= 0 && y + height <= 257, name);
  }
});
