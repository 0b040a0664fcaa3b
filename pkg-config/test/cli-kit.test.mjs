// `pausepoint kit`: arguments, files, exit status.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { kitItem } from '../test-support/kit-items.mjs';
import { load } from '../test-support/load.mjs';

const { run, parseCommand, UsageError, HashError } = await load('cli/run.ts', 'cli/args.ts', 'hash/hash-error.ts');

const directory = mkdtempSync(join(tmpdir(), 'pausepoint-kit-'));
after(() => rmSync(directory, { recursive: true }));

/** A file whose contents are what the fake hasher finds out. */
function file(name, contents = 'picture') {
  const path = join(directory, name);
  writeFileSync(path, contents);
  return path;
}

async function cli(args, { startError, meanwhile } = {}) {
  const seen = { out: '', err: '', hashed: 0, disposed: false };
  const hasher = {
    hash: async (stream) => {
      seen.hashed += 1;
      meanwhile?.();
      let contents = '';
      try {
        for await (const chunk of stream) contents += chunk;
      } catch {
        throw new HashError('source/not-readable');
      }
      const { hashes } = kitItem('', { picture: contents === 'picture' });
      return contents === 'damaged' ? { ...hashes, unhashed: 'damaged' } : hashes;
    },
    dispose: () => (seen.disposed = true),
  };
  seen.status = await run(args, {
    createHasher: async () => {
      if (startError) throw startError;
      return hasher;
    },
    now: () => new Date('2026-11-22T10:30:00Z'),
    version: () => '1.2.3',
    out: (text) => (seen.out += text),
    err: (text) => (seen.err += text),
  });
  return seen;
}

test('arguments', () => {
  assert.deepEqual(parseCommand(['kit', 'a', '--country', 'ie', '--adult', '--names', 'all', '-o', 'b', '--force']), {
    name: 'kit',
    country: 'ie',
    adult: true,
    format: 'html',
    fileNames: 'all',
    output: 'b',
    force: true,
    files: ['a'],
  });
  const format = (...args) => parseCommand(['kit', 'a', ...args]).format;
  assert.deepEqual([format(), format('--format', 'csv'), format('-o', 'k.CSV'), format('-o', 'k.json'), format('-o', 'k.txt')], ['html', 'csv', 'csv', 'json', 'html']);
  assert.equal(format('-o', 'k.csv', '--format', 'json'), 'json');
});

test('wrong usage', async () => {
  const wrong = [
    ['kit'],
    ['kit', '--format', 'pdf', 'a'],
    ['kit', '--country', 'Ireland', 'a'],
    ['kit', '--names', 'some', 'a'],
    ['kit', '--json', 'a'],
    ['kit', '--policy', 'adult', 'a'],
    ['hash', '--country', 'IE', 'a'],
    ['check', '--output', 'b', 'a'],
  ];
  for (const args of wrong) {
    assert.throws(() => parseCommand(args), UsageError, args.join(' '));
    const { status, out, hashed } = await cli(args);
    assert.deepEqual([status, out, hashed], [64, '', 0]);
  }
});

test('printed as page, CSV or JSON; folders are never named', async () => {
  const path = file('beach.jpg');
  const page = await cli(['kit', '--country', 'IE', path]);
  assert.deepEqual([page.status, page.err, page.disposed], [0, '', true]);
  assert.match(page.out, /^<!doctype html>[^]*hotline\.ie[^]*File 1: <bdi>beach\.jpg<\/bdi>[^]*2026-11-22 10:30 UTC/);
  const csv = await cli(['kit', '--format', 'csv', '--names', 'all', path]);
  assert.match(csv.out, /^file,type,[^]*\n"beach\.jpg",pdq,HASH_PDQ,512-nearest,stored,[0-9a-f]{64},87,,\r\n/);
  assert.match(csv.err, /Nothing was sent to anybody/);
  const json = await cli(['kit', '--format', 'json', path]);
  assert.equal(JSON.parse(json.out).files[0].hashes.length, 4);
  for (const { out } of [page, csv, json]) assert.ok(!out.includes('pausepoint-kit-'), 'the folder is named');
});

test('adults get what is for adults', async () => {
  const path = file('a.jpg');
  assert.match((await cli(['kit', path])).out, /Take It Down[^]*StopNCII/);
  assert.match((await cli(['kit', '--adult', path])).out, /StopNCII[^]*Take It Down/);
});

test('a video’s MD5 has its name; a picture that is called a video is none', async () => {
  const { out } = await cli(['kit', '--format', 'csv', file('a.MP4', 'film'), file('b.mp4', 'picture'), file('c.bin', 'film')]);
  assert.deepEqual(out.split('\r\n').filter((line) => line.includes('md5')).map((line) => line.split(',').slice(0, 2).join()), ['"1",video_md5', '"2",md5', '"3",md5']);
});

test('written for its owner only, and never over a file unasked', async () => {
  const [picture, output] = [file('a.jpg'), join(directory, 'kit.csv')];
  const first = await cli(['kit', '--output', output, picture]);
  assert.deepEqual([first.status, first.out], [0, '']);
  assert.match(readFileSync(output, 'utf8'), /^file,type/);
  assert.equal(statSync(output).mode & 0o777, 0o600);

  writeFileSync(output, 'mine');
  const second = await cli(['kit', '--output', output, picture]);
  assert.deepEqual([second.status, second.hashed], [64, 0]);
  assert.match(second.err, /is there already/);
  assert.equal(readFileSync(output, 'utf8'), 'mine');
  assert.equal((await cli(['kit', '--force', '--output', output, picture])).status, 0);
  assert.match(readFileSync(output, 'utf8'), /^file,type/);

  const late = join(directory, 'late.csv');
  assert.equal((await cli(['kit', '--output', late, picture], { meanwhile: () => writeFileSync(late, 'mine') })).status, 64);
  assert.equal(readFileSync(late, 'utf8'), 'mine');

  const dangling = join(directory, 'dangling.csv');
  symlinkSync(join(directory, 'elsewhere'), dangling);
  assert.equal((await cli(['kit', '--output', dangling, picture])).status, 64);
  assert.ok(!existsSync(join(directory, 'elsewhere')));
  assert.equal((await cli(['kit', '--output', join(directory, 'no/folder.csv'), picture])).status, 64);
});

test('not even --force replaces the picture itself', async () => {
  const picture = file('only.jpg');
  const link = join(directory, 'link.jpg');
  symlinkSync(picture, link);
  for (const output of [picture, link]) {
    assert.equal((await cli(['kit', '--force', '--output', output, picture])).status, 64);
  }
  assert.equal(readFileSync(picture, 'utf8'), 'picture');
});

test('what could not be hashed is told, gives status 2, and does not hold up the rest', async () => {
  const { status, out, err } = await cli(['kit', '--format', 'json', file('a.jpg'), join(directory, 'none\u001b.jpg'), file('half.jpg', 'damaged')]);
  assert.equal(status, 2);
  assert.match(err, /none\\u\{1b\}\.jpg: not-readable\n[^]*half\.jpg: damaged\n/);
  assert.deepEqual(JSON.parse(out).files.map(({ hashes }) => hashes.length), [4, 2]);
});

test('without an engine there are still the next steps', async () => {
  const { status, out, err } = await cli(['kit', '--country', 'AU', file('a.jpg')], { startError: new HashError('assets/wasm-unreachable') });
  assert.equal(status, 2);
  assert.match(err, /assets\/wasm-unreachable/);
  assert.match(out, /not your fault[^]*1800 55 1800/);
});
