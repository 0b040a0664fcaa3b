// The removal kit: what it says, to whom, and that nothing in a file's name does harm.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { kitItem, HOSTILE_NAMES } from '../test-support/kit-items.mjs';
import { load } from '../test-support/load.mjs';

const { createRemovalKit, PAGE_STYLE_SOURCE, STYLE, en, visible } = await load('kit/index.ts', 'kit/style.ts', 'kit/texts/en.ts', 'kit/visible.ts');

const madeAt = new Date('2026-11-22T10:30:00Z');
const make = (items, options) => createRemovalKit(items, { madeAt, ...options });
const read = (csv) => parse(csv, { columns: true, record_delimiter: '\r\n' });
const ids = (kit, kind) => kit.services.filter((service) => service.kind === kind).map(({ id }) => id);

test('CSV: every hash with its family and the names that hash exchanges use', () => {
  const lines = read(make([kitItem('a.jpg'), kitItem('b.mp4', { picture: null, video: true }), kitItem('c.txt', { picture: null })]).csv());
  assert.deepEqual(Object.keys(lines[0]), ['file', 'type', 'indicator', 'family', 'view', 'hash', 'quality', 'caution', 'note']);
  assert.deepEqual(
    lines.map(({ file, type, indicator, family }) => [file, type, indicator, family].join(' ').trim()),
    [
      '1 pdq HASH_PDQ 512-nearest',
      '1 pdq HASH_PDQ full-size',
      '1 md5 HASH_MD5',
      '1 sha256 HASH_SHA256',
      '2 video_md5 HASH_VIDEO_MD5',
      '2 sha256 HASH_SHA256',
      '3 md5 HASH_MD5',
      '3 sha256 HASH_SHA256',
    ],
  );
  for (const { type, hash } of lines) {
    assert.match(hash, { pdq: /^[0-9a-f]{64}$/, sha256: /^[0-9a-f]{64}$/, md5: /^[0-9a-f]{32}$/, video_md5: /^[0-9a-f]{32}$/ }[type]);
  }
});

test('JSON has the same hashes, and nothing of the person', () => {
  const kit = make([kitItem('a.jpg', { upright: true, note: 'second copy' })], { country: 'IE', ageGroup: 'under-18' });
  const { format, version, files, about, ...rest } = JSON.parse(kit.json());
  assert.deepEqual([format, version, about], ['pausepoint-removal-kit', 1, [...kit.about]]);
  assert.deepEqual(rest, { madeAt: '2026-11-22T10:30:00.000Z' });
  assert.deepEqual(Object.keys(files[0]), ['file', 'note', 'unhashed', 'hashes']);
  const asCsv = files[0].hashes.map(({ type, indicator, family, view, hash, quality, caution }) =>
    ({ file: '1', type, indicator, family: family ?? '', view: view ?? '', hash, quality: String(quality ?? ''), caution: caution ?? '', note: 'second copy' }));
  assert.deepEqual(read(kit.csv()), asCsv);
  assert.deepEqual(files[0].hashes.map(({ view }) => view), ['stored', 'stored', 'upright', 'upright', null, null]);
});

test('a PDQ of quality below 50 is marked in each form, and only that', () => {
  for (const [quality, marked] of [[0, true], [49, true], [50, false], [100, false]]) {
    const kit = make([kitItem('a.jpg', { quality })]);
    assert.equal(read(kit.csv()).filter(({ caution }) => caution === 'low-quality').length, marked ? 2 : 0);
    assert.equal(JSON.parse(kit.json()).files[0].hashes.filter(({ caution }) => caution === 'low-quality').length, marked ? 2 : 0);
    assert.equal(kit.html().includes(`unreliable: quality ${quality}`), marked);
  }
});

test('names of files: on the page only, unless one asks', () => {
  const forms = (fileNames) => {
    const kit = make([kitItem('beach.jpg')], { fileNames });
    return [kit.html(), kit.csv(), kit.json()].map((form) => form.includes('beach'));
  };
  assert.deepEqual(forms(undefined), [true, false, false]);
  assert.deepEqual(forms('page'), [true, false, false]);
  assert.deepEqual(forms('all'), [true, true, true]);
  assert.deepEqual(forms('none'), [false, false, false]);
});

test('hostile names: no formula, no hidden character, no broken line', () => {
  const items = HOSTILE_NAMES.map((name) => kitItem(name, { note: name }));
  const csv = make(items, { fileNames: 'all' }).csv();
  const lines = read(csv);
  assert.equal(lines.length, items.length * 4);
  assert.equal(csv.split('\n').length, lines.length + 2, 'a name ends a line');
  for (const { file, note } of lines) {
    assert.doesNotMatch(file, /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/u);
    assert.equal(note, file);
  }
  const named = lines.filter((_, index) => index % 4 === 0).map(({ file }) => file.replace(/^'/, ''));
  assert.deepEqual(named, HOSTILE_NAMES.map((name) => visible(name).replace(/^'/, '')));
  const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
  for (const form of [csv.replaceAll('\r\n', ''), make(items, { fileNames: 'all' }).json().replaceAll('\n', ''), make(items).html().replaceAll('\n', '')]) {
    assert.doesNotMatch(form.replaceAll('\u200d', ''), hidden);
  }
});

test('the page has no script, loads nothing, and its policy says so', () => {
  const html = make([kitItem('<img src=x onerror=alert(1)>')], { country: 'US' }).html();
  assert.doesNotMatch(html, /<(script|img|iframe|object|embed|link|form|svg|base)\b/i);
  assert.doesNotMatch(html, /<[^>]*\son\w+=|javascript:|\burl\(|@import/i);
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html);
  assert.equal(policy.replaceAll('&#39;', "'"), `default-src 'none'; style-src ${PAGE_STYLE_SOURCE}; base-uri 'none'; form-action 'none'`);
});

test('the source for the style is its digest', () => {
  assert.equal(PAGE_STYLE_SOURCE, `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`);
  assert.ok(make([]).html().includes(`<style>${STYLE}</style>`));
});

test('services: by country and age, the nearest first', () => {
  const ireland = make([], { country: 'ie', ageGroup: 'under-18' });
  assert.deepEqual(ids(ireland, 'removal'), ['ie-hotline', 'take-it-down']);
  assert.deepEqual(ids(ireland, 'helpline')[0], 'ie-childline');
  const adult = make([], { country: 'US', ageGroup: 'adult' });
  assert.deepEqual(ids(adult, 'removal'), ['stopncii', 'take-it-down'], 'pictures from before one was 18 are still Take It Down’s');
  assert.ok(!ids(adult, 'report').includes('us-cybertipline'));
  const unknown = make([], { country: 'GB' });
  assert.deepEqual(ids(unknown, 'removal'), ['gb-report-remove', 'take-it-down', 'stopncii']);
  assert.deepEqual(ids(unknown, 'helpline'), ['gb-childline', 'gb-revenge-porn-helpline']);
  assert.deepEqual(make([], { country: 'UK' }).services, unknown.services);
});

test('services: where no country is known, or its own are not', () => {
  for (const country of [undefined, 'TV']) {
    const kit = make([], { country });
    assert.deepEqual(ids(kit, 'removal'), ['take-it-down', 'stopncii']);
    assert.deepEqual([ids(kit, 'helpline'), ids(kit, 'report')], [['child-helpline-international'], ['inhope']]);
    assert.match(kit.steps[0].text, /emergency number of your country/);
  }
  assert.ok(ids(make([], { country: 'MT' }), 'helpline').includes('eu-better-internet-for-kids'));
  assert.match(make([], { country: 'MT' }).steps[0].text, /\b112\b/);
});

test('a country or a time that is none is refused', () => {
  assert.throws(() => make([], { madeAt: new Date('') }), RangeError);
  for (const country of ['', 'Ireland', 'I1', '*', 'IRL']) assert.throws(() => make([], { country }), new TypeError('country/not-a-code'));
});

test('an entry past its review says so', () => {
  const on = (day) => createRemovalKit([], { country: 'IE', madeAt: new Date(day) });
  assert.ok(on('2026-11-23').services.every(({ overdue }) => !overdue));
  assert.doesNotMatch(on('2026-11-23').html(), /may have changed/);
  assert.ok(on('2031-01-01').services.every(({ overdue }) => overdue));
  assert.match(on('2031-01-01').html(), /may have changed/);
});

test('steps: safety first, then people, and hashes last', () => {
  const { steps, services } = make([], { country: 'AU' });
  assert.deepEqual(steps.map(({ code }) => code), ['safety', 'talk', 'do-not-pay', 'keep-messages', 'remove', 'report', 'hand-over', 'keep-or-delete']);
  assert.match(steps[0].text, /\b000\b/);
  assert.deepEqual(steps.flatMap((step) => step.services).map(({ id }) => id).sort(), services.map(({ id }) => id).sort());
  // A helpline is only promised where one follows.
  for (const country of ['AU', undefined]) {
    const [, talk] = make([], { country, ageGroup: 'adult' }).steps;
    assert.equal(talk.services.length > 0, talk.text.includes('these people listen'));
  }
});

test('a language without texts is English, and says so', () => {
  for (const locale of [undefined, 'en', 'en-IE', 'xx', '__proto__', 'constructor', '']) {
    assert.match(make([], { locale }).html(), /<html lang="en" dir="ltr">[^]*not your fault/);
  }
});

/** All strings of a text file, with their place. */
function strings(value, path = '') {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => strings(inner, `${path}/${key}`));
}

test('the kit says what it must', () => {
  const said = make([kitItem('a.jpg')], { country: 'GB' }).html();
  for (const wanted of [
    /it is not your fault/,
    /Don’t pay/,
    /Keep the messages/,
    /somebody you trust/,
    /The pictures are not in this kit/,
    /Nothing was sent to anybody/,
    /itself cannot be made again from its hash/,
    /gives away a little/,
    /only with services/,
  ]) assert.match(said, wanted);
});

test('it never blames, shames, threatens or hurries', () => {
  const texts = strings(en).map(([path, text]) => [path, text.replaceAll('it is not your fault', '')]);
  const forbidden = [
    /\bfaults?\b/i,
    /\b(blame|asham|shame|stupid|foolish|careless|naive|mistake|regret|wrong of you|embarrass|dirty)/i,
    /\bshould(n’t)? (never )?have\b|\bought to\b|\bwhy did you\b|\bif only\b|\bnext time\b/i,
    /\b(il)?legal\b|\bcrim(e|inal)|\boffen[cs]e\b|\bunlawful\b|\blaws?\b|\bprosecut|\bpunish|\barrest|\bpolice\b|\bjail\b|\bprison\b/i,
    /\bforever\b|\bnever (go|goes|going) away\b|\btoo late\b|\bruin|\bpermanent/i,
    /\bmust\b|\bimmediately\b|\bhurry\b|\bquick(ly)?\b|\bwarning\b|\bact now\b|\bbefore it\b|!/i,
    /\bvictims?\b|\bporn/i,
    /\bguarantee|\bpromise\b|\bwill be (removed|deleted)\b/i,
  ];
  for (const [path, text] of texts) {
    for (const pattern of forbidden) assert.doesNotMatch(text, pattern, `${path}: ${text}`);
  }
});

test('it is easy to read: short sentences, no idle braces', () => {
  for (const [path, text] of strings(en)) {
    for (const sentence of text.split(/[.:?] /)) assert.ok(sentence.split(/\s+/).length <= 28, `${path}: ${sentence}`);
  }
  const kit = make([kitItem('a.jpg', { upright: true }), kitItem('b.txt', { picture: null })], { country: 'CA' });
  assert.doesNotMatch(kit.html().replace(STYLE, ''), /[{}]/);
});

test('it reaches for no network, clock, storage or page', () => {
  for (const file of ['index', 'page', 'csv', 'json', 'rows', 'files', 'services', 'steps', 'directory', 'visible', 'style', 'texts/en', 'texts/index', 'texts/texts']) {
    const source = readFileSync(new URL(`../ts/kit/${file}.ts`, import.meta.url), 'utf8').replace(/\/\*[^]*?\*\//g, '');
    assert.doesNotMatch(source, /\bfetch\(|XMLHttpRequest|sendBeacon|WebSocket|Date\.now|new Date\(\)|localStorage|document\.|window\.|from 'node:|Math\.random/, file);
  }
});
