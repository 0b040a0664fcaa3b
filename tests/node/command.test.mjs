// The command `pausepoint`, as a script would use it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';

import { dist, harbour } from '../support/paths.mjs';

const folder = mkdtempSync(join(tmpdir(), 'pausepoint-'));
after(() => rmSync(folder, { recursive: true }));

function pausepoint(args, input) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(dist, 'cli.js'), ...args], { input, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** A policy that warns of every picture. */
function wary() {
  const preset = JSON.parse(readFileSync(join(dist, 'policies/under-13.json')));
  preset.version = 'wary';
  preset.picture.outgoing.explicit = { notice: 0, warn: 0, block: null };
  const path = join(folder, 'wary.json');
  writeFileSync(path, JSON.stringify(preset));
  return path;
}

test('a benign picture is allowed, with status 0', () => {
  const { status, stdout } = pausepoint(['check', '--json', harbour]);
  const line = JSON.parse(stdout);
  assert.equal(status, 0);
  assert.deepEqual(Object.keys(line), ['file', 'action', 'reasons', 'scores', 'risk', 'millis']);
  assert.deepEqual(Object.keys(line.scores), ['drawing', 'hentai', 'neutral', 'porn', 'sexy']);
  assert.equal(line.file, harbour);
  assert.equal(line.action, 'allow');
  assert.deepEqual(line.reasons, []);
  const sum = Object.values(line.scores).reduce((a, b) => a + b);
  assert.ok(Math.abs(sum - 1) < 1e-5);
  assert.ok(Math.abs(line.risk - (line.scores.hentai + line.scores.porn + line.scores.sexy)) < 1e-6);
  assert.ok(line.millis > 0);
});

test('a warning gives status 1', () => {
  const { status, stdout } = pausepoint(['check', '--json', '--policy', wary(), harbour]);
  assert.equal(status, 1);
  assert.equal(JSON.parse(stdout).action, 'warn');
  assert.deepEqual(JSON.parse(stdout).reasons, ['explicit']);
});

test('what cannot be checked gives status 2, also among others', () => {
  const text = join(folder, 'text.jpg');
  writeFileSync(text, 'no picture');
  const { status, stdout } = pausepoint(['check', '--json', harbour, text, join(folder, 'nowhere.png')]);
  const lines = stdout.trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(status, 2);
  assert.deepEqual(lines.map((l) => l.action), ['allow', 'unchecked', 'unchecked']);
  assert.deepEqual(lines.map((l) => l.reasons[0]), [undefined, 'unknown-format', 'not-readable']);
  assert.equal(lines[1].scores, null);
});

test('both models, standard input, and the plain form', () => {
  for (const model of ['mid', 'small']) {
    const { status, stdout } = pausepoint(['check', '--model', model, '--policy', '16-17', '-'], readFileSync(harbour));
    assert.equal(status, 0);
    assert.match(stdout, /allow/);
  }
});

test('hashes, as the services take them', () => {
  const { status, stdout } = pausepoint(['hash', '--json', harbour]);
  const line = JSON.parse(stdout);
  assert.equal(status, 0);
  assert.deepEqual(Object.keys(line), ['file', 'sha256', 'md5', 'pdq', 'upright', 'unhashed']);
  assert.equal(line.sha256, createHash('sha256').update(readFileSync(harbour)).digest('hex'));
  assert.deepEqual(Object.keys(line.pdq), ['512-nearest', 'full-size']);
  for (const { hash, quality } of Object.values(line.pdq)) {
    assert.match(hash, /^[0-9a-f]{64}$/);
    assert.equal(quality, 100);
  }
  const all = JSON.parse(pausepoint(['hash', '--json', '--all-orientations', '-'], readFileSync(harbour)).stdout);
  assert.equal(Object.keys(all.orientations).length, 8);
  assert.deepEqual(all.orientations.original, line.pdq);
  assert.match(pausepoint(['hash', harbour]).stdout, new RegExp(`MD5 +${line.md5}\n  PDQ 512-nearest +${line.pdq['512-nearest'].hash}  quality 100`));
});

test('hashing: a text has its digests, what cannot be read or decoded gives status 2', () => {
  const [text, broken] = ['words.txt', 'half.jpg'].map((name) => join(folder, name));
  writeFileSync(text, 'abc');
  writeFileSync(broken, readFileSync(harbour).subarray(0, 300));
  const words = pausepoint(['hash', '--json', text]);
  assert.equal(words.status, 0);
  assert.deepEqual([JSON.parse(words.stdout).md5, JSON.parse(words.stdout).unhashed], ['900150983cd24fb0d6963f7d28e17f72', 'unknown-format']);
  const { status, stdout } = pausepoint(['hash', '--json', broken, join(folder, 'nowhere.png'), harbour]);
  const lines = stdout.trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(status, 2);
  assert.deepEqual(lines.map((l) => [l.sha256 === null, l.unhashed]), [[false, 'damaged'], [true, 'not-readable'], [false, null]]);
});

test('wrong usage gives status 64 and says how', () => {
  for (const args of [[], ['check'], ['chekc', harbour], ['check', '--model', 'large', harbour], ['check', '--frobnicate', harbour], ['check', '--policy', '12', harbour], ['hash'], ['hash', '--policy', 'adult', harbour], ['check', '--all-orientations', harbour]]) {
    const { status, stdout, stderr } = pausepoint(args);
    assert.equal(status, 64, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, /usage|policy/i);
  }
});
