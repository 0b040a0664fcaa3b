// Conversations as developers use them: through the package and through the command.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';

import { dist, root } from '../support/paths.mjs';

const { createMessages, createPackTools, MessageError } = await import(pathToFileURL(join(dist, 'node-messages.js')).href);
const { createGuard } = await import(pathToFileURL(join(dist, 'node.js')).href);
const { fileStore } = await import(pathToFileURL(join(dist, 'node-store.js')).href);

const THREAT = 'send me 200 in gift cards by tonight or i post your pics to all your followers';

let folder;
let messages;
const at = (name) => join(folder, name);
const run = (args, input = '') => spawnSync(process.execPath, [join(dist, 'cli.js'), ...args], { encoding: 'utf8', input });
const lines = (objects) => objects.map((object) => `${JSON.stringify(object)}\n`).join('');
const refused = (code) => (error) => error instanceof MessageError && error.code === code;
const turns = (...texts) => texts.map((text, i) => ({ from: 'peer', text, t_min: i }));

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pausepoint-messages-'));
  messages = await createMessages({ ageBand: '13-15' });
});
after(() => rmSync(folder, { recursive: true }));

test('a conversation, from hello to threat', () => {
  messages.meet('p1', { known: false, claimed_age: 17, relation: 'stranger' });
  assert.deepEqual(messages.check('p1', { from: 'peer', text: 'hey how was the match' }), {
    level: null,
    raised: false,
    reasons: [],
    pattern: null,
    advice: [],
    cut: false,
  });
  const outlook = messages.check('p1', { from: 'peer', text: THREAT, at: new Date() });
  assert.deepEqual([outlook.level, outlook.raised, outlook.pattern, outlook.advice[1]], ['warn', true, 'sextortion', 'do-not-pay']);
  assert.equal(messages.level('p1'), 'warn');
  assert.equal(messages.check('p1', { from: 'self', text: 'please stop' }).raised, false);
  const state = messages.state('p1');
  assert.ok(state.length <= 4096 && !Buffer.from(state).includes('gift'));
  messages.restore('p2', state);
  assert.equal(messages.level('p2'), 'warn');
  messages.forget('p1');
  assert.equal(messages.level('p1'), null);
  assert.equal(messages.state('p1'), null);
});

test('each language by its pack, and all together', async () => {
  const said = {
    en: THREAT,
    es: 'mándame 200 euros antes de medianoche o subo tus fotos y las ven todos tus seguidores',
    de: 'schick mir bis mitternacht 200 euro oder ich schicke deine bilder an alle deine follower',
    fr: 'envoie moi 200 euros avant minuit ou je balance tes photos à tous tes abonnés',
  };
  for (const [language, text] of Object.entries(said)) {
    const only = await createMessages({ ageBand: '13-15', languages: [language] });
    for (const engine of [only, messages]) {
      const { level } = engine.check(`said-${language}`, { from: 'peer', text });
      assert.ok(level === 'caution' || level === 'warn', `${language}: ${level}`);
    }
  }
  const english = await createMessages({ languages: ['en'] });
  assert.equal(english.check('p', { from: 'peer', text: said.de }).level, null);
});

test('explanations count as JavaScript does', () => {
  const text = '🙂🙂 dont tell your parents';
  const spans = messages.explain({ from: 'peer', text });
  assert.ok(spans.some(({ signal, start, end }) => signal === 'secrecy' && text.slice(start, end).startsWith('dont tell')), JSON.stringify(spans));
  assert.equal(messages.level('nobody'), null);
});

test('details before they go out', () => {
  assert.deepEqual(messages.beforeSending('new', 'its 087 123 4567'), { action: 'warn', details: ['phone-number'] });
  assert.deepEqual(messages.beforeSending('new', 'see you'), { action: 'allow', details: [] });
  messages.meet('friend', { known: true });
  assert.equal(messages.beforeSending('friend', 'its 087 123 4567').action, 'allow');
});

test('what is no message is an error, and what is no text is none', () => {
  for (const [code, work] of [
    ['message/peer', () => messages.check('', { from: 'peer', text: 'hi' })],
    ['message/peer', () => messages.check('é'.repeat(129), { from: 'peer', text: 'hi' })],
    ['message/form', () => messages.check('p', { from: 'them', text: 'hi' })],
    ['message/form', () => messages.check('p', { from: 'peer', text: undefined })],
    ['message/form', () => messages.check('p', { from: 'peer', text: 'hi', at: new Date(NaN) })],
    ['message/form', () => messages.check(7, { from: 'peer', text: 'hi' })],
    ['message/form', () => messages.picture('p', 'lost')],
    ['message/form', () => messages.meet('p', [])],
    ['message/state', () => messages.restore('p', new Uint8Array(3))],
  ]) {
    assert.throws(work, refused(code), code);
  }
  // Halves of characters, which JavaScript allows.
  for (const text of ['\ud83d', 'a\udc00b', '\ud83d\ud83d\ude00', `dont tell\ud800 your mum`]) {
    assert.equal(typeof messages.check('odd', { from: 'peer', text }).raised, 'boolean');
    for (const { start, end } of messages.explain({ from: 'peer', text })) assert.ok(start < end && end <= text.length);
  }
  const long = messages.check('long', { from: 'peer', text: 'dont tell anyone '.repeat(60_000) });
  assert.equal(long.cut, true);
});

test('options that are none', async () => {
  await assert.rejects(createMessages({ languages: [] }), refused('options/form'));
  await assert.rejects(createMessages({ languages: ['tlh'] }), refused('options/form'));
  await assert.rejects(createMessages({ ageBand: 'old' }), refused('options/form'));
  await assert.rejects(createMessages({ trustedIssuers: ['abc'] }), refused('pack/key'));
  await assert.rejects(createMessages({ assets: { packs: `${folder}/` } }), refused('assets/pack-unreachable'));
  await assert.rejects(createMessages({ assets: { wasm: at('none.wasm') } }), refused('assets/wasm-unreachable'));
  await assert.rejects(createMessages({ signal: AbortSignal.abort(new Error('enough')) }), /enough/);
  const policy = JSON.parse(readFileSync(join(dist, 'policies/13-15.json'), 'utf8'));
  const off = await createMessages({ policy: { ...policy, message: { sensitivity: 'off', outgoing_details: 'allow' } } });
  assert.equal(off.check('p', { from: 'peer', text: THREAT }).level, null);
  assert.equal(off.count, 0);
});

test('a guard asks the messages that it was given, and tells them of pictures', async () => {
  const own = await createMessages({ ageBand: '13-15' });
  const guard = await createGuard({ ageBand: '13-15', messages: own });
  assert.equal(guard.checkMessage('p', { from: 'peer', text: THREAT }).level, 'warn');
  const bare = await createGuard({ ageBand: '13-15' });
  assert.throws(() => bare.checkMessage('p', { from: 'peer', text: 'hi' }), { code: 'messages/not-given' });
  bare.dispose();
  guard.dispose();
  assert.throws(() => guard.checkMessage('p', { from: 'peer', text: 'hi' }), { code: 'guard/disposed' });
});

test('the command says at which turn to speak up', () => {
  const conversations = [
    { id: 'a', self: { age_band: '13-15' }, peer: { known: false }, turns: turns('hi', 'how was the match', THREAT, 'well?') },
    { id: 'b', turns: turns('hi', 'see you tomorrow') },
    { turns: [] },
  ];
  writeFileSync(at('talk.jsonl'), lines(conversations));
  const { status, stdout, stderr } = run(['messages', '--json', at('talk.jsonl')]);
  assert.equal(status, 1, stderr);
  const [a, b, none] = stdout.trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual([a.id, a.alerts.length, a.alerts[0].turn, a.alerts[0].level], ['a', 1, 2, 'warn']);
  assert.ok(a.alerts[0].reasons.includes('threat-to-share'));
  assert.deepEqual([b, none], [{ id: 'b', alerts: [] }, { id: null, alerts: [] }]);
  const plain = run(['messages', '-'], lines(conversations));
  assert.match(plain.stdout, /^a:\n {2}turn 2: warn: .*\nb: nothing to say\n\(no id\): nothing to say\n$/);
  assert.equal(run(['messages', '-'], lines(conversations.slice(1))).status, 0);
  assert.equal(run(['messages', '--lang', 'de', '-'], lines(conversations)).status, 0, 'German sees no English');
  assert.equal(run(['messages', '--lang', 'xx', '-']).status, 64);
  assert.equal(run(['messages', '--policy', 'adult', '--json', '-'], lines(conversations)).status, 1);
});

test('the command never reads what is for scoring, and a turn never what comes after it', () => {
  const plain = { self: { age_band: '13-15' }, peer: { known: false }, turns: turns('hi', 'dont tell your parents about us', 'send me a selfie just for me', THREAT) };
  const answer = (conversation) => JSON.parse(run(['messages', '--json', '-'], lines([conversation])).stdout).alerts;
  const alerts = answer(plain);
  assert.ok(alerts.length > 0);
  for (const extra of [
    { label: 'benign', family: 'dark-humour', warn_by_turn: null, note: 'scam lesson', id: 'en-b-001', lang: 'fr' },
    { label: 'risky', family: 'financial-sextortion', warn_by_turn: 0, note: 'x', id: 'en-r-001', lang: 'en' },
  ]) {
    assert.deepEqual(answer({ ...plain, ...extra }), alerts);
  }
  for (let length = 0; length < plain.turns.length; length += 1) {
    const shorter = answer({ ...plain, turns: plain.turns.slice(0, length) });
    assert.deepEqual(shorter, alerts.filter(({ turn }) => turn < length));
  }
});

test('lines that are none', () => {
  const { status, stdout } = run(['messages', '--json', '-'], 'nonsense\n[]\n{"id":"x","turns":[7]}\n{"id":"y","turns":[{"from":"them","text":"hi"}]}\n{"id":"z","turns":[{"from":"peer"}]}\n');
  assert.equal(status, 2);
  const printed = stdout.trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(printed.map(({ id, error }) => [id, error]), [
    [null, 'message/form'],
    [null, 'message/form'],
    ['x', 'message/form'],
    ['y', 'message/form'],
    ['z', 'message/form'],
  ]);
  assert.equal(run(['messages', at('none.jsonl')]).status, 2);
});

test('a pack from rules to a device', async () => {
  const key = at('issuer.pem');
  const issuer = run(['list', 'keygen', '--output', key]).stdout.trim();
  const source = 'pack en\nclass fruit\n  lemon* "passion fruit"\nrule code picture-request strong\n  when send 2 <fruit>\nrule hush secrecy strong\n  when "under the tree"\n';
  writeFileSync(at('codes.pack'), source);
  const build = (version, ...more) =>
    run(['pack', 'build', '--key', key, '--name', 'codes', '--pack-version', `${version}`, '--expires', '30d', '--output', at(`codes-${version}.pppack`), ...more, at('codes.pack')]);
  assert.equal(build(1).status, 0, build(1).stderr);
  assert.equal(build(2).status, 0);
  const inspected = JSON.parse(run(['pack', 'inspect', '--json', at('codes-2.pppack')]).stdout);
  assert.deepEqual([inspected.about.name, inspected.about.language, inspected.about.version, inspected.about.rules, inspected.signature], ['codes', 'en', 2, 2, null]);
  assert.match(run(['pack', 'inspect', at('codes-2.pppack')]).stdout, /^name {7}codes\n/);
  const verify = (...args) => run(['pack', 'verify', '--trust', ...args]);
  assert.equal(verify(issuer, at('codes-2.pppack')).status, 0);
  assert.equal(verify('0'.repeat(64), at('codes-2.pppack')).status, 1);
  assert.match(verify(issuer, '--after', '2', at('codes-2.pppack')).stdout, /pack\/older/);

  const store = fileStore(at('store'));
  const text = 'send me some lemonade, meet under the tree';
  const engine = await createMessages({ ageBand: '13-15', trustedIssuers: [issuer], store });
  assert.equal(engine.check('before', { from: 'peer', text }).level, null);
  assert.equal(await engine.packs.take(readFileSync(at('codes-2.pppack'))), 'new');
  assert.notEqual(engine.check('after', { from: 'peer', text }).level, null);
  await assert.rejects(engine.packs.take(readFileSync(at('codes-1.pppack'))), refused('pack/older'));
  await assert.rejects((await createMessages()).packs.take(readFileSync(at('codes-2.pppack'))), refused('pack/untrusted'));
  await assert.rejects(engine.packs.take(new Uint8Array(100)), refused('pack/not-a-pack'));

  const next = await createMessages({ ageBand: '13-15', trustedIssuers: [issuer], store });
  assert.deepEqual(next.packs.inUse.map(({ name, version }) => [name, version]), [['codes', 2]]);
  assert.notEqual(next.check('p', { from: 'peer', text }).level, null);
  await next.packs.drop(issuer, 'codes');
  assert.equal(next.check('q', { from: 'peer', text }).level, null);
  assert.deepEqual(await store.keys(), []);
  await assert.rejects(next.packs.drop(issuer, 'codes'), refused('pack/unknown'));

  writeFileSync(at('codes.pack'), source.replace('<fruit>', '<nuts>'));
  const wrong = build(3);
  assert.equal(wrong.status, 64);
  assert.match(wrong.stderr, /line 5: pack\/class|line 4: pack\/class/);
  assert.throws(() => 0 || rmSync(at('codes-3.pppack')), { code: 'ENOENT' });
  const tools = await createPackTools();
  assert.throws(() => tools.draftPack({ issuer, name: 'n', version: 0, issued: 1, expires: 2, source }), refused('pack/header'));
});

test('the conversations that others invented, through the command', (t) => {
  const data = join(root, '../shared/data/conversations');
  if (!existsSync(data)) return t.skip('no ../shared/data/conversations here');
  for (const language of ['en', 'es', 'de', 'fr']) {
    const files = ['dev', 'dev2'].map((set) => join(data, `${set}_${language}.jsonl`));
    const { stdout } = run(['messages', '--json', ...files]);
    const alerts = new Map(stdout.trim().split('\n').map((line) => JSON.parse(line)).map((line) => [line.id, line.alerts]));
    const all = files.flatMap((file) => readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line)));
    const cautions = ({ id }) => alerts.get(id).filter(({ level }) => level !== 'notice');
    const risky = all.filter(({ label }) => label === 'risky');
    const inTime = risky.filter((one) => cautions(one).some(({ turn }) => turn <= one.warn_by_turn));
    const benign = all.filter(({ label }) => label === 'benign');
    const alarmed = benign.filter((one) => cautions(one).length > 0);
    assert.ok(inTime.length >= 0.9 * risky.length, `${language}: ${inTime.length} of ${risky.length} risky ones`);
    assert.ok(alarmed.length <= 0.03 * benign.length, `${language}: ${alarmed.length} of ${benign.length} harmless ones`);
  }
});
