// The published schemas beside the engine: whatever is changed in a policy, a profile or facts, the schema takes it exactly
// if the engine does. What only one of them can tell is listed here by name.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';

import { Ajv2020 } from 'ajv/dist/2020.js';

import { dist, root } from '../support/paths.mjs';

const { createContacts } = await import(pathToFileURL(join(dist, 'node-contact.js')).href);
const BANDS = ['under-13', '13-15', '16-17', 'adult'];
const contacts = await createContacts();
const json = (path) => JSON.parse(readFileSync(path, 'utf8'));
const schemas = Object.fromEntries(
  ['policy', 'profile', 'contact-facts'].map((name) => [name, json(join(dist, 'schemas', `${name}.schema.json`))]),
);
const ajv = new Ajv2020({ strict: true, strictRequired: false });
const takes = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, ajv.compile(schema)]));
const cases = readFileSync(join(root, 'tests/fixtures/contact/cases.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line).request);

test('what comes with the package has the form of its schema', () => {
  for (const band of BANDS) assert.ok(takes.policy(contacts.preset(band)), band);
  assert.ok(contacts.profileNames.length > 0);
  for (const name of contacts.profileNames) assert.ok(takes.profile(contacts.profile(name)), name);
  for (const facts of cases) assert.ok(takes['contact-facts'](facts), facts.id);
});

test('profiles have the form in which they are written down, too', () => {
  const folder = join(root, 'src/policy/profiles');
  for (const name of readdirSync(folder)) assert.ok(takes.profile(json(join(folder, name))), name);
});

test('the published policies are the engine’s presets, and it takes them', async () => {
  assert.deepEqual(readdirSync(join(dist, 'policies')).sort(), BANDS.map((band) => `${band}.json`).sort());
  for (const band of BANDS) {
    const policy = json(join(dist, 'policies', `${band}.json`));
    assert.deepEqual(policy, contacts.preset(band));
    assert.deepEqual((await createContacts({ policy })).policy(), policy);
  }
});

test('what two schemas say of the same thing is the same, and every field is described', () => {
  const { policy, profile } = schemas;
  const shared = Object.keys(policy.$defs).filter((name) => name in profile.$defs);
  assert.ok(shared.length > 10);
  for (const name of shared) assert.deepEqual(profile.$defs[name], policy.$defs[name], name);
  const { kind } = schemas['contact-facts'].properties;
  assert.deepEqual(kind, policy.$defs.kind);

  for (const [name, schema] of Object.entries(schemas)) {
    for (const [path, of] of fields(schema, name)) {
      const target = of.$ref === undefined ? {} : schema.$defs[of.$ref.replace('#/$defs/', '')];
      assert.ok((of.description ?? target.description ?? '').length > 3, `${path} has no description`);
    }
  }
});

/** The fields that a schema names, apart from conditions on them. */
function fields(schema, path) {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, of]) => [[`${path}.${name}`, of], ...fields(of, `${path}.${name}`)]);
  return [...own, ...Object.entries(schema.$defs ?? {}).flatMap(([name, of]) => fields(of, `${path}#${name}`))];
}

/** What a schema cannot say: only the engine refuses it, with one of these codes. `form` ones are told by where they are. */
const ENGINE_ONLY = {
  policy: [
    { code: 'rules/gap' },
    { code: 'rules/shadowed' },
    { code: 'rules/contradiction' },
    { code: 'rules/too-much', at: /^\/contact/ }, // two rules of one name
    { code: 'policy/thresholds' },
  ],
  profile: [
    { code: 'rules/contradiction' },
    { code: 'policy/thresholds' },
    { code: 'policy/covert' }, // what a guardian sees, for the bands of the profile
    { code: 'policy/profile', at: /^\/(clauses\/\d+\/source|sources)/ }, // a source that is not there
  ],
  'contact-facts': [
    { code: 'contact/age', at: /\/range/ },
    { code: 'contact/future' },
    { code: 'contact/form', at: /\/(now|checked_at)$/, value: /:60/ }, // a leap second where there was none
  ],
};

/** What the engine takes although it is wrong, and the schema refuses. What is mended in the engine fails here and comes off. */
const ENGINE_LAX = {
  policy: {
    'a list of values for an object': ({ how }) => how === 'list',
    'a name as an object': ({ how }) => how === 'tagged',
  },
  profile: {
    'a list of values for an object': ({ how }) => how === 'list',
    'a name as an object': ({ how }) => how === 'tagged',
  },
  'contact-facts': {
    'a list of values for an object': ({ how }) => how === 'list',
    'a name as an object': ({ how }) => how === 'tagged',
  },
};

const NUMBERS = [-1, 0, 0.5, 1, 1.5, 2, 100, 130, 131, 168, 169, 255, 256, 1e9, 1e9 + 1, 2 ** 32, 1e300];
const TEXTS = ['', 'x', 'unchecked', 'danger', 'others', 'adult', 'tie', 'block', 'a'.repeat(64), 'a'.repeat(65), '🙂'.repeat(64)];
const MOMENTS = [
  '2026-11-22', '2026-02-29', '2024-02-29', '2100-02-29', '2000-02-29', '2026-11-31', '2026-13-01', '2026-00-10', '2026-1-1', '22.11.2026', '20261122',
  '2026-11-22T10:00:00Z', '2026-11-22t10:00:00.5z', '2026-11-22 10:00:00+01:00', '2026-11-22_10:00:00Z', '2026-11-22T10:00:00', '2026-11-22T10:00Z',
  '2026-11-22T24:00:00Z', '2026-11-22T23:60:00Z', '2026-11-22T10:00:00-23:59', '2026-11-22T10:00:00+24:00', '2026-11-22T10:00:00+01:60', '2026-11-22T10:00:00.Z',
  '2016-12-31T23:59:60Z', '2016-12-31T22:59:60Z', '2026-11-22T10:00:61Z', ' 2026-11-22', '2026-11-22\n', '0000-01-01', '9999-12-31T23:59:59Z', '+02026-1-01',
];

/** Every change of one place: left out, of another type, null, more than there is, misspelt, out of range. */
function* changes(value, at = '') {
  const others = [null, true, false, {}, [], ...NUMBERS, ...TEXTS];
  for (const other of others) if (JSON.stringify(other) !== JSON.stringify(value)) yield { at, value: other, how: Array.isArray(other) && !Array.isArray(value) ? 'list' : 'other' };
  if (typeof value === 'string') {
    for (const misspelt of [`${value}s`, value.slice(1), value.toUpperCase(), ` ${value}`]) yield { at, value: misspelt, how: 'misspelt' };
    yield { at, value: { [value]: null }, how: 'tagged' };
    if (/now$|checked_at$/.test(at)) for (const moment of MOMENTS) yield { at, value: moment, how: 'moment' };
  } else if (typeof value === 'number') {
    for (const near of [value + 0.25, value + 1, -value]) yield { at, value: near, how: 'near' };
  } else if (Array.isArray(value)) {
    for (const more of [...(value.length > 0 ? [value[0]] : []), 'x', null, 7, {}]) yield { at, value: [...value, more], how: 'more' };
    yield { at, value: [...value].reverse(), how: 'reversed' };
    if (value.length > 0) for (const count of [4, 5, 16, 17, 64, 65]) yield { at, value: Array.from({ length: count }, (_, i) => numbered(value[0], i)), how: 'many' };
    for (const [place, item] of value.entries()) {
      yield { at, value: value.toSpliced(place, 1), how: 'shorter' };
      for (const change of changes(item, `${at}/${place}`)) yield within(change, (inner) => value.toSpliced(place, 1, inner));
    }
  } else if (isObject(value)) {
    yield { at, value: { ...value, unknown: 1 }, how: 'unknown' };
    yield { at, value: Object.values(value), how: 'list' };
    for (const [name, inner] of Object.entries(value)) {
      const { [name]: _, ...rest } = value;
      yield { at: `${at}/${name}`, value: undefined, whole: rest, how: 'left out' };
      yield { at: `${at}/${name}`, value: inner, whole: { ...rest, [`${name}s`]: inner }, how: 'misspelt' };
      for (const change of changes(inner, `${at}/${name}`)) yield within(change, (changed) => ({ ...value, [name]: changed }));
    }
  }
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const within = (change, wrap) => ({ ...change, whole: wrap('whole' in change ? change.whole : change.value) });
const numbered = (value, i) => (isObject(value) && 'id' in value ? { ...value, id: `${value.id}-${i}` } : value);

/** Goes through every change of some documents, and says where schema and engine part. */
async function compare(name, documents, engine) {
  const parted = [];
  const [laxities, only] = [new Set(), new Set()];
  let count = 0;
  for (const document of documents) {
    for (const change of [{ at: '', value: document, how: 'as it is' }, ...changes(document)]) {
      const { at, value, how, whole = value } = change;
      const code = await engine(whole);
      const isValid = takes[name](whole);
      count += 1;
      if (isValid === (code === null)) continue;
      if (isValid) {
        const known = ENGINE_ONLY[name].find((one) => one.code === code && (one.at ?? /^/).test(at) && (one.value ?? /^/).test(String(value)));
        only.add(known);
        if (known === undefined) parted.push(`${how} at ${at || 'the whole'}, ${JSON.stringify(value)}: the engine says ${code}, the schema takes it`);
      } else {
        const [lax] = Object.entries(ENGINE_LAX[name]).find(([, is]) => is({ at, value, how })) ?? [];
        if (lax === undefined) parted.push(`${how} at ${at || 'the whole'}, ${JSON.stringify(value)}: the engine takes it, the schema does not`);
        laxities.add(lax);
      }
    }
  }
  assert.deepEqual([...new Set(parted)].slice(0, 40), [], `${parted.length} of ${count} changes`);
  assert.deepEqual(Object.keys(ENGINE_LAX[name]).filter((lax) => !laxities.has(lax)), [], 'the engine does not take this any more: take it off the list');
  assert.deepEqual(ENGINE_ONLY[name].filter((one) => !only.has(one)), [], 'nothing was refused for this by the engine only');
  return count;
}

async function refusal(work) {
  try {
    await work();
    return null;
  } catch (error) {
    assert.equal(error.name, 'ContactError');
    return error.code;
  }
}

const TABLE = [
  {
    id: 'ended',
    when: { all: ['tie'], any: [['adult', 'minor'], ['danger']], none: ['same-household', 'approved-by-guardian'] },
    then: { suggestion: 'hide', others: 'block' },
    then_outgoing: { message: 'confirm', others: 'allow' },
  },
  {
    id: 'anyone',
    when: {},
    then: {
      suggestion: 'allow', 'connect-request': 'allow', 'message-request': 'confirm', message: 'quarantine', 'group-add': 'ask-guardian', call: 'hide', 'link-out': 'block', 'location-share': 'block',
    },
  },
];
const TILES = { explicit: { notice: 0.1, warn: 0.5, block: 1 }, suggestive: { notice: null, warn: null, block: null } };

function ownPolicy(band) {
  const policy = { ...contacts.preset(band), contact: TABLE };
  policy.picture.outgoing.tiles = TILES;
  return policy;
}

test('policies: the schema takes what the engine takes', async (t) => {
  const refused = (policy) => refusal(() => contacts.auditPolicy(policy));
  t.diagnostic(`${await compare('policy', BANDS.map(ownPolicy), refused)} policies`);
});

test('a policy that is asked about is read as one that is used', async () => {
  for (const change of [{}, { contact: null, guardian: null }, { version: '' }, { contact: [] }, { contact: [TABLE[0]] }, { contact: TABLE.toReversed() }, { age_band: 'child' }, { relaxations: undefined }]) {
    const policy = { ...ownPolicy('13-15'), ...change };
    assert.equal(await refusal(() => createContacts({ policy })), await refusal(() => contacts.auditPolicy(policy)));
  }
});

test('a guardian sees and decides at most what the schema says of the band', async () => {
  const { sees, decides } = schemas.policy.$defs;
  for (const band of BANDS) {
    const { guardian, ...policy } = ownPolicy(band);
    for (const [field, all] of [['sees', sees], ['decides', decides]]) {
      for (const one of all.items.enum) {
        const own = { ...policy, guardian: { ...guardian, [field]: [one] } };
        const code = await refusal(() => contacts.auditPolicy(own));
        assert.equal(code, guardian[field].includes(one) ? null : 'policy/covert');
        assert.equal(takes.policy(own), code === null, `${band}: ${field} ${one}`);
      }
    }
  }
});

const PROFILE = {
  id: 'school',
  title: 'A school’s rules',
  version: '2026-11-22',
  bands: ['16-17'],
  sources: [
    { title: 'Rules', publisher: 'The school', url: 'https://school.example/rules', dated: '2026', read: 'full' },
    { title: 'More rules', publisher: 'The school', url: 'https://school.example/more', dated: '2026', read: 'summary' },
  ],
  clauses: [
    {
      clause: '1',
      demand: 'No strangers.',
      source: 1,
      contact: [{ id: 'no-strangers', kinds: ['message', 'call'], directions: ['incoming', 'outgoing'], when: { all: ['adult'], any: [['danger', 'adult']], none: ['tie'] }, at_least: 'block' }],
      settings: [
        { at: '/visibility/profile', is: ['connections', 'nobody'] },
        { at: '/relaxations/longest_hours', is: [24, 168] },
        { at: '/relaxations/suggested', is: [false] },
        { at: '/picture/incoming/explicit/block', is: [0.9] },
        { at: '/picture/incoming/tiles', is: [null, TILES] },
        { at: '/guardian/sees', is: [['settings']] },
        { at: '/guardian/told_to_teen', is: [true] },
      ],
      tell: [{ moment: 'first-message', codes: ['you-can-say-no'] }],
      host: 'The school’s own groups.',
    },
  ],
};

test('profiles: the schema takes what the engine takes', async (t) => {
  const refused = (profile) => refusal(() => createContacts({ profiles: [profile] }));
  t.diagnostic(`${await compare('profile', [PROFILE], refused)} profiles`);
});

test('every setting of a policy is one of a profile, and its values are those of the policy', async () => {
  const elsewhere = /^\/(version|age_band|contact)/;
  const leaves = (value, at = '') =>
    isObject(value) ? Object.entries(value).flatMap(([name, inner]) => leaves(inner, `${at}/${name}`)) : elsewhere.test(at) ? [] : [[at, value]];
  for (const band of BANDS) {
    for (const [at, value] of leaves(contacts.preset(band))) {
      const profile = { ...PROFILE, bands: [band], clauses: [{ ...PROFILE.clauses[0], settings: [{ at, is: [value] }] }] };
      assert.ok(takes.profile(profile), at);
      assert.equal(await refusal(() => createContacts({ profiles: [profile] })), null);
    }
  }
});

test('what is no setting is none for the schema and for the engine', async () => {
  const refused = [
    ['/version', 'x'], ['/contact', TABLE], ['/contact/0/then/others', 'block'], ['/visibility', contacts.preset('adult').visibility], ['/picture/outgoing/explicit', TILES.explicit], ['/age_band', '16-17'],
    ['', {}], ['version', 'x'], ['/visible', true], ['/visibility/profiles', 'nobody'], ['/picture/outgoing/tiles/explicit/warn', 0.5], ['/contact', []], ['/age_band', 'child'],
  ];
  for (const [at, value] of refused) {
    const profile = { ...PROFILE, clauses: [{ ...PROFILE.clauses[0], settings: [{ at, is: [value] }] }] };
    assert.equal(takes.profile(profile), false, at);
    assert.equal(await refusal(() => createContacts({ profiles: [profile] })), 'policy/profile', at);
  }
});

const FACTS = {
  id: 'c1', kind: 'call', direction: 'incoming', now: '2026-11-22T10:00:00Z',
  self: { age_band: '13-15', age: { range: [13, 14], method: 'guardian', level: 'standard', checked_at: '2026-01-05' } },
  peer: {
    age: { range: [18, 120], method: 'declared', level: 'asserted', checked_at: '2026-01-05T10:00:00+01:00' }, ties: ['contacts', 'guardian'], mutual_contacts: 0, account_age_days: 12,
    country_mismatch: true, reports_by_minors: 0, blocks_by_minors: 0, minors_contacted_recently: 7, device_banned: false,
  },
  history: { user: 'accepted', guardian: 'approved' },
  conversation_level: 'notice',
};

test('facts: the schema takes what the engine takes', async (t) => {
  // A call without the time takes the device's clock; a line of a file has none.
  const refused = (facts) => (facts?.now == null ? 'contact/form' : refusal(() => contacts.decide(facts)));
  t.diagnostic(`${await compare('contact-facts', [FACTS, ...cases], refused)} requests`);
});

test('facts without the time are the schema’s business only where there is no clock', () => {
  const { now, ...undated } = cases[0];
  assert.equal(takes['contact-facts'](undated), false);
  assert.equal(takes['contact-facts']({ ...undated, now: null }), false);
  assert.equal(contacts.decide(undated).decision, contacts.decide({ ...undated, now }).decision);
});

test('what no guardian can have said is refused by both', async () => {
  const denied = { ...FACTS, history: { user: null, guardian: 'denied' } };
  assert.equal(takes['contact-facts'](denied), false);
  assert.equal(await refusal(() => contacts.decide(denied)), 'contact/contradiction');
  const { ties: _, ...stranger } = FACTS.peer;
  assert.ok(takes['contact-facts']({ ...denied, peer: stranger }));
});
