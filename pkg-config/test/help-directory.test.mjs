// packs/help/directory.json: its form, and the review rule of packs/help/README.md.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';

const FOLDER = new URL('../../packs/help/', import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
const directory = read('directory.json');
const { version, groups, emergency, services } = directory;

/** Countries that have entries of their own. */
const COVERED = ['AT', 'AU', 'BE', 'BR', 'CA', 'DE', 'ES', 'FR', 'GB', 'IE', 'IN', 'IT', 'JP', 'MX', 'NL', 'NZ', 'PL', 'PT', 'SE', 'US', 'ZA'];
const MEMBERS = ['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'];

const serves = (service, country) =>
  service.countries.some((name) => name === '*' || name === country || groups[name]?.includes(country));
const forMinors = (service) => service.for !== 'adult' && service.pictured !== 'adult';

function months(from, to) {
  const [one, other] = [new Date(from), new Date(to)];
  return (other.getUTCFullYear() - one.getUTCFullYear()) * 12 + other.getUTCMonth() - one.getUTCMonth() + (other.getUTCDate() - one.getUTCDate()) / 31;
}

test('it has the form of its schema', () => {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
  const valid = ajv.compile(read('directory.schema.json'));
  valid(directory);
  assert.deepEqual(valid.errors ?? [], []);
});

test('the schema refuses what must not get in', () => {
  const valid = new Ajv2020({ strict: true, strictRequired: false }).compile(read('directory.schema.json'));
  const [first] = services;
  const refused = [
    { address: 'http://example.org/' },
    { address: 'javascript:alert(1)' },
    { phone: '0800' },
    { takes: ['call'] },
    { takes: ['call'], phone: 'ask us' },
    { countries: [] },
    { countries: ['UKR'] },
    { verified: 'known' },
    { checked: null },
    { kind: 'advert' },
    { price: '5' },
  ];
  for (const change of refused) {
    assert.equal(valid({ ...directory, services: [{ ...first, ...change }] }), false, JSON.stringify(change));
  }
});

test('no entry is past its review', () => {
  const today = new Date().toISOString().slice(0, 10);
  const overdue = services.filter(({ review_by }) => review_by < today).map(({ id, review_by }) => `${id}: ${review_by}`);
  assert.deepEqual(overdue, [], 'look them up again, as packs/help/README.md says');
});

test('dates are days, and as far apart as the rule allows', () => {
  for (const { id, verified, checked, review_by } of services) {
    for (const day of [version, checked, review_by]) {
      if (day !== null) assert.equal(new Date(day).toISOString().slice(0, 10), day, id);
    }
    assert.ok(checked === null || checked <= version, `${id} was checked after the directory's version`);
    const [from, most] = verified === 'page' ? [checked, 12] : [version, 6];
    assert.ok(months(from, review_by) <= most, `${id} would not be looked at for more than ${most} months`);
  }
});

test('addresses can be opened and are written one way', () => {
  for (const { id, address, source } of services) {
    for (const url of [address, source]) assert.equal(new URL(url).protocol, 'https:', id);
    assert.equal(new URL(address).href, address, id);
  }
});

test('nothing is there twice', () => {
  const unique = (what, values) => assert.deepEqual(values.filter((value, index) => values.indexOf(value) !== index), [], what);
  unique('id', services.map(({ id }) => id));
  unique('name in a country', services.flatMap(({ name, countries }) => countries.map((country) => `${country} ${name}`)));
  unique('address of one kind', services.map(({ kind, address }) => `${kind} ${address}`));
});

test('countries are countries or groups', () => {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  for (const country of [...services.flatMap(({ countries }) => countries), ...Object.keys(emergency), ...Object.values(groups).flat()]) {
    assert.ok(country === '*' || country in groups || names.of(country) !== undefined, country);
  }
  for (const { id, countries } of services) assert.ok(!countries.includes('*') || countries.length === 1, id);
  assert.deepEqual(groups.EU, MEMBERS);
});

test('wherever one is, there is a way to get pictures removed', () => {
  const everywhere = services.filter(({ countries, kind }) => countries.includes('*') && kind === 'removal');
  assert.ok(everywhere.some(forMinors));
  assert.ok(everywhere.some((service) => service.pictured === 'adult'));
});

for (const country of new Set([...COVERED, ...MEMBERS])) {
  test(`${country} has a helpline for minors and an emergency number`, () => {
    const near = services.filter((service) => serves(service, country) && !service.countries.includes('*'));
    assert.ok(near.some((service) => service.kind === 'helpline' && forMinors(service)));
    assert.ok(country in emergency || Object.keys(groups).some((group) => groups[group].includes(country) && group in emergency));
    if (COVERED.includes(country)) assert.ok(near.some(({ countries }) => countries.length === 1), 'no entry of its own');
  });
}
