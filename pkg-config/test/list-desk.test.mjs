// What is kept of lists, with an engine and a store that do as they are told.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { load } from '../test-support/load.mjs';

const { ListDesk, GuardError } = await load('client/list-desk.ts', 'client/error.ts');

const LIST = { issuer: 'ab', name: 'school', version: 1 };
const bytesOf = (text) => new TextEncoder().encode(text);
const textOf = (bytes) => new TextDecoder().decode(bytes);

let kept;
let store;
let asked;
/** What the engine answers, or throws. */
let engine;
let desk;

beforeEach(() => {
  kept = new Map();
  store = {
    keys: async () => [...kept.keys()],
    get: async (key) => kept.get(key) ?? null,
    set: async (key, bytes) => void kept.set(key, bytes),
    delete: async (key) => void kept.delete(key),
  };
  asked = [];
  engine = () => ({});
  desk = new ListDesk(async (call) => {
    asked.push(call.what);
    return { done: 'done', error: null, lists: [], names: [], own: new ArrayBuffer(0), ...engine(call) };
  }, store);
});

test('an own list that is broken is put aside, and told', async () => {
  kept.set('own', bytesOf('broken'));
  engine = () => ({ error: 'list/signature' });
  await desk.restore();
  assert.equal(desk.ownList(() => {}).problem, 'list/signature');
  assert.deepEqual([...kept].map(([key, bytes]) => [key, textOf(bytes)]), [['own-broken', 'broken']]);
});

test('an own list that the engine failed on stays where it is', async () => {
  for (const code of ['engine/failed', 'guard/disposed']) {
    kept.set('own', bytesOf('good'));
    engine = () => {
      throw new GuardError(code);
    };
    await assert.rejects(desk.restore(), { code });
    assert.deepEqual([...kept].map(([key, bytes]) => [key, textOf(bytes)]), [['own', 'good']]);
    assert.equal(desk.ownList(() => {}).problem, null);
    await assert.rejects(desk.ownList(() => {}).remove('x'), { code });
    assert.equal(textOf(kept.get('own')), 'good');
  }
});

test('a list that has expired is refused, and every further engine still hears of it', async () => {
  kept.set('list:ab:school', bytesOf('old'));
  engine = () => ({ error: 'list/expired' });
  await desk.restore();
  const lists = desk.issuedLists({});
  assert.deepEqual(lists.refused, [{ key: 'list:ab:school', code: 'list/expired' }]);
  assert.deepEqual(desk.kept.issued.map(({ bytes }) => textOf(bytes)), ['old']);
  // A newer one takes its place.
  engine = () => ({ done: 'new', lists: [LIST] });
  assert.equal(await lists.take(bytesOf('new')), 'new');
  assert.deepEqual(desk.kept.issued.map(({ bytes }) => textOf(bytes)), ['new']);
  assert.equal(textOf(kept.get('list:ab:school')), 'new');
});

test('a list that is refused changes nothing, here and in the store', async () => {
  engine = () => ({ done: 'new', lists: [LIST] });
  const lists = desk.issuedLists({});
  await lists.take(bytesOf('good'));
  engine = () => ({ error: 'list/older', lists: [LIST] });
  await assert.rejects(lists.take(bytesOf('bad')), { code: 'list/older' });
  assert.deepEqual([desk.kept.issued.length, textOf(desk.kept.issued[0].bytes), textOf(kept.get('list:ab:school'))], [1, 'good', 'good']);
});

test('what cannot be kept is told, and counts until the guard ends', async () => {
  store.set = () => Promise.reject(new Error('full'));
  engine = () => ({ done: 'new', names: ['beach'], own: bytesOf('own').buffer });
  const own = desk.ownList(async () => ({ picture: { kind: 'blob', blob: new Blob(['x']) }, transfer: [] }));
  await assert.rejects(own.add('picture', 'beach'), { code: 'store/failed' });
  assert.deepEqual(own.names, ['beach']);
  assert.equal(textOf(desk.kept.own), 'own');
  assert.deepEqual(asked, ['add-own']);
});
