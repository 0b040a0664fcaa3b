// Contacts as developers use them: the worked cases through the package and through the command, and what is refused.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';

import { dist, root } from '../support/paths.mjs';

const { createContacts, ContactError } = await import(pathToFileURL(join(dist, 'node-contact.js')).href);

const cases = readFileSync(join(root, 'tests/fixtures/contact/cases.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

let folder;
let contacts;
const at = (name) => join(folder, name);
const run = (args, input = '') => spawnSync(process.execPath, [join(dist, 'cli.js'), ...args], { encoding: 'utf8', input });
const lines = (objects) => objects.map((object) => `${JSON.stringify(object)}\n`).join('');

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pausepoint-contact-'));
  contacts = await createContacts();
});
after(() => rmSync(folder, { recursive: true }));

test('the worked cases, in the package as natively', () => {
  assert.ok(cases.length >= 120, `${cases.length} cases`);
  const all = contacts.decideAll(cases.map(({ request }) => request));
  cases.forEach(({ request, decision, rule, missing = [], why }, i) => {
    const answer = contacts.decide(request);
    assert.deepEqual(answer, all[i]);
    assert.deepEqual([answer.id, answer.decision, answer.reasons[0]], [request.id, decision, rule], why);
    for (const fact of missing) assert.ok(answer.missing.includes(fact), `${request.id}: ${fact}`);
  });
});

test('the command prints them as the design says', () => {
  writeFileSync(at('cases.jsonl'), lines(cases.map(({ request }) => request)));
  const { status, stdout, stderr } = run(['contact', '--json', at('cases.jsonl')]);
  assert.equal(status, 1, stderr);
  const printed = stdout.trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(printed.length, cases.length);
  printed.forEach((line, i) => {
    assert.deepEqual(Object.keys(line), ['id', 'decision', 'reasons', 'missing', 'policy_version']);
    assert.deepEqual([line.id, line.decision], [cases[i].request.id, cases[i].decision]);
    assert.ok(line.policy_version.length > 0);
  });
});

test('exit status, standard input, and lines that are no facts', () => {
  const now = '2026-11-22T10:00:00Z';
  const home = { id: 'home', kind: 'message', now, peer: { ties: ['household'] } };
  const stranger = { id: 'stranger', kind: 'message', now };
  assert.equal(run(['contact', '-'], lines([home])).status, 0);
  assert.equal(run(['contact', '-'], lines([home, stranger])).status, 1);
  const bad = [
    ['{"id":"x","kind":"message"', null, 'contact/form'],
    [JSON.stringify({ ...home, now: undefined }), 'home', 'contact/form'],
    [JSON.stringify({ ...home, peer: { mutual_contacts: -1 } }), 'home', 'contact/form'],
    [JSON.stringify({ ...home, peer: { age: { range: [40, 20], method: 'verified', level: 'strict' } } }), 'home', 'contact/age'],
    [JSON.stringify({ ...home, peer: { age: { range: [1, 2], method: 'verified', level: 'strict', checked_at: '2027-01-01' } } }), 'home', 'contact/future'],
    [JSON.stringify({ ...home, peer: { ties: ['guardian'] }, history: { guardian: 'denied' } }), 'home', 'contact/contradiction'],
    [JSON.stringify({ ...home, peer: { ties: Array(1000).fill('household') } }), 'home', 'contact/too-much'],
    ['[]', null, 'contact/form'],
    ['7', null, 'contact/form'],
  ];
  for (const [line, id, code] of bad) {
    const { status, stdout } = run(['contact', '--json', '-'], `\ufeff${JSON.stringify(home)}\r\n\r\n${line}\n`);
    assert.equal(status, 2, line);
    const answers = stdout.trim().split('\n').map((text) => JSON.parse(text));
    assert.equal(answers[0].decision, 'allow');
    const { policy_version: _, ...answer } = answers[1];
    assert.deepEqual(answer, { id, decision: 'block', reasons: [code], missing: [] }, line);
  }
  assert.equal(run(['contact', at('nothing.jsonl')]).status, 2);
  assert.equal(run(['contact']).status, 64);
  assert.equal(run(['contact', '--policy', at('nothing.json'), '-']).status, 64);
  assert.equal(run(['contact', '--profile', 'no-such-profile', '-']).status, 64);
  assert.equal(run(['contact', '--model', 'mid', '-']).status, 64);
  const hostile = run(['contact', '-'], lines([{ ...stranger, id: 'a\u001b[2J\u202eb' }]));
  assert.ok(!/[\u001b\u202e]/.test(hostile.stdout), 'a name cannot move the cursor');
  assert.match(hostile.stdout, /block\n {2}because: grown-stranger, age-unknown\n {2}not known, and could change it: .*peer\.age/);
});

test('a policy decides for its band; facts make somebody younger only', () => {
  const asks = (band) => [{ id: 'a', kind: 'message', now: '2026-11-22T10:00:00Z', self: { age_band: band }, peer: { ties: ['contacts'] } }];
  const decided = (policy, band) => JSON.parse(run(['contact', '--json', '--policy', policy, '-'], lines(asks(band))).stdout).decision;
  assert.deepEqual(['under-13', '13-15', null].map((band) => decided('13-15', band)), ['ask-guardian', 'confirm', 'confirm']);
  assert.deepEqual(['under-13', '13-15', 'adult'].map((band) => decided('under-13', band)), Array(3).fill('ask-guardian'));
  const shown = run(['policy', 'show', '13-15']);
  assert.equal(shown.status, 0, shown.stderr);
  const own = JSON.parse(shown.stdout);
  own.version = 'mine';
  own.contact.find(({ id }) => id === 'grown-with-tie').then.others = 'block';
  writeFileSync(at('mine.json'), JSON.stringify(own));
  const mine = JSON.parse(run(['contact', '--json', '--policy', at('mine.json'), '-'], lines(asks('13-15'))).stdout);
  assert.deepEqual([mine.decision, mine.policy_version], ['block', 'mine']);
  own.contact.pop();
  writeFileSync(at('gap.json'), JSON.stringify(own));
  const gap = run(['policy', 'check', at('gap.json')]);
  assert.equal(gap.status, 64);
  assert.match(gap.stderr, /rules\/gap/);
});

test('a profile makes decisions stricter, tells what to tell, and says which clauses a policy meets', async () => {
  const bare = await createContacts({ ageBand: '16-17' });
  const strict = await createContacts({ ageBand: '16-17', profiles: contacts.profileNames });
  const near = { age: { range: [16, 16], method: 'verified', level: 'strict' }, mutual_contacts: 3 };
  assert.equal(bare.decide({ kind: 'suggestion', peer: near }).decision, 'allow');
  const answer = strict.decide({ kind: 'suggestion', peer: near });
  assert.equal(answer.decision, 'hide');
  for (const name of contacts.profileNames) assert.ok(answer.policy_version.includes(`+${name}@`), answer.policy_version);
  assert.deepEqual(bare.tell('lowering-a-default'), []);
  assert.ok(strict.tell('lowering-a-default').length > 0);
  assert.ok(strict.decide({ kind: 'connect-request', peer: near }).tell.length > 0);
  const everyone = { ...bare.policy(), visibility: { ...bare.policy().visibility, connection_list: 'everyone' } };
  const found = strict.auditPolicy(everyone);
  assert.ok(Object.values(found).flat().some(({ short_of: short }) => short.includes('/visibility/connection_list')));
  assert.equal((await createContacts({ policy: everyone, profiles: ['ofcom-icu'] })).policy().visibility.connection_list, 'nobody');
  const checked = run(['policy', 'check', '--profile', 'ofcom-icu', '16-17']);
  assert.equal(checked.status, 1);
  assert.match(checked.stdout, /ofcom-icu\n.*(met|not met)/s);
  await assert.rejects(createContacts({ profiles: [{ ...contacts.profile('ofcom-icu'), bands: [] }] }), { code: 'policy/profile' });
});

test('lists of contacts', () => {
  const near = { age: { range: [10, 10], method: 'verified', level: 'strict' }, ties: ['household'] };
  const list = [{ id: 'sister', peer: near, extra: undefined }, { id: 'stranger' }, { id: 'wrong', peer: { mutual_contacts: 1.5 } }];
  const { shown, hidden } = contacts.filterSuggestions(list);
  assert.deepEqual(shown, [list[0]]);
  assert.equal(shown[0], list[0], 'as given');
  assert.deepEqual(hidden.map(({ index, reasons }) => [index, reasons[0]]), [[1, 'grown-stranger'], [2, 'contact/form']]);
  const found = contacts.auditConnections(list);
  assert.deepEqual(found.map(({ index, advice }) => [index, advice]), [[1, 'end'], [2, 'review'], [0, 'keep']]);
  const [{ code }] = contacts.decideAll([{ kind: 'nonsense' }]);
  assert.equal(code, 'contact/form');
  const many = Array(10_001).fill({ id: 'a', kind: 'message' });
  for (const ask of ['decideAll', 'filterSuggestions', 'auditConnections']) {
    assert.throws(() => contacts[ask](many), (error) => error instanceof ContactError && error.code === 'contact/too-much');
  }
});

test('what a guardian decided', async () => {
  const own = await createContacts({ ageBand: '13-15' });
  const ask = () => own.decide({ id: 'anna', kind: 'message' }).decision;
  assert.equal(ask(), 'block');
  own.setGuardianDecisions({ anna: 'approved' });
  assert.equal(ask(), 'allow');
  assert.throws(() => own.setGuardianDecisions({ anna: 'perhaps' }), { code: 'options/form' });
  assert.equal(ask(), 'allow', 'what was there holds');
});

test('through a guard', async () => {
  const { createGuard, GuardError } = await import(pathToFileURL(join(dist, 'node.js')).href);
  const without = await createGuard({ model: 'small' });
  assert.throws(() => without.checkContact({ kind: 'message' }), (error) => error instanceof GuardError && error.code === 'contacts/not-given');
  without.dispose();
  const guard = await createGuard({ model: 'small', contacts: await createContacts({ ageBand: '16-17' }) });
  assert.equal(guard.checkContact({ id: 'a', kind: 'message' }).decision, 'quarantine');
  assert.throws(() => guard.checkContact({ kind: 'telepathy' }), (error) => error instanceof ContactError);
  guard.dispose();
  assert.throws(() => guard.checkContact({ kind: 'message' }), { code: 'guard/disposed' });
});

test('a policy with parts that a guard does not read', async () => {
  const { createGuard } = await import(pathToFileURL(join(dist, 'node.js')).href);
  const guard = await createGuard({ model: 'small', policy: contacts.preset('16-17') });
  assert.deepEqual(guard.info().policy.ageBand, '16-17');
  guard.dispose();
  await assert.rejects(createGuard({ model: 'small', policy: { ...contacts.preset('16-17'), nonsense: 1 } }), { code: 'policy/form' });
});

test('what cannot start says why', async () => {
  await assert.rejects(createContacts({ assets: { wasm: at('nothing/') } }), { code: 'assets/wasm-unreachable' });
  writeFileSync(at('contact.wasm'), 'nonsense');
  await assert.rejects(createContacts({ assets: { wasm: `${folder}/` } }), { code: 'assets/wasm-invalid' });
  await assert.rejects(createContacts({ ageBand: '14' }), { code: 'options/form' });
  await assert.rejects(createContacts({ policy: {} }), { code: 'policy/form' });
  await assert.rejects(createContacts({ signal: AbortSignal.abort('no') }), (reason) => reason === 'no');
  for (const nothing of [null, undefined, 7, 'x', [], { kind: 'message', id: 7n }]) assert.throws(() => contacts.decide(nothing), { code: 'contact/form' });
  assert.deepEqual(contacts.filterSuggestions([null]).shown, []);
  const young = await createContacts({ ageBand: '13-15', policy: null });
  assert.equal(young.decide({ kind: 'message', self: { age_band: 'adult' } }).decision, 'block', 'no policy is none');
  await assert.rejects(createContacts({ profiles: ['ofcom-icu', 'ofcom-icu'] }), { code: 'policy/profile' });
  const adult = await createContacts({ ageBand: 'adult' });
  assert.equal(adult.decide({ kind: 'message' }).decision, 'allow');
});
