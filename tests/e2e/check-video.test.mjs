// Video files judged in a browser: files that it encodes itself, of drawings; what would alarm is a colour that the
// hooked builds take for it.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';

import { HOOKED_BUILDS, openReady, site, STRICT_CSP } from '../support/browser.mjs';
import { launch } from '../support/chromium.mjs';
import { VIDEO_CSP, videoPage } from '../support/video-page.mjs';

const SCRIPT = `
import { createGuard, GuardError } from './pausepoint/index.js';
window.guard = await createGuard({ model: 'small', ageBand: '13-15' });
Object.assign(window, { createGuard, GuardError, ready: true });
`;
/** What the hooked builds take for an explicit picture. */
const ALARM = 'magenta';

let browser;
const servers = {};
before(async () => {
  servers.published = await site({ files: videoPage(SCRIPT), csp: VIDEO_CSP });
  servers.hooked = await site({ files: videoPage(SCRIPT), csp: VIDEO_CSP, overrides: HOOKED_BUILDS });
  servers.strict = await site({ files: videoPage(SCRIPT), csp: STRICT_CSP });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  for (const server of Object.values(servers)) await server.close();
});
const ready = (kind) => openReady(browser, servers[kind].url);

test('a harmless video is allowed; nothing is sent, nothing is left in the page', async (t) => {
  const { page, context, problems } = await ready('published');
  const sent = servers.published.requests.length;
  const { result, pause, seconds } = await page.evaluate(async () => {
    const film = await encode([[1, 4], [2, 3], [5, 3.5]]);
    return timed(async () => {
      const progress = [];
      const verdict = await guard.checkVideo(film, { direction: 'outgoing', peer: 'p', onProgress: (done) => progress.push(done) });
      return { verdict, progress };
    });
  });
  const { verdict, progress } = result;
  assert.deepEqual(Object.keys(verdict).sort(), ['action', 'atSeconds', 'complete', 'fallback', 'listed', 'looked', 'millis', 'model', 'policyVersion', 'problem', 'reasons', 'risk', 'scores']);
  assert.deepEqual([verdict.action, verdict.reasons, verdict.fallback, verdict.complete, verdict.problem], ['allow', [], null, true, null]);
  assert.ok(verdict.looked >= 12 && verdict.looked === progress.length, `${verdict.looked}`);
  assert.equal(progress.at(-1), 1);
  assert.ok(verdict.atSeconds >= 0 && verdict.risk < 0.3);
  assert.deepEqual(servers.published.requests.slice(sent), []);
  assert.equal((await page.evaluate(() => guard.diagnostics())).requestsSinceReady, 0);
  assert.equal(await page.evaluate(() => document.querySelectorAll('video, canvas').length), 0);
  assert.deepEqual(problems, []);
  t.diagnostic(`${verdict.looked} samples of 10.5 s in ${seconds.toFixed(1)} s, longest pause of the page ${pause.toFixed(0)} ms`);
  await context.close();
});

test('one scene of several seconds decides, and looking ends there; a flash counts a step less', async () => {
  const { page, context } = await ready('hooked');
  const verdicts = await page.evaluate(async (alarm) => {
    const check = async (cuts) => guard.checkVideo(await encode(cuts));
    return {
      scene: await check([[1, 4], [alarm, 3], [2, 30]]),
      flash: await check([[1, 4.3], [alarm, 0.4], [2, 4]]),
      whole: await check([[alarm, 0.5]]),
      twice: await check([[1, 2.2], [alarm, 0.4], [2, 2], [alarm, 0.4], [3, 3]]),
      apart: await check([[1, 2.2], [alarm, 0.4], [2, 9], [alarm, 0.4], [3, 3]]),
    };
  }, ALARM);
  const brief = Object.fromEntries(Object.entries(verdicts).map(([name, { action, reasons }]) => [name, [action, ...reasons]]));
  assert.deepEqual(brief, {
    scene: ['block', 'explicit'],
    flash: ['warn', 'explicit'],
    whole: ['block', 'explicit'],
    twice: ['block', 'explicit'],
    apart: ['warn', 'explicit'],
  });
  assert.equal(verdicts.scene.complete, false);
  assert.ok(verdicts.scene.atSeconds >= 4 && verdicts.scene.atSeconds < 6.1 && verdicts.scene.looked < 10, JSON.stringify(verdicts.scene));
  assert.ok(verdicts.flash.complete && verdicts.flash.atSeconds > 4.2 && verdicts.flash.atSeconds < 4.8, JSON.stringify(verdicts.flash));
  await context.close();
});

test('a picture of the own list is found in a video', async () => {
  const { page, context } = await ready('published');
  const seen = await page.evaluate(async () => {
    await guard.ownList.add(await still(7), 'seven');
    const film = await encode([[1, 3], [7, 2], [2, 3]]);
    const other = await encode([[1, 3], [8, 2]]);
    return [await guard.checkVideo(film), await guard.checkVideo(film, { direction: 'incoming' }), await guard.checkVideo(other)];
  });
  const [outgoing, incoming, other] = seen;
  assert.deepEqual([outgoing.action, outgoing.reasons], ['block', ['own-list']]);
  assert.deepEqual([outgoing.listed[0].list, outgoing.listed[0].label], ['own', 'seven']);
  assert.ok(outgoing.atSeconds >= 3 && outgoing.atSeconds <= 4, `${outgoing.atSeconds}`);
  assert.deepEqual([incoming.action, incoming.complete], ['warn', true]);
  assert.deepEqual([other.action, other.listed], ['allow', []]);
  await context.close();
});

test('what cannot be looked at is unchecked, and says why', async () => {
  const { page, context } = await ready('published');
  const seen = await page.evaluate(async () => {
    const film = await encode([[1, 3], [2, 3]]);
    const brief = ({ action, reasons, fallback, problem, looked, complete }) => ({ action, reasons, fallback, problem, looked, complete });
    return {
      text: brief(await guard.checkVideo(new Blob(['no video']))),
      empty: brief(await guard.checkVideo(new Blob([]))),
      sound: brief(await guard.checkVideo(sound())),
      whole: brief(await guard.checkVideo(film)),
      noFile: await guard.checkVideo('x').catch((error) => `${error instanceof TypeError} ${error.message}`),
      sideways: await guard.checkVideo(film, { direction: 'sideways' }).catch((error) => error.message),
    };
  });
  const unchecked = { action: 'unchecked', fallback: 'warn', looked: 0, complete: false };
  assert.deepEqual(seen.text, { ...unchecked, reasons: ['unsupported-format'], problem: 'video/unsupported' });
  assert.deepEqual(seen.empty, { ...unchecked, reasons: ['unsupported-format'], problem: 'video/unsupported' });
  assert.deepEqual(seen.sound, { ...unchecked, reasons: ['empty'], problem: 'video/no-picture' });
  assert.equal(seen.whole.action, 'allow');
  assert.deepEqual([seen.noFile, seen.sideways], ['true source/not-a-file', 'direction/invalid']);
  await context.close();

  const strict = await ready('strict');
  const blocked = await strict.page.evaluate(async () => guard.checkVideo(await encode([[1, 2]])));
  assert.deepEqual([blocked.action, blocked.reasons, blocked.fallback, blocked.problem], ['unchecked', ['not-readable'], 'warn', 'video/blocked']);
  await strict.context.close();
});

test('pictures go between the samples; aborting and disposing end it', async () => {
  const { page, context } = await ready('published');
  const seen = await page.evaluate(async () => {
    const film = await encode([[1, 8], [2, 8]], { fps: 10 });
    const order = [];
    const video = guard.checkVideo(film).then(() => order.push('video'));
    const pictures = (async () => {
      const picture = await still(3);
      for (let i = 0; i < 3; i++) await guard.checkImage(picture);
      order.push('pictures');
    })();
    await Promise.all([video, pictures]);
    const abort = new AbortController();
    const aborted = await guard.checkVideo(film, { signal: abort.signal, onProgress: (done) => done > 0.2 && abort.abort(new Error('changed my mind')) }).catch((error) => error.message);
    const early = await guard.checkVideo(film, { signal: AbortSignal.abort(new Error('before')) }).catch((error) => error.message);
    const after = (await guard.checkVideo(await encode([[1, 1]]))).action;
    const disposed = guard.checkVideo(film, { onProgress: (done) => done > 0.2 && guard.dispose() }).catch((error) => error.code);
    return { order, aborted, early, after, disposed: await disposed, late: await guard.checkVideo(film).catch((error) => error.code) };
  });
  assert.deepEqual(seen, { order: ['pictures', 'video'], aborted: 'changed my mind', early: 'before', after: 'allow', disposed: 'guard/disposed', late: 'guard/disposed' });
  await context.close();
});
