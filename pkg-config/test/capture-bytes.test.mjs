// How files and bytes are taken.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from '../test-support/load.mjs';

const { captureBytes } = await load('client/capture-bytes.ts');
const LIMITS = { maxBytes: 4 };
const contents = ({ picture }) => [...new Uint8Array(picture.bytes)];

test('bytes are copied: the caller keeps its buffer and may write to it', () => {
  const mine = Uint8Array.of(1, 2, 3);
  const captured = captureBytes(mine.buffer, LIMITS);
  mine[0] = 9;
  assert.deepEqual(contents(captured), [1, 2, 3]);
  assert.deepEqual(captured.transfer, [captured.picture.bytes]);
});

test('of a view only its part is taken, whatever its element type', () => {
  const { buffer } = Uint8Array.of(1, 2, 3, 4, 5, 6);
  assert.deepEqual(contents(captureBytes(new Uint8Array(buffer, 2, 3), LIMITS)), [3, 4, 5]);
  assert.deepEqual(contents(captureBytes(new DataView(buffer, 1, 2), LIMITS)), [2, 3]);
  assert.deepEqual(contents(captureBytes(new Uint16Array(buffer, 2, 2), LIMITS)), [3, 4, 5, 6]);
  assert.deepEqual(contents(captureBytes(Buffer.from(buffer, 4), LIMITS)), [5, 6]);
});

test('shared memory is copied out of', () => {
  const shared = new Uint8Array(new SharedArrayBuffer(2));
  assert.ok(captureBytes(shared, LIMITS).picture.bytes instanceof ArrayBuffer);
});

test('too many bytes are not copied', () => {
  assert.deepEqual(captureBytes(new Uint8Array(5), LIMITS), { unchecked: 'too-many-bytes' });
  assert.equal(contents(captureBytes(new Uint8Array(4), LIMITS)).length, 4);
});

test('blobs are passed on unread', () => {
  const blob = new Blob(['abc']);
  assert.equal(captureBytes(blob, LIMITS).picture.blob, blob);
});

test('anything else is not bytes', () => {
  for (const value of ['abc', 3, null, undefined, {}, [], () => {}]) assert.equal(captureBytes(value, LIMITS), null);
});
