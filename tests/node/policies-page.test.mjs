// docs/policies.md says what the presets say, and names everything that it explains.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { dist, root } from '../support/paths.mjs';

const BANDS = ['under-13', '13-15', '16-17', 'adult'];
const page = readFileSync(join(root, 'docs/policies.md'), 'utf8');
const json = (path) => JSON.parse(readFileSync(join(dist, path), 'utf8'));
const presets = BANDS.map((band) => json(`policies/${band}.json`));
const rows = page.split('\n').filter((line) => line.startsWith('|')).map((line) => line.slice(1, -1).split(' | ').map((cell) => cell.trim()));
const rowsOf = (name) => rows.filter(([first]) => first === name).map((row) => row.slice(1, 5));

test('the presets side by side are the presets', () => {
  const thresholds = ({ notice, warn, block }) => [notice, warn, block].map((one) => one?.toFixed(2) ?? '–').join(', ');
  for (const [place, direction] of ['outgoing', 'incoming'].entries()) {
    const is = (name, of) => assert.deepEqual(rowsOf(name)[place], presets.map(({ picture }) => of(picture[direction])), `${direction} ${name}`);
    is('`explicit`: notice, warn, block', ({ explicit }) => thresholds(explicit));
    is('`suggestive`: notice, warn, block', ({ suggestive }) => thresholds(suggestive));
    is('`listed`: own, issued', ({ listed }) => `${listed.own}, ${listed.issued}`);
    const unchecked = rowsOf('`unchecked`').filter(([first]) => presets[0].picture.outgoing.unchecked === first);
    assert.deepEqual(unchecked[place], presets.map(({ picture }) => picture[direction].unchecked));
    assert.ok(presets.every(({ picture }) => picture[direction].tiles === null));
  }
  for (const part of ['visibility', 'message', 'pause', 'relaxations']) {
    for (const field of Object.keys(presets[0][part])) {
      const side = presets.map((preset) => String(preset[part][field]));
      assert.ok(rowsOf(`\`${field}\``).some((row) => row.join() === side.join()), `${field}: ${side}`);
    }
  }
});

test('the contact tables in words are the tables', () => {
  const named = { requests: ['connect-request', 'message-request'], location: ['location-share'], rest: ['others'] };
  function inWords(text, outgoing) {
    let kinds = [];
    const decisions = {};
    for (const word of text.replace(', or confirm where the user begins', '').split(/[\s,;]+/).filter((word) => word !== 'and')) {
      if (['allow', 'confirm', 'quarantine', 'ask-guardian', 'hide', 'block'].includes(word)) {
        for (const kind of kinds.length > 0 ? kinds : ['others']) decisions[kind] = word;
        kinds = [];
      } else {
        kinds.push(...(named[word] ?? [word]));
      }
    }
    assert.deepEqual(kinds, [], text);
    assert.equal(text.includes('or confirm where the user begins'), outgoing !== undefined);
    return decisions;
  }
  const kinds = json('schemas/policy.schema.json').$defs.kind.enum;
  const whole = (then) => kinds.map((kind) => then[kind] ?? then.others);
  const ids = new Set(presets.slice(0, 3).flatMap(({ contact }) => contact.map(({ id }) => id)));
  for (const id of ids) {
    const [[, ...cells]] = rowsOf(`\`${id}\``).filter((row) => row.length === 4);
    const before = (i) => (cells[i].startsWith('the same') ? before(i - 1) : cells[i]);
    for (const i of [0, 1, 2]) {
      const rule = presets[i].contact.find((one) => one.id === id);
      if (rule === undefined) assert.equal(before(i), '–', `${id}, ${BANDS[i]}`);
      else assert.deepEqual(whole(inWords(before(i), rule.then_outgoing)), whole(rule.then), `${id}, ${BANDS[i]}`);
    }
  }
  for (const { id } of presets[3].contact) assert.ok(page.includes(`\`${id}\``), id);
  // Rules are described in the order in which they are tried.
  for (const { contact } of presets.slice(0, 3)) {
    const places = contact.map(({ id }) => page.indexOf(`\n| \`${id}\` |`));
    assert.deepEqual(places, places.toSorted((a, b) => a - b));
  }
});

test('every condition, kind, field and code is explained', () => {
  const { $defs, properties } = json('schemas/policy.schema.json');
  const rust = ['src/policy/mod.rs', 'src/contact/rules.rs', 'src/contact/facts.rs'].map((path) => readFileSync(join(root, path), 'utf8')).join('\n');
  const codes = [...rust.matchAll(/"((?:policy|rules|contact)\/[a-z-]+)"/g)].map(([, code]) => code);
  assert.ok(codes.length > 15);
  const names = [...$defs.condition.enum, ...$defs.kind.enum, ...$defs.decision.enum, ...$defs.sees.items.enum, ...$defs.decides.items.enum, ...Object.keys(properties), ...codes];
  for (const name of names) assert.ok(page.includes(`\`${name}\``), name);
});
