// The pause in a page: what is held, what is handed on, and that nothing leaks while it is being looked at.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';

import { openReady, site } from '../support/browser.mjs';
import { launch } from '../support/chromium.mjs';
import { harbour } from '../support/paths.mjs';

const PAGE = `<!doctype html><html lang="en"><title>protect</title>
<input id="one" type="file"><input id="many" type="file" multiple>
<form id="form" action="/sent" method="get"><input id="inform" name="picture" type="file" multiple><button>Send</button></form>
<div id="zone" tabindex="0">drop</div><div id="rich" contenteditable="true">text</div>
<div id="host"></div>
<script type="module" src="page.js"></script></html>`;

// The verdicts are given: what the engine finds is tested elsewhere, and no picture that it would stop is here.
const SCRIPT = `
import { protect } from './pausepoint/protect.js';
const verdicts = { allow: { action: 'allow', reasons: [] }, warn: { action: 'warn', reasons: ['explicit'] }, block: { action: 'block', reasons: ['explicit'] },
  notice: { action: 'notice', reasons: ['suggestive'] }, failed: { action: 'unchecked', reasons: ['worker-failed'], fallback: 'warn' } };
const judged = [];
let delay = 30;
const check = async (file, options) => {
  judged.push(file.name ?? 'blob');
  await new Promise((resolve, reject) => { setTimeout(resolve, delay); options.signal?.addEventListener('abort', () => reject(options.signal.reason)); });
  const name = (file.name ?? window.blobVerdict ?? 'allow').split('-')[0];
  return { fallback: null, ...(verdicts[name] ?? verdicts.allow) };
};
const guard = { checkImage: check, checkVideo: check };
const log = [];
const decisions = [];
const start = (options = {}) => protect(document, { ageBand: '13-15', guard, metadata: { scan: async () => ({ found: [] }), strip: async (file) => ({ file, removed: [] }) },
  onDecision: (decision) => decisions.push({ ...decision, peer: decision.peer ?? null }), ...options });
const names = (files) => Array.from(files ?? [], ({ name }) => name);
for (const type of ['input', 'change', 'cancel', 'drop', 'dragleave', 'paste', 'submit']) {
  window.addEventListener(type, (event) => {
    const target = event.composedPath()[0];
    log.push([type, target.id ?? '', names(target.files ?? event.dataTransfer?.files ?? event.clipboardData?.files).join()]);
    if (type === 'submit') event.preventDefault();
  }, true);
}
const picture = (name, bytes = [0xff, 0xd8, 0xff, 0xe0]) => new File([new Uint8Array(bytes)], name, { type: 'image/jpeg' });
const choose = async (label) => {
  const dialog = await until(() => document.querySelector('pausepoint-intervention')?.shadowRoot?.querySelector('dialog[open]'));
  const button = await until(() => [...dialog.querySelectorAll('button')].find((one) => one.textContent.trim() === label));
  button.click();
};
const until = async (look) => { for (let i = 0; i < 200; i += 1) { const found = look(); if (found) return found; await new Promise((next) => setTimeout(next, 10)); } throw new Error('waited in vain: ' + look); };
Object.assign(window, { start, log, decisions, judged, picture, choose, until, names, verdicts });
window.setDelay = (ms) => { delay = ms; };
window.ready = true;
`;

let browser;
let server;
before(async () => {
  server = await site({ files: { 'index.html': PAGE, 'page.js': SCRIPT, 'harbour.jpg': readFileSync(harbour) } });
  browser = await launch(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const files = (...names) => names.map((name) => ({ name, mimeType: 'image/jpeg', buffer: readFileSync(harbour) }));

// Registered after protect, as a page's own are.
async function open(options) {
  const opened = await openReady(browser, server.url);
  await opened.page.evaluate((given) => { window.protection = start(given); for (const type of ['input', 'change']) document.addEventListener(type, (event) => log.push([`page ${type}`, event.target.id, names(event.target.files).join()])); }, options);
  return opened;
}

test('what may go out is handed on once, the same files, in order', async () => {
  const { page, context, problems } = await open();
  // Long enough for a busy machine to look meanwhile.
  await page.evaluate(() => setDelay(700));
  await page.setInputFiles('#many', files('allow-1.jpg', 'allow-2.jpg', 'allow-3.jpg'));
  assert.deepEqual(await page.evaluate(() => log.filter(([type]) => type.startsWith('page'))), []);
  assert.equal(await page.evaluate(() => document.querySelector('#many').files.length), 0, 'nothing to be read while it is looked at');
  await page.waitForFunction(() => decisions.length === 1);
  assert.deepEqual(await page.evaluate(() => log.filter(([type]) => type.startsWith('page'))), [
    ['page input', 'many', 'allow-1.jpg,allow-2.jpg,allow-3.jpg'],
    ['page change', 'many', 'allow-1.jpg,allow-2.jpg,allow-3.jpg'],
  ]);
  assert.deepEqual(problems, []);
  await context.close();
});

test('what may not is withheld in part, and the rest goes on', async () => {
  const { page, context, problems } = await open();
  await page.setInputFiles('#many', files('allow-1.jpg', 'block-2.jpg', 'allow-3.jpg'));
  await page.evaluate(() => choose('Don’t send'));
  await page.waitForFunction(() => decisions.length === 1);
  assert.deepEqual(await page.evaluate(() => [names(document.querySelector('#many').files), decisions]), [['allow-1.jpg', 'allow-3.jpg'], [
    { via: 'input', peer: null, passed: 2, withheld: 1, reasons: ['explicit'], choice: 'stop', metadata: { cleaned: 0, unable: 0 } },
  ]]);
  assert.deepEqual(problems, []);
  await context.close();
});

test('what is withheld as a whole leaves what was there before', async () => {
  const { page, context, problems } = await open();
  await page.evaluate(() => document.querySelector('#one').addEventListener('cancel', () => log.push(['page cancel', 'one', ''])));
  const choose = (name) => Promise.all([page.waitForEvent('filechooser').then((chooser) => chooser.setFiles(files(name))), page.click('#one')]);
  await choose('allow-1.jpg');
  await page.waitForFunction(() => decisions.length === 1);
  await choose('block-2.jpg');
  await page.evaluate(() => window.choose('Don’t send'));
  await page.waitForFunction(() => decisions.length === 2);
  const seen = await page.evaluate(() => [names(document.querySelector('#one').files), log.filter(([type]) => type.startsWith('page')).map(([type, , which]) => [type, which])]);
  assert.deepEqual(seen, [['allow-1.jpg'], [['page input', 'allow-1.jpg'], ['page change', 'allow-1.jpg'], ['page cancel', '']]]);
  assert.deepEqual(problems, []);
  await context.close();
});

test('somebody who goes on deliberately goes on, and Escape never does', async () => {
  const { page, context, problems } = await open();
  await page.setInputFiles('#one', files('warn-1.jpg'));
  await page.evaluate(() => until(() => document.querySelector('pausepoint-intervention')?.shadowRoot?.querySelector('dialog[open]')));
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => decisions.length === 1);
  assert.deepEqual(await page.evaluate(() => [decisions[0].choice, decisions[0].passed]), ['stop', 0]);
  await page.setInputFiles('#one', files('warn-1.jpg'));
  for (const label of ['More choices', 'No', 'Send it anyway', 'Send']) await page.evaluate((one) => choose(one), label);
  await page.waitForFunction(() => decisions.length === 2);
  assert.deepEqual(await page.evaluate(() => [decisions[1].choice, decisions[1].passed]), ['go-on', 1]);
  assert.deepEqual(problems, []);
  await context.close();
});

test('a worker that failed: the person is told, can try again, and nothing is lost', async () => {
  const { page, context, problems } = await open();
  await page.setInputFiles('#many', files('allow-1.jpg', 'failed-2.jpg'));
  await page.evaluate(() => choose('Try again'));
  await page.evaluate(() => until(() => judged.length === 3));
  await page.evaluate(() => choose('Don’t send'));
  await page.waitForFunction(() => decisions.length === 1);
  assert.deepEqual(await page.evaluate(() => [judged, decisions[0].reasons, names(document.querySelector('#many').files)]), [
    ['allow-1.jpg', 'failed-2.jpg', 'failed-2.jpg'], ['worker-failed'], ['allow-1.jpg'],
  ]);
  assert.deepEqual(problems, []);
  await context.close();
});

test('inputs in shadow roots, and inputs that were never in the page', async () => {
  const { page, context, problems } = await open();
  await page.evaluate(() => {
    const shadow = document.querySelector('#host').attachShadow({ mode: 'open' });
    shadow.innerHTML = '<div><input id="inner" type="file"></div>';
    const inner = shadow.querySelector('input');
    for (const type of ['input', 'change']) inner.addEventListener(type, () => log.push([`page ${type}`, 'inner', names(inner.files).join()]));
    shadow.addEventListener('change', () => log.push(['page change', 'root', names(inner.files).join()]));
  });
  await page.locator('#inner').setInputFiles(files('allow-1.jpg'));
  await page.waitForFunction(() => decisions.length === 1);
  await page.locator('#inner').setInputFiles(files('block-2.jpg'));
  await page.evaluate(() => choose('Don’t send'));
  await page.waitForFunction(() => decisions.length === 2);
  assert.deepEqual(await page.evaluate(() => log.filter(([type, id]) => type.startsWith('page') && id !== 'host')), [
    ['page input', 'inner', 'allow-1.jpg'], ['page change', 'inner', 'allow-1.jpg'], ['page change', 'root', 'allow-1.jpg'],
  ]);
  const openDetached = (name) => Promise.all([
    page.waitForEvent('filechooser').then((chooser) => chooser.setFiles(files(name))),
    page.evaluate(() => {
      const input = document.createElement('input');
      input.type = 'file';
      input.onchange = () => log.push(['page change', 'detached', names(input.files).join()]);
      input.click();
    }),
  ]);
  await openDetached('block-3.jpg');
  await page.evaluate(() => choose('Don’t send'));
  await openDetached('allow-4.jpg');
  await page.waitForFunction(() => decisions.length === 4);
  assert.deepEqual(await page.evaluate(() => log.filter(([, id]) => id === 'detached')), [['page change', 'detached', 'allow-4.jpg']]);
  assert.deepEqual(problems, []);
  await context.close();
});

test('a form waits for what is held in it, and is not sent without it', async () => {
  const { page, context, problems } = await open();
  await page.evaluate(() => {
    setDelay(300);
    document.querySelector('#form').addEventListener('submit', (event) => { event.preventDefault(); log.push(['page submit', event.submitter?.textContent ?? '', names(event.target.elements.picture.files).join()]); });
  });
  await page.setInputFiles('#inform', files('allow-1.jpg'));
  await page.click('#form button');
  await page.waitForFunction(() => log.some(([type]) => type === 'page submit'));
  assert.deepEqual(await page.evaluate(() => log.filter(([type]) => type === 'page submit')), [['page submit', 'Send', 'allow-1.jpg']]);
  // Put there by the page's own code: nobody has looked at it when it is sent.
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(picture('block-2.jpg'));
    document.querySelector('#inform').files = transfer.files;
  });
  await page.click('#form button');
  await page.evaluate(() => choose('Don’t send'));
  await page.waitForFunction(() => decisions.length === 2);
  await page.waitForTimeout(50);
  assert.equal(await page.evaluate(() => log.filter(([type]) => type === 'page submit').length), 1);
  assert.deepEqual(problems, []);
  await context.close();
});

async function drop(page, selector, paths) {
  const session = await page.context().newCDPSession(page);
  const { x, y, width, height } = await page.locator(selector).boundingBox();
  const at = { x: x + width / 2, y: y + height / 2, data: { items: [], files: paths, dragOperationsMask: 1 } };
  for (const type of ['dragEnter', 'dragOver', 'drop']) await session.send('Input.dispatchDragEvent', { type, ...at });
}

test('files and folders that are dropped, on an element and on an input', async () => {
  const { page, context, problems } = await open();
  const folder = mkdtempSync(join(tmpdir(), 'pausepoint-drop-'));
  mkdirSync(join(folder, 'album/inner'), { recursive: true });
  for (const name of ['allow-1.jpg', 'album/allow-2.jpg', 'album/block-3.jpg', 'album/inner/allow-4.jpg']) writeFileSync(join(folder, name), readFileSync(harbour));
  await page.evaluate(() => {
    const zone = document.querySelector('#zone');
    zone.addEventListener('dragover', (event) => event.preventDefault());
    zone.addEventListener('dragleave', () => log.push(['page dragleave', 'zone', '']));
    zone.addEventListener('drop', async (event) => {
      event.preventDefault();
      const paths = [];
      const walk = async (entry) => {
        if (entry.isFile) { const file = await new Promise((resolve) => entry.file(resolve)); paths.push(`${entry.fullPath} ${file.name}`); return; }
        const reader = entry.createReader();
        for (;;) { const some = await new Promise((resolve) => reader.readEntries(resolve)); if (some.length === 0) return; for (const one of some) await walk(one); }
      };
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry());
      log.push(['page drop', 'zone', names(event.dataTransfer.files).join()]);
      for (const entry of entries) if (entry !== null) await walk(entry);
      log.push(['page walked', 'zone', paths.sort().join()]);
    });
  });
  const dropped = () => page.evaluate(() => log.filter(([type]) => type.startsWith('page ')).map(([type, , what]) => [type, what]));
  await drop(page, '#zone', [join(folder, 'allow-1.jpg')]);
  await page.waitForFunction(() => log.some(([type]) => type === 'page walked'));
  assert.deepEqual(await dropped(), [['page drop', 'allow-1.jpg'], ['page walked', '']]);
  await page.evaluate(() => { log.length = 0; });
  await drop(page, '#zone', [join(folder, 'album/block-3.jpg')]);
  await page.evaluate(() => choose('Don’t send'));
  await page.waitForFunction(() => decisions.length === 2);
  assert.deepEqual(await dropped(), [['page dragleave', '']]);
  await page.evaluate(() => { log.length = 0; });
  await drop(page, '#zone', [join(folder, 'album'), join(folder, 'allow-1.jpg')]);
  await page.evaluate(() => choose('Don’t send'));
  await page.waitForFunction(() => log.some(([type]) => type === 'page walked'));
  assert.deepEqual(await dropped(), [['page drop', 'album,allow-1.jpg'], ['page walked', '/album/allow-2.jpg allow-2.jpg,/album/inner/allow-4.jpg allow-4.jpg,/allow-1.jpg allow-1.jpg']]);
  await page.evaluate(() => { log.length = 0; });
  await drop(page, '#one', [join(folder, 'allow-1.jpg')]);
  await page.waitForFunction(() => decisions.length === 4);
  assert.deepEqual(await page.evaluate(() => [names(document.querySelector('#one').files), log.filter(([type]) => type === 'page change')]), [['allow-1.jpg'], [['page change', 'one', 'allow-1.jpg']]]);
  assert.deepEqual(problems, []);
  rmSync(folder, { recursive: true });
  await context.close();
});

test('a picture that is pasted, as a file and within text', async () => {
  const { page, context, problems } = await open();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(() => {
    document.querySelector('#rich').addEventListener('paste', (event) => {
      // The browser would write styles into the page.
      event.preventDefault();
      log.push(['page paste', 'rich', `${names(event.clipboardData.files)}|${event.clipboardData.getData('text/html')}`]);
    });
    window.copy = async () => {
      const canvas = new OffscreenCanvas(8, 8);
      canvas.getContext('2d').fillRect(0, 0, 8, 8);
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': await canvas.convertToBlob() })]);
    };
  });
  const pasted = () => page.evaluate(() => log.filter(([type]) => type === 'page paste').map(([, , what]) => what));
  await page.evaluate(() => copy());
  await page.click('#rich');
  await page.keyboard.press('Control+V');
  await page.waitForFunction(() => decisions.length === 1);
  assert.equal((await pasted()).length, 1);
  assert.match((await pasted())[0], /^image\.png\|/);
  // The engine's double goes by names, and what is in text has none of its own.
  const [whole, withheld] = await page.evaluate(async () => {
    const html = '<p>see <img src="data:image/png;base64,iVBORw0KGgo="> this</p>';
    const paste = () => { const transfer = new DataTransfer(); transfer.setData('text/html', html); transfer.setData('text/plain', 'see this'); document.querySelector('#rich').dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, composed: true, cancelable: true })); };
    paste();
    await until(() => decisions.length === 2);
    const last = () => log.filter(([type]) => type === 'page paste').at(-1)[2];
    const first = last();
    verdicts.pasted = { action: 'block', reasons: ['explicit'] };
    paste();
    await choose('Don’t send');
    await until(() => decisions.length === 3);
    return [first, last()];
  });
  assert.match(whole, /data:image/);
  assert.equal(withheld, '|<p>see  this</p>');
  assert.deepEqual(problems, []);
  await context.close();
});

test('the clipboard and files that the page asks for itself', async () => {
  const { page, context, problems } = await open();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const read = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(8, 8);
    canvas.getContext('2d').fillRect(0, 0, 8, 8);
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': await canvas.convertToBlob(), 'text/plain': new Blob(['words'], { type: 'text/plain' }) })]);
    const types = async () => (await navigator.clipboard.read()).map((item) => [...item.types].sort().join());
    const first = await types();
    window.blobVerdict = 'block';
    const asked = types();
    await choose('Don’t send');
    return [first, await asked];
  });
  assert.deepEqual(read, [['image/png,text/plain'], ['text/plain']]);
  assert.deepEqual(problems, []);
  await context.close();
});

test('files that are picked by their handles', async () => {
  const { page, context, problems } = await openReady(browser, server.url);
  // Nobody can press the browser's own window here: what it would give is real handles all the same.
  const picked = await page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    const make = async (name) => {
      const handle = await folder.getFileHandle(name, { create: true });
      const writable = await handle.createWritable();
      await writable.write(new Uint8Array([0xff, 0xd8, 0xff]));
      await writable.close();
      return handle;
    };
    window.showOpenFilePicker = async () => Promise.all(['allow-1.jpg', 'block-2.jpg', 'allow-3.jpg'].slice(...window.range).map(make));
    const protection = start();
    const pick = async () => Promise.all((await showOpenFilePicker()).map(async (handle) => (await handle.getFile()).name));
    window.range = [0, 3];
    const some = pick();
    await choose('Don’t send');
    const partly = await some;
    window.range = [1, 2];
    const none = pick().catch((error) => error.name);
    await choose('Don’t send');
    const wholly = await none;
    protection.stop();
    return [partly, wholly, await pick()];
  });
  assert.deepEqual(picked, [['allow-1.jpg', 'allow-3.jpg'], 'AbortError', ['block-2.jpg']]);
  assert.deepEqual(problems, []);
  await context.close();
});

test('what the page takes from a camera', async () => {
  const { page, context, problems } = await open();
  await context.grantPermissions(['camera']);
  const taken = await page.evaluate(async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true });
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = stream;
    await video.play();
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d');
    const blob = () => new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg'));
    const shoot = () => context.drawImage(video, 0, 0, 64, 64);
    const results = [];
    context.fillRect(0, 0, 8, 8);
    results.push([(await blob())?.type, canvas.toDataURL().slice(0, 14), judged.length]);
    shoot();
    results.push([canvas.toDataURL()]);
    await until(() => decisions.length === 1);
    results.push([canvas.toDataURL().slice(0, 14), (await blob())?.type, judged.length]);
    shoot();
    window.blobVerdict = 'block';
    const held = blob();
    await choose('Don’t send');
    results.push([await held, decisions.at(-1).via]);
    // From one canvas to another it is still what it was.
    const copy = new OffscreenCanvas(32, 32);
    copy.getContext('2d').drawImage(canvas, 0, 0);
    const converted = copy.convertToBlob().catch((error) => error.name);
    await choose('Don’t send');
    results.push([await converted]);
    stream.getTracks().forEach((track) => track.stop());
    return results;
  });
  assert.deepEqual(taken, [['image/jpeg', 'data:image/png', 0], ['data:,'], ['data:image/png', 'image/jpeg', 1], [null, 'camera'], ['AbortError']]);
  assert.deepEqual(problems, []);
  await context.close();
});

test('when it ends, the page is as it was', async () => {
  const { page, context, problems } = await openReady(browser, server.url);
  const same = await page.evaluate(() => {
    const places = [[HTMLInputElement.prototype, 'showPicker'], [HTMLInputElement.prototype, 'click'], [HTMLFormElement.prototype, 'submit'], [HTMLCanvasElement.prototype, 'toBlob'],
      [HTMLCanvasElement.prototype, 'toDataURL'], [CanvasRenderingContext2D.prototype, 'drawImage'], [window, 'createImageBitmap'], [Clipboard.prototype, 'read'], [OffscreenCanvas.prototype, 'convertToBlob']];
    const look = () => places.map(([object, name]) => [object[name], Object.hasOwn(object, name)]);
    const before = look();
    const protection = start();
    const during = look();
    protection.stop();
    const after = look();
    return { changed: during.every(([one], i) => one !== before[i][0]), restored: after.every(([one, own], i) => one === before[i][0] && own === before[i][1]) };
  });
  assert.deepEqual(same, { changed: true, restored: true });
  await page.setInputFiles('#one', files('block-1.jpg'));
  assert.deepEqual(await page.evaluate(() => names(document.querySelector('#one').files)), ['block-1.jpg']);
  assert.deepEqual(problems, []);
  await context.close();
});

test('a folder that is chosen keeps its paths', async () => {
  const { page, context, problems } = await open();
  const folder = mkdtempSync(join(tmpdir(), 'pausepoint-folder-'));
  mkdirSync(join(folder, 'album/inner'), { recursive: true });
  for (const name of ['album/allow-1.jpg', 'album/inner/block-2.jpg', 'album/inner/allow-3.jpg']) writeFileSync(join(folder, name), readFileSync(harbour));
  await page.evaluate(() => { document.querySelector('#many').webkitdirectory = true; });
  // Not by `setInputFiles`, which waits until the input itself has heard of it.
  const session = await page.context().newCDPSession(page);
  const { result } = await session.send('Runtime.evaluate', { expression: "document.querySelector('#many')" });
  await session.send('DOM.setFileInputFiles', { files: [join(folder, 'album')], objectId: result.objectId });
  await page.evaluate(() => choose('Don’t send'));
  await page.waitForFunction(() => decisions.length === 1);
  assert.deepEqual(await page.evaluate(() => Array.from(document.querySelector('#many').files, ({ webkitRelativePath }) => webkitRelativePath).sort()), ['album/allow-1.jpg', 'album/inner/allow-3.jpg']);
  assert.deepEqual(problems, []);
  rmSync(folder, { recursive: true });
  await context.close();
});

test('what is only noticed goes on, and is said', async () => {
  const { page, context, problems } = await open();
  await page.setInputFiles('#many', files('allow-1.jpg', 'notice-2.jpg'));
  await page.waitForFunction(() => decisions.length === 1);
  assert.deepEqual(await page.evaluate(() => [names(document.querySelector('#many').files), decisions[0].choice]), [['allow-1.jpg', 'notice-2.jpg'], null]);
  await page.getByText('1 of 2 pictures may show a lot of skin').waitFor();
  const came = await page.evaluate(async () => {
    document.body.insertAdjacentHTML('beforeend', '<p style="position: relative"><img id="came" width="300" height="200" alt=""></p>');
    const img = document.querySelector('#came');
    img.src = URL.createObjectURL(new Blob([await (await fetch('harbour.jpg')).arrayBuffer()]));
    await protection.shield(img, { file: picture('notice-3.jpg') }).settled;
    return [img.style.filter, document.querySelector('#came + pausepoint-veil').shadowRoot.textContent];
  });
  assert.deepEqual(came, ['', 'This picture may show a lot of skinCover again']);
  assert.deepEqual(problems.filter((problem) => !problem.includes('inline style')), []);
  await context.close();
});

test('what stays does not go along in another form of the same paste', async () => {
  const { page, context, problems } = await open();
  const types = await page.evaluate(async () => {
    const seen = [];
    document.querySelector('#zone').addEventListener('paste', (event) => { event.preventDefault(); seen.push([...event.clipboardData.types].map((type) => [type, type === 'Files' ? names(event.clipboardData.files).join() : event.clipboardData.getData(type)])); });
    const transfer = new DataTransfer();
    for (const name of ['allow-1.jpg', 'block-2.jpg']) transfer.items.add(picture(name));
    for (const [type, text] of [['text/plain', 'words'], ['text/html', '<b>words</b><img src="https://example.org/block.jpg">'], ['text/rtf', '{\\pict}'], ['text/uri-list', 'data:image/png;base64,AAAA']]) transfer.setData(type, text);
    document.querySelector('#zone').dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, composed: true, cancelable: true }));
    await choose('Don’t send');
    await until(() => seen.length > 0);
    return seen[0];
  });
  assert.deepEqual(types.sort(), [['Files', 'allow-1.jpg'], ['text/html', '<b>words</b>'], ['text/plain', 'words']]);
  assert.deepEqual(problems, []);
  await context.close();
});

test('what went out to one is asked about again for another', async () => {
  const { page, context, problems } = await open();
  const seen = await page.evaluate(async () => {
    const file = picture('warn-1.jpg');
    const first = protection.beforeSend(file, { peer: 'p1' });
    for (const label of ['More choices', 'No', 'Send it anyway', 'Send']) await choose(label);
    const same = await protection.beforeSend(file, { peer: 'p1' });
    const other = protection.beforeSend(file, { peer: 'p2' });
    await choose('Don’t send');
    return [(await first).choice, same.choice, (await other).choice, judged.length];
  });
  assert.deepEqual(seen, ['go-on', null, 'stop', 2]);
  assert.deepEqual(problems, []);
  await context.close();
});

test('pictures that came are covered again by the next protection, in the language that was asked for', async () => {
  const { page, context, problems } = await openReady(browser, server.url);
  const seen = await page.evaluate(async () => {
    const first = start({ locale: 'de' });
    const element = document.createElement('pausepoint-image');
    element.file = picture('block-1.jpg');
    document.body.append(element);
    const veil = () => element.shadowRoot.querySelector('pausepoint-veil')?.shadowRoot;
    const isSeen = () => getComputedStyle(element.shadowRoot.querySelector('img')).visibility === 'visible';
    await until(() => veil()?.querySelector('button'));
    const texts = [veil().querySelector('p').textContent];
    first.dispose();
    const between = [veil() === undefined, isSeen()];
    const second = start({ locale: 'fr' });
    await until(() => veil()?.querySelector('button'));
    texts.push(veil().querySelector('p').textContent);
    second.dispose();
    return [texts, between];
  });
  assert.deepEqual(seen, [['Zugedeckt: Vielleicht ist ein nackter Körper oder Intimes zu sehen.', 'Cachée\u00a0: on y voit peut-être un corps nu ou des parties intimes.'], [true, false]]);
  assert.deepEqual(problems, []);
  await context.close();
});

test('help by itself is worded for the age that is protected', async () => {
  const { page, context, problems } = await openReady(browser, server.url);
  const said = await page.evaluate(async () => {
    const protection = start({ ageBand: 'under-13' });
    void protection.openHelp('sent-mine');
    return (await until(() => document.querySelector('pausepoint-intervention')?.shadowRoot?.querySelector('dialog[open]'))).textContent;
  });
  assert.match(said, /a lot can still be done. These steps help, one at a time/);
  assert.deepEqual(problems, []);
  await context.close();
});

test('a form in a shadow root waits, too', async () => {
  const { page, context, problems } = await open();
  await page.evaluate(() => {
    setDelay(300);
    const shadow = document.querySelector('#host').attachShadow({ mode: 'open' });
    shadow.innerHTML = '<form><input id="inner" name="picture" type="file"><button>Send</button></form>';
    shadow.querySelector('form').addEventListener('submit', (event) => { event.preventDefault(); log.push(['page submit', '', names(shadow.querySelector('input').files).join()]); });
  });
  const sent = () => page.evaluate(() => log.filter(([type]) => type === 'page submit').map(([, , which]) => which));
  await page.locator('#inner').setInputFiles(files('allow-1.jpg'));
  await page.locator('#host button').click();
  await page.waitForFunction(() => log.some(([type]) => type === 'page submit'));
  assert.deepEqual(await sent(), ['allow-1.jpg']);
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(picture('block-2.jpg'));
    document.querySelector('#host').shadowRoot.querySelector('input').files = transfer.files;
  });
  await page.locator('#host button').click();
  await page.evaluate(() => choose('Don’t send'));
  await page.waitForFunction(() => decisions.length === 2);
  await page.waitForTimeout(50);
  assert.deepEqual(await sent(), ['allow-1.jpg']);
  assert.deepEqual(problems, []);
  await context.close();
});

test('what is no picture is not asked about, whatever its letters are', async () => {
  const { page, context, problems } = await open();
  const passed = await page.evaluate(async () => {
    const texts = ['BMI over the years', '<svg', 'RIFF of a song', 'MM.', ''].map((text, i) => new File([text], `block-${i}.txt`, { type: 'text/plain' }));
    const bmp = new File([new Uint8Array([0x42, 0x4d, 70, 0, 0, 0, 0, 0, 0, 0, 54])], 'block-picture.txt', { type: 'text/plain' });
    const { files } = await protection.beforeSend(texts);
    const held = protection.beforeSend(bmp);
    await choose('Don’t send');
    return [files.length, (await held).withheld, judged];
  });
  assert.deepEqual(passed, [5, 1, ['block-picture.txt']]);
  assert.deepEqual(problems, []);
  await context.close();
});
