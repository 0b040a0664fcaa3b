// Signed lists as the command makes them, read by somebody else; and lists in a guard in Node.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';

import { dist, harbour, root } from '../support/paths.mjs';

const OTHER = join(root, 'docs/playground.png');
const { createGuard, GuardError } = await import(pathToFileURL(join(dist, 'node.js')).href);
const { createHasher } = await import(pathToFileURL(join(dist, 'node-hash.js')).href);
const { fileStore } = await import(pathToFileURL(join(dist, 'node-store.js')).href);

let folder;
let trust;
let hashed;
const at = (name) => join(folder, name);
const run = (...args) => spawnSync(process.execPath, [join(dist, 'cli.js'), ...args], { encoding: 'utf8' });
const ok = (...args) => {
  const { status, stdout, stderr } = run(...args);
  assert.equal(status, 0, stderr);
  return stdout;
};

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'pausepoint-lists-'));
  trust = ok('list', 'keygen', '--output', at('key.pem')).trim();
  hashed = JSON.parse(ok('hash', '--json', harbour));
});
after(() => rmSync(folder, { recursive: true }));

/** Makes a list and gives its name. */
function make(name, text, ...options) {
  writeFileSync(at(`${name}.txt`), text);
  const given = ['--key', at('key.pem'), '--name', 'school', '--list-version', '1', '--expires', '30d', '--output', at(name)];
  ok('list', 'build', ...given, ...options, '--force', at(`${name}.txt`));
  return at(name);
}

test('a list is what its description says, and OpenSSL finds its signature right', () => {
  const { hash } = hashed.pdq['full-size'];
  const other = '0123456789abcdef'.repeat(4);
  const list = readFileSync(make('read.list', `${hash},the harbour\n${other}\n`, '--family', 'full-size', '--threshold', '20', '--list-version', '12'));
  const [content, signature] = [list.subarray(0, -64), list.subarray(-64)];
  const name = 'school';
  assert.equal(content.toString('latin1', 0, 8), 'PPHASH\x1a\n');
  assert.deepEqual([8, 48].map((at) => content.readUInt32LE(at)), [1, 2]);
  assert.deepEqual([...content.subarray(12, 14)], [1, 2]);
  assert.deepEqual([14, 52, 54].map((at) => content.readUInt16LE(at)), [20, name.length, 0]);
  const labels = Buffer.from('\x0bthe harbour\x00', 'latin1');
  const long = (at) => Number(content.readBigUInt64LE(at));
  assert.deepEqual([16, 24, 56].map(long), [list.byteLength, 12, labels.byteLength]);
  assert.ok(Math.abs(long(32) - Date.now() / 1000) < 60);
  assert.equal(long(40) - long(32), 30 * 86_400);
  assert.equal(content.toString('hex', 64, 96), trust);
  const rest = Buffer.concat([Buffer.from(name), Buffer.from(hash + other, 'hex'), labels]);
  assert.deepEqual(content.subarray(96), rest);
  const x = Buffer.from(trust, 'hex').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  assert.ok(verify(null, content, key, signature));
  assert.ok(statSync(at('key.pem')).mode.toString(8).endsWith('600'));
});

test('from what hash prints, from CSV and from plain text comes the same', () => {
  const { hash, quality } = hashed.pdq['512-nearest'];
  const texts = [
    `${JSON.stringify(hashed)}\n`,
    `${hash.toUpperCase()}\n`,
    `# a comment\r\n\r\n${hash}\r\n`,
    `\ufeffquality,hash,family\n${quality},${hash},512-nearest\n`,
    `hash,label\n"${hash}",\n`,
  ];
  const hashes = texts.map((text, i) => {
    const list = readFileSync(make(`same${i}.list`, text));
    return list.toString('hex', 96, list.byteLength - 64);
  });
  assert.deepEqual(new Set(hashes), new Set([Buffer.from('school').toString('hex') + hash]));
});

test('a text that is no list is refused, with its line', () => {
  const { hash } = hashed.pdq['512-nearest'];
  const given = ['--key', at('key.pem'), '--name', 'x', '--list-version', '1', '--expires', '30d', '--output', at('never.list')];
  for (const [text, message] of [
    [`${hash}\n${hash.slice(1)}\n`, 'line 2: a hash has 64 hexadecimal digits'],
    [`hash,quality\n${hash},49\n`, 'line 2: the quality is below 50'],
    [`hash,family\n${hash},full-size\n`, 'line 2: the list is of 512-nearest hashes'],
    [`hash,colour\n${hash},red\n`, 'line 1: there is no column "colour"'],
    [`${hash},"open\n`, 'line 1: a quotation mark is missing'],
    [`${hash},a,b\n`, 'line 1: too many fields'],
    ['{"pdq":null}\n', 'line 1: no 512-nearest hash'],
    [`${hash},${'x'.repeat(256)}\n`, 'list/labels'],
  ]) {
    writeFileSync(at('bad.txt'), text);
    const { status, stderr } = run('list', 'build', ...given, at('bad.txt'));
    assert.equal(status, 64);
    assert.ok(stderr.includes(message), `${message}: ${stderr.slice(0, 200)}`);
  }
  for (const [option, value] of [['--expires', 'soon'], ['--expires', '2020-01-01'], ['--list-version', '0'], ['--threshold', '32'], ['--family', 'x'], ['--key', OTHER]]) {
    const args = given.map((arg, i) => (given[i - 1] === option ? value : arg)).concat(given.includes(option) ? [] : [option, value]);
    assert.equal(run('list', 'build', ...args, at('same0.list.txt')).status, 64, `${option} ${value}`);
  }
  assert.ok(!readdirSync(folder).includes('never.list'));
  assert.equal(run('list', 'build', ...given.slice(0, -1), at('same0.list'), at('same0.list.txt')).status, 64, 'never over a file');
});

test('verify and inspect tell a good list from others', () => {
  const list = make('good.list', `${hashed.pdq['512-nearest'].hash}\n`, '--list-version', '5');
  assert.match(ok('list', 'verify', '--trust', trust, list), /whole, rightly signed, in time/);
  const refused = (...args) => {
    const { status, stdout } = run('list', 'verify', '--json', ...args);
    assert.equal(status, 1);
    return JSON.parse(stdout).refused;
  };
  assert.equal(refused('--trust', trust, '--after', '5', list), 'list/older');
  assert.equal(refused('--trust', 'ab'.repeat(32), list), 'list/untrusted');
  const bytes = readFileSync(list);
  writeFileSync(at('cut.list'), bytes.subarray(0, -1));
  assert.equal(refused('--trust', trust, at('cut.list')), 'list/length');
  const flipped = Buffer.from(bytes);
  flipped[110] ^= 1;
  writeFileSync(at('flipped.list'), flipped);
  assert.equal(refused('--trust', trust, at('flipped.list')), 'list/signature');
  const inspected = run('list', 'inspect', '--json', at('flipped.list'));
  assert.equal(inspected.status, 1);
  const { about, signature } = JSON.parse(inspected.stdout);
  assert.deepEqual([about.name, about.version, about.entries, signature], ['school', 5, 1, 'list/signature']);
  assert.equal(run('list', 'inspect', harbour).status, 1);
  assert.equal(run('list', 'verify', list).status, 64);
});

test('match finds pictures, turned ones too where that is asked', () => {
  const list = make('match.list', `${hashed.pdq['512-nearest'].hash},harbour\n`);
  const found = run('match', '--json', '--list', list, '--trust', at('trust.txt'), harbour);
  assert.equal(found.status, 64, 'a key that cannot be read');
  writeFileSync(at('trust.txt'), `${trust}\n`);
  const { status, stdout } = run('match', '--json', '--list', list, '--trust', at('trust.txt'), harbour, OTHER);
  assert.equal(status, 1);
  const [first, second] = stdout.trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(first.matches, [{ label: 'harbour', position: 0, distance: 0, orientation: 'original' }]);
  assert.deepEqual([second.matches, second.unhashed], [[], null]);
  const rotated = JSON.parse(ok('hash', '--json', '--all-orientations', harbour)).orientations['rotate-90'];
  const turned = make('turned.list', `${rotated['512-nearest'].hash}\n`);
  assert.equal(run('match', '--list', turned, '--trust', trust, harbour).status, 0);
  const seen = run('match', '--json', '--all-orientations', '--list', turned, '--trust', trust, harbour);
  assert.deepEqual(JSON.parse(seen.stdout).matches.map(({ distance, orientation }) => [distance, orientation]), [[0, 'rotate-90']]);
  assert.equal(run('match', '--list', turned, '--trust', trust, join(folder, 'nothing')).status, 2);
  assert.match(run('match', '--list', at('same0.list.txt'), '--trust', trust, harbour).stderr, /list\/not-a-list/);
});

test('a guard takes lists, keeps them, and has them again on the next visit', async () => {
  const store = fileStore(at('store'));
  const started = (options = {}) => createGuard({ model: 'small', ageBand: '13-15', trustedIssuers: [trust], store, ...options });
  const picture = readFileSync(harbour);
  const hash = hashed.pdq['512-nearest'].hash;
  const list = (version, text = `${hash},harbour\n`, ...options) =>
    readFileSync(make(`guard${version}.list`, text, '--list-version', `${version}`, ...options));
  {
    const guard = await started();
    assert.equal((await guard.checkImage(picture)).action, 'allow');
    // Made once: a list says when it was issued, to the second.
    const second = list(2);
    assert.equal(await guard.lists.take(second), 'new');
    const verdict = await guard.checkImage(picture);
    assert.deepEqual([verdict.action, verdict.reasons], ['block', ['hash-list']]);
    assert.deepEqual(verdict.listed, [{ list: { issuer: trust }, name: 'school', label: 'harbour', distance: 0, frame: 0 }]);
    assert.equal(await guard.lists.take(second), 'same');
    for (const [bytes, code] of [
      [list(1), 'list/older'],
      [second.subarray(0, -2), 'list/length'],
      [list(2, `${'ab'.repeat(32)}\n`), 'list/changed'],
      [picture, 'list/not-a-list'],
    ]) {
      await assert.rejects(guard.lists.take(bytes), { code });
      assert.deepEqual(guard.lists.inUse.map(({ name, version }) => [name, version]), [['school', 2]]);
    }
    assert.equal((await guard.checkImage(picture)).action, 'block');
    assert.equal(await guard.ownList.add(readFileSync(OTHER), 'playground'), 'new');
    assert.equal(await guard.ownList.add(new Blob([readFileSync(OTHER)]), 'again'), 'known');
    await assert.rejects(guard.ownList.add(picture, 'again'), { code: 'list/name-taken' });
    await assert.rejects(guard.ownList.add(Buffer.from('no picture'), 'x'), { code: 'picture/unknown-format' });
    assert.deepEqual(guard.ownList.names, ['playground', 'again']);
    guard.dispose();
    await assert.rejects(guard.lists.take(list(3)), (error) => error instanceof GuardError && error.code === 'guard/disposed');
  }
  {
    const guard = await started();
    assert.deepEqual(guard.ownList.names, ['playground', 'again']);
    assert.deepEqual((await guard.checkImage(picture)).reasons, ['hash-list']);
    const { reasons, listed } = await guard.checkImage(readFileSync(OTHER));
    assert.equal(reasons[0], 'own-list');
    assert.deepEqual(listed[0], { list: 'own', name: '', label: 'playground', distance: 0, frame: 0 });
    await assert.rejects(guard.lists.take(list(1)), { code: 'list/older' });
    await guard.ownList.remove('playground');
    await guard.ownList.remove('again');
    await assert.rejects(guard.ownList.remove('again'), { code: 'list/unknown' });
    assert.equal((await guard.checkImage(readFileSync(OTHER))).reasons.includes('own-list'), false);
    await guard.lists.drop(trust, 'school');
    assert.equal((await guard.checkImage(picture)).action, 'allow');
    guard.dispose();
  }
  const guard = await started();
  assert.deepEqual([guard.lists.inUse, guard.ownList.names, guard.ownList.problem], [[], [], null]);
  guard.dispose();
});

test('what was kept and is not good any more is told, and the guard starts all the same', async () => {
  const store = fileStore(at('spoilt'));
  const kept = readFileSync(make('spoilt.list', `${hashed.pdq['512-nearest'].hash}\n`));
  kept[100] ^= 1;
  await store.set('list:x', kept);
  await store.set('own', Buffer.from('nonsense'));
  const guard = await createGuard({ model: 'small', trustedIssuers: [trust], store });
  assert.deepEqual(guard.lists.refused, [{ key: 'list:x', code: 'list/signature' }]);
  assert.equal(guard.ownList.problem, 'list/not-a-list');
  assert.deepEqual(await store.get('own-broken'), Buffer.from('nonsense'));
  assert.equal(await guard.ownList.add(readFileSync(harbour), 'harbour'), 'new');
  guard.dispose();
  await assert.rejects(createGuard({ model: 'small', trustedIssuers: ['no key'] }), { code: 'list/key' });
  const broken = { ...store, keys: () => Promise.reject(new Error('no')) };
  await assert.rejects(createGuard({ model: 'small', store: broken }), { code: 'store/not-readable' });
});

test('an engine that is made anew has the lists of the one before it', async () => {
  const guard = await createGuard({ model: 'small', trustedIssuers: [trust] });
  await guard.lists.take(readFileSync(make('anew.list', `${hashed.pdq['512-nearest'].hash}\n`)));
  await guard.ownList.add(readFileSync(OTHER), 'playground');
  // A deadline that nothing can keep ends the worker.
  const late = await guard.checkImage(readFileSync(harbour), { deadlineMs: 1 });
  assert.deepEqual(late.reasons, ['deadline']);
  assert.deepEqual((await guard.checkImage(readFileSync(harbour))).reasons, ['hash-list']);
  assert.equal((await guard.checkImage(readFileSync(OTHER))).reasons[0], 'own-list');
  guard.dispose();
});

test('the tools of pausepoint/hash take any signer', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const issuer = Buffer.from(publicKey.export({ format: 'jwk' }).x, 'base64url').toString('hex');
  const hasher = await createHasher();
  const entries = Array.from({ length: 3 }, (_, i) => ({ hash: `${i}`.repeat(64), label: `number ${i}` }));
  const draft = { issuer, name: 'tools', version: 1, issued: 1000, expires: 2000, family: 'full-size', radius: 31, entries };
  const unsigned = hasher.draftList(draft);
  const bytes = Buffer.concat([unsigned, sign(null, unsigned, privateKey)]);
  assert.throws(() => hasher.openList(bytes, [issuer]), { code: 'list/expired' });
  const list = hasher.openList(bytes, [issuer], 1500);
  assert.deepEqual(list.matches(['1'.repeat(64)])[0], { distance: 0, position: 1, label: 'number 1', hash: 0 });
  list.close();
  assert.throws(() => hasher.draftList({ ...draft, expires: 10 }), { code: 'list/header' });
  assert.throws(() => hasher.draftList({ ...draft, entries: [{ hash: 'x', label: '' }] }), { code: 'list/form' });
  hasher.dispose();
});
