// The command line: arguments, output and exit status.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { load } from '../test-support/load.mjs';

const { run, parseCommand, UsageError, GuardError } = await load('cli/run.ts', 'cli/args.ts', 'node/index.ts');

const directory = mkdtempSync(join(tmpdir(), 'pausepoint-cli-'));
after(() => rmSync(directory, { recursive: true }));

/** A file whose contents are the action that the fake guard gives it. */
function file(action, name = `${action}.jpg`) {
  const path = join(directory, name);
  writeFileSync(path, action);
  return path;
}

const SCORES = { drawing: 0.1, hentai: 0, neutral: 0.9, porn: 0, sexy: 0 };

async function cli(args, { startError } = {}) {
  const seen = { out: '', err: '', options: null, disposed: false };
  const guard = {
    info: () => ({ limits: { maxBytes: 20 } }),
    checkImage: async (bytes) => {
      const action = new TextDecoder().decode(bytes);
      seen.read = bytes.byteLength;
      return { action, reasons: ['a-reason'], scores: SCORES, risk: 0, fallback: null, hostDecode: false, model: 'mid', millis: 12.3 };
    },
    dispose: () => (seen.disposed = true),
  };
  seen.status = await run(args, {
    createGuard: async (options) => {
      seen.options = options;
      if (startError) throw startError;
      return guard;
    },
    version: () => '1.2.3',
    out: (text) => (seen.out += text),
    err: (text) => (seen.err += text),
  });
  return seen;
}

test('arguments', () => {
  assert.deepEqual(parseCommand(['check', 'a', '-', '--json', '--model', 'small', '--policy=16-17', '--', '--b']), {
    name: 'check',
    json: true,
    policy: '16-17',
    model: 'small',
    files: ['a', '-', '--b'],
  });
  assert.deepEqual(parseCommand(['check', 'a', '--policy', './p.json']), {
    name: 'check',
    json: false,
    policy: { file: './p.json' },
    model: 'mid',
    files: ['a'],
  });
  assert.deepEqual(parseCommand(['check', '--help']), { name: 'help' });
  assert.deepEqual(parseCommand(['--version']), { name: 'version' });
});

test('wrong usage is told on standard error, with status 64', async () => {
  const wrong = [[], ['look', 'a'], ['check'], ['check', '--fast', 'a'], ['check', '--model', 'big', 'a'], ['check', '--json=1', 'a']];
  for (const args of wrong) {
    assert.throws(() => parseCommand(args), UsageError, args.join(' '));
    const { status, out, err } = await cli(args);
    assert.equal(status, 64);
    assert.equal(out, '');
    assert.match(err, /^pausepoint: .*\n\nUsage:/);
  }
});

test('help and version start no engine', async () => {
  for (const [flag, text] of [
    ['--help', /^Usage:/],
    ['--version', /^1\.2\.3\n$/],
  ]) {
    const { status, out, options } = await cli([flag]);
    assert.equal(status, 0);
    assert.match(out, text);
    assert.equal(options, null);
  }
});

test('exit status', async () => {
  const status = async (...actions) => (await cli(['check', ...actions.map((action) => file(action))])).status;
  assert.equal(await status('allow'), 0);
  assert.equal(await status('allow', 'notice'), 0);
  assert.equal(await status('allow', 'warn'), 1);
  assert.equal(await status('block', 'allow'), 1);
  assert.equal(await status('unchecked', 'allow'), 2);
  assert.equal(await status('block', 'unchecked', 'warn'), 2);
});

test('--json gives one object a line with the keys that are promised', async () => {
  const paths = [file('allow'), file('block')];
  const { out, disposed } = await cli(['check', '--json', ...paths]);
  const lines = out.trimEnd().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(lines[1], { file: paths[1], action: 'block', reasons: ['a-reason'], scores: SCORES, risk: 0, millis: 12.3 });
  assert.deepEqual(Object.keys(lines[0]), ['file', 'action', 'reasons', 'scores', 'risk', 'millis']);
  assert.ok(disposed, 'or the program would not end');
});

test('people get action, reasons, scores and time', async () => {
  const { out } = await cli(['check', file('warn')]);
  assert.match(out, /warn\.jpg: warn \(a-reason\)\n {2}drawing 0\.100 .* sexy 0\.000 {2}risk 0\.000 {2}12 ms\n$/);
});

test('a file name cannot speak to the terminal', async () => {
  const { out } = await cli(['check', file('allow', 'a\x1b[31m\u202eb.jpg')]);
  assert.ok(out.includes('a\\u{1b}[31m\\u{202e}b.jpg'));
});

test('a file that cannot be read is unchecked, and the others are still looked at', async () => {
  const { out, status } = await cli(['check', '--json', join(directory, 'none.jpg'), directory, file('allow')]);
  const actions = out.trimEnd().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(
    actions.map(({ action, reasons }) => `${action} ${reasons[0]}`),
    ['unchecked not-readable', 'unchecked not-readable', 'allow a-reason'],
  );
  assert.equal(status, 2);
});

test('of a file over the limit only so much is read as shows it', async () => {
  assert.equal((await cli(['check', file('x'.repeat(1000), 'large.jpg')])).read, 21);
});

test('policy: a band or a file', async () => {
  assert.deepEqual((await cli(['check', file('allow')])).options, { ageBand: 'under-13', model: 'mid' });
  assert.deepEqual((await cli(['check', '--policy', 'adult', file('allow')])).options, { ageBand: 'adult', model: 'mid' });
  const policy = file('{"version":"mine"}', 'policy.json');
  assert.deepEqual((await cli(['check', '--policy', policy, file('allow')])).options, {
    policy: { version: 'mine' },
    model: 'mid',
  });
});

test('a policy that cannot be used is wrong usage', async () => {
  for (const policy of [join(directory, 'none.json'), file('not json', 'bad.json'), file('3', 'three.json')]) {
    assert.equal((await cli(['check', '--policy', policy, file('allow')])).status, 64);
  }
  const refused = { startError: new GuardError('policy/invalid') };
  assert.equal((await cli(['check', '--policy', file('{}', 'empty.json'), file('allow')], refused)).status, 64);
});

test('without an engine nothing was looked at, and that is said', async () => {
  const { out, err, status } = await cli(['check', file('allow')], { startError: new GuardError('assets/model-unreachable') });
  assert.match(out, /: unchecked \(not-ready\)\n$/);
  assert.match(err, /assets\/model-unreachable/);
  assert.equal(status, 2);
});

test('strip wants one picture and an output, and writes nothing where it is refused', async () => {
  const wanted = { name: 'strip', json: false, output: 'b.jpg', force: false, file: 'a.jpg' };
  assert.deepEqual(parseCommand(['strip', 'a.jpg', '-o', 'b.jpg']), wanted);
  assert.deepEqual(parseCommand(['strip', '--json', '--force', 'a.jpg', '--output=b.jpg']), { ...wanted, json: true, force: true });
  for (const wrong of [['strip'], ['strip', 'a'], ['strip', 'a', 'b', '-o', 'c'], ['strip', 'a', '-o', 'c', '--model', 'mid']]) {
    assert.throws(() => parseCommand(wrong), UsageError);
  }
});
