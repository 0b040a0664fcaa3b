// Guardian settings as a host uses them, over restarts, with what happens to files on a device.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before, mock } from 'node:test';
import { pathToFileURL } from 'node:url';

import { dist } from '../support/paths.mjs';

const load = (name) => import(pathToFileURL(join(dist, name)).href);
const { openGuardian, GuardianError } = await load('node-guardian.js');
const { createContacts } = await load('node-contact.js');
const { fileStore } = await load('node-store.js');

const PIN = '294817';
let folder;
before(() => (folder = mkdtempSync(join(tmpdir(), 'pausepoint-guardian-'))));
after(() => rmSync(folder, { recursive: true }));

/** A device with its two places. */
function device(name) {
  const places = [join(folder, name), join(folder, `${name}-anchor`)];
  const pathOf = (record) => join(places[record === 'anchor' ? 1 : 0], `${Buffer.from(`guardian-${record}`).toString('hex')}.list`);
  return {
    start: (options = {}) => openGuardian({ store: fileStore(places[0]), anchor: fileStore(places[1]), manage: true, ...options }),
    read: (record) => readFileSync(pathOf(record)),
    write: (record, bytes) => writeFileSync(pathOf(record), bytes),
    remove: (record) => rmSync(pathOf(record)),
    records: () => places.flatMap((place) => readdirSync(place)),
  };
}

const refused = (code) => (error) => error instanceof GuardianError && error.code === code;

test('set up, changed, and found again by whoever reads only', async () => {
  const { start } = device('set-up');
  const guardian = await start();
  assert.deepEqual(guardian.state, { is: 'not-set-up' });
  assert.equal(await guardian.pinWait(), 0);
  assert.equal(guardian.holds().policy.age_band, 'under-13');
  assert.equal(guardian.holds({ ageBand: '16-17' }).policy.age_band, '16-17');
  const states = [];
  guardian.onChange(({ is }) => states.push(is));
  await assert.rejects(guardian.setUp({ pin: '123456', ageBand: '13-15' }), refused('guardian/pin-weak'));
  const { recovery, pairing } = await guardian.setUp({ pin: PIN, ageBand: '13-15', profiles: ['ofcom-icu'] });
  assert.match(recovery, /^([0-9A-Z]{5}-){4}[0-9A-Z]{5}$/);
  assert.match(pairing, /^([0-9A-Z]{5}-){5}[0-9A-Z]{5}$/);
  await assert.rejects(guardian.setUp({ pin: PIN, ageBand: '13-15' }), refused('guardian/already-set-up'));
  await guardian.change({ pin: PIN }, { change: 'decide', contact: 'anna', label: 'Anna', decision: 'approved' });
  assert.deepEqual(states, ['open', 'open']);

  const reader = await start({ manage: false });
  const { settings, told } = reader.state;
  assert.deepEqual([settings.age_band, settings.revision, settings.approvals[0].label], ['13-15', 2, 'Anna']);
  assert.deepEqual(told.never, ['pictures', 'messages', 'scores', 'hashes', 'help-used', 'journal']);
  await assert.rejects(reader.change({ pin: PIN }, { change: 'end-relaxations' }), refused('guardian/no-worker'));
  const { policy, profiles, decisions, because } = reader.holds();
  assert.deepEqual([policy.age_band, profiles, decisions, because], ['13-15', ['ofcom-icu'], { anna: 'approved' }, ['guardian']]);
  const contacts = await createContacts({ policy, profiles });
  contacts.setGuardianDecisions(decisions);
  const ask = (id) => contacts.decide({ id, kind: 'message' }).decision;
  assert.deepEqual([ask('anna'), ask('bert')], ['allow', 'block']);
  const managed = reader.holds({ managed: { name: 'School', age_band: 'under-13', denied: ['anna'] } });
  assert.deepEqual([managed.policy.age_band, managed.decisions, managed.managedBy], ['under-13', { anna: 'denied' }, 'School']);
});

test('wrong PINs wait, over restarts, and deleting the count makes it worse', async () => {
  const now = Date.now();
  mock.timers.enable({ apis: ['Date'], now });
  const { start, remove, read, write } = device('pins');
  const change = { change: 'set-profiles', profiles: [] };
  await (await start()).setUp({ pin: PIN, ageBand: 'under-13' });
  const fresh = read('attempts');
  for (let i = 0; i < 5; i++) await assert.rejects((await start()).change({ pin: '000001' }, change), refused('guardian/pin-wrong'));
  const wait = async (seconds) => {
    // Asking first is no try, however often.
    for (let i = 0; i < 3; i++) assert.equal(await (await start()).pinWait(), seconds);
    await assert.rejects((await start()).change({ pin: PIN }, change), (error) => {
      assert.deepEqual([error.code, error.waitSeconds], ['guardian/wait', seconds]);
      return true;
    });
  };
  await wait(60);
  mock.timers.setTime(now + 59_000);
  await wait(1);
  mock.timers.setTime(now + 60_000);
  await assert.rejects((await start()).change({ pin: '000001' }, change), refused('guardian/pin-wrong'));
  await wait(300);
  mock.timers.setTime(now - 1_000_000_000);
  await wait(300);
  remove('attempts');
  await wait(3600);
  mock.timers.setTime(now);
  write('attempts', fresh);
  for (let i = 0; i < 9; i++) assert.equal(await (await start()).pinWait(), 0);
  assert.deepEqual(read('attempts'), fresh);
  // What else is wrong costs no try.
  for (let i = 0; i < 9; i++) {
    await assert.rejects((await start()).change({ pin: PIN }, { change: 'set-age-band', age_band: 'adult' }), refused('guardian/not-decided'));
  }
  await (await start()).change({ pin: PIN }, change);
  mock.timers.reset();
});

test('tampered, cut, swapped, rolled back, deleted: the strictest rules hold, and it is said why', async () => {
  const one = device('tampered');
  const other = device('other');
  const guardian = await one.start();
  await guardian.setUp({ pin: PIN, ageBand: '16-17' });
  await (await other.start()).setUp({ pin: PIN, ageBand: '16-17' });
  const first = one.read('file');
  await guardian.change({ pin: PIN }, { change: 'set-profiles', profiles: ['eu-dsa-28'] });
  const [file, anchor] = [one.read('file'), one.read('anchor')];
  const flipped = Buffer.from(file);
  flipped[flipped.indexOf('16-17') + 1] ^= 1;
  for (const [code, spoil] of [
    ['guardian/altered', () => one.write('file', flipped)],
    ['guardian/cut', () => one.write('file', file.subarray(0, -1))],
    ['guardian/swapped', () => one.write('file', other.read('file'))],
    ['guardian/rolled-back', () => one.write('file', first)],
    ['guardian/file-missing', () => one.remove('file')],
    ['guardian/anchor-missing', () => one.remove('anchor')],
    ['guardian/anchor-damaged', () => one.write('anchor', Buffer.from('nonsense'))],
  ]) {
    spoil();
    const opened = await one.start();
    assert.deepEqual(opened.state, { is: 'broken', code });
    const { policy, because } = opened.holds({ ageBand: '16-17' });
    assert.deepEqual([policy.age_band, because], ['under-13', ['settings-broken']], code);
    one.write('file', file);
    one.write('anchor', anchor);
  }
  assert.equal((await one.start()).state.is, 'open');
  one.write('file', first);
  const again = await one.start();
  await assert.rejects(again.reinstate({ pin: '918273' }), refused('guardian/pin-wrong'));
  await again.reinstate({ pin: PIN });
  assert.equal(again.state.is, 'open');
});

test('a forgotten PIN, and a code that is used once', async () => {
  const { start, records } = device('recovery');
  const guardian = await start();
  const { recovery } = await guardian.setUp({ pin: PIN, ageBand: '13-15' });
  const typo = recovery.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'));
  await assert.rejects(guardian.recover(typo, 'new secret'), refused('guardian/typo'));
  const { recovery: next } = await guardian.recover(recovery.toLowerCase().replaceAll('-', ' '), 'new secret');
  const change = { change: 'relax', what: 'pictures', until: new Date(Date.now() + 3600e3).toISOString() };
  await assert.rejects(guardian.change({ pin: PIN }, change), refused('guardian/pin-wrong'));
  await assert.rejects(guardian.recover(recovery, PIN), refused('guardian/recovery-wrong'));
  await guardian.change({ pin: 'new secret' }, change);
  assert.deepEqual(guardian.holds().because, ['guardian', 'pictures-relaxed']);
  assert.ok(new Date(guardian.holds().until) > new Date());
  await guardian.changePin('new secret', PIN);
  await assert.rejects(guardian.end({ recovery }), refused('guardian/recovery-wrong'));
  await guardian.end({ recovery: next });
  assert.deepEqual([guardian.state, records()], [{ is: 'not-set-up' }, []]);
});

test('two devices approve a contact by a code', async () => {
  const teen = await device('teen').start();
  const { pairing } = await teen.setUp({ pin: PIN, ageBand: '13-15' });
  const phone = await openGuardian({ store: fileStore(join(folder, 'phone')) });
  const { code, text } = await teen.ask({ contact: 'u-17', label: 'Zoë from judo', kind: 'connect-request' });
  assert.match(code, /^[0-9A-Z]{8}$/);
  assert.match(text, /^[0-9A-Z $%*+\-./:]+$/, 'alphanumeric, for a small QR code');
  assert.deepEqual(phone.readRequest(text), { code, contact: 'u-17', label: 'Zoë from judo', kind: 'connect-request' });
  const answer = phone.answer(pairing, code, 'approved');
  const wrong = phone.answer(pairing, code.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')), 'approved');
  assert.deepEqual(await teen.accept(code, wrong), { outcome: 'wrong', left: 4 });
  assert.deepEqual(await teen.accept(code, answer.toLowerCase()), { outcome: 'decided', decision: 'approved', contact: 'u-17' });
  await assert.rejects(teen.accept(code, answer), refused('guardian/unknown'));
  assert.deepEqual(teen.holds().decisions, { 'u-17': 'approved' });
  assert.deepEqual(teen.state.byCode, ['u-17']);
  const { pairing: later } = await teen.pair({ pin: PIN });
  assert.notEqual(later, pairing);
  await assert.rejects(teen.ask({ contact: 'u-17', label: 'Zoë', kind: 'call' }), refused('guardian/approved'));
});

test('changes at once come one after another', async () => {
  const guardian = await device('at-once').start();
  await guardian.setUp({ pin: PIN, ageBand: 'under-13' });
  const decide = (contact) => guardian.change({ pin: PIN }, { change: 'decide', contact, label: '', decision: 'denied' });
  await Promise.all(['a', 'b', 'c'].map(decide));
  assert.deepEqual(Object.keys(guardian.holds().decisions).sort(), ['a', 'b', 'c']);
});

test('a store that fails is told, and an error is thrown before anything is believed', async () => {
  const store = fileStore(join(folder, 'failing'));
  await assert.rejects(openGuardian({ store: { ...store, get: () => Promise.reject(new Error('no')) } }), refused('store/not-readable'));
  const guardian = await openGuardian({ store: { ...store, set: () => Promise.reject(new Error('no')) }, manage: true });
  await assert.rejects(guardian.setUp({ pin: PIN, ageBand: '13-15' }), refused('store/failed'));
  assert.deepEqual(guardian.state, { is: 'not-set-up' });
  await assert.rejects(openGuardian({ store, assets: { wasm: join(folder, 'nothing/') } }), refused('assets/wasm-unreachable'));
});
