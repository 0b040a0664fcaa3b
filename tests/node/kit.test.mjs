// `pausepoint kit` as a script would use it, with the real hashes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { parse } from 'csv-parse/sync';

import { dist, harbour } from '../support/paths.mjs';

const folder = mkdtempSync(join(tmpdir(), 'pausepoint-kit-'));
after(() => rmSync(folder, { recursive: true }));

function pausepoint(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(dist, 'cli.js'), ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('the hashes are those of `pausepoint hash`', () => {
  const { pdq, md5, sha256 } = JSON.parse(pausepoint('hash', '--json', harbour).stdout);
  const { status, stdout } = pausepoint('kit', '--format', 'csv', '--names', 'all', harbour);
  assert.equal(status, 0);
  assert.deepEqual(
    parse(stdout, { columns: true }).map(({ file, type, family, hash, quality }) => [file, type, family, hash, quality]),
    [
      ['harbour.jpg', 'pdq', '512-nearest', pdq['512-nearest'].hash, '100'],
      ['harbour.jpg', 'pdq', 'full-size', pdq['full-size'].hash, '100'],
      ['harbour.jpg', 'md5', '', md5, ''],
      ['harbour.jpg', 'sha256', '', sha256, ''],
    ],
  );
});

test('a page into a file, which stays until somebody says otherwise', () => {
  const output = join(folder, 'steps.html');
  assert.deepEqual(pausepoint('kit', '--country', 'NZ', '--output', output, harbour), { status: 0, stdout: '', stderr: '' });
  const page = readFileSync(output, 'utf8');
  assert.match(page, /Netsafe/);
  assert.match(page, /harbour\.jpg/);
  assert.ok(!page.includes(folder));
  writeFileSync(output, 'mine');
  assert.equal(pausepoint('kit', '--output', output, harbour).status, 64);
  assert.equal(readFileSync(output, 'utf8'), 'mine');
});

test('a file that is not there gives status 2, and a kit of the others', () => {
  const { status, stdout, stderr } = pausepoint('kit', '--format', 'json', join(folder, 'nowhere.jpg'), harbour);
  assert.equal(status, 2);
  assert.match(stderr, /nowhere\.jpg: not-readable/);
  assert.equal(JSON.parse(stdout).files.length, 1);
});

test('wrong usage gives status 64', () => {
  for (const args of [['kit'], ['kit', '--country', 'Ireland', harbour], ['kit', '--format', 'pdf', harbour], ['hash', '--adult', harbour]]) {
    assert.equal(pausepoint(...args).status, 64, args.join(' '));
  }
});
