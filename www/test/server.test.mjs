// The static server: what it gives, what it refuses, and with which headers.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { serve } from '../server.mjs';

let folder;
let server;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pausepoint-server-'));
  const root = join(folder, 'site');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  symlinkSync(join(folder, 'secret.txt'), join(root, 'link.txt'));
  writeFileSync(join(root, 'index.html'), '<!doctype html>');
  writeFileSync(join(root, 'manifest.webmanifest'), '{}');
  for (const name of ['a.wasm', 'a.ppmodel', 'a.js']) writeFileSync(join(root, 'assets', name), name);
  server = await serve({ root, port: 0, overrides: new Map([['/assets/swapped.wasm', join(folder, 'secret.txt')]]) });
});
after(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

// Not fetch, which would tidy the path up before sending it.
function ask(path, method = 'GET') {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part) => (body += part));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    });
    sent.on('error', reject).end();
  });
}

test('files have their types, and every answer the policy', async () => {
  const types = {
    '/': 'text/html; charset=utf-8',
    '/assets/a.wasm': 'application/wasm',
    '/assets/a.ppmodel': 'application/octet-stream',
    '/assets/a.js': 'text/javascript; charset=utf-8',
    '/manifest.webmanifest': 'application/manifest+json; charset=utf-8',
    '/missing': 'text/plain; charset=utf-8',
  };
  for (const [path, type] of Object.entries(types)) {
    const { status, headers } = await ask(path);
    assert.equal(status, path === '/missing' ? 404 : 200, path);
    assert.equal(headers['content-type'], type, path);
    assert.match(headers['content-security-policy'], /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.match(headers['permissions-policy'], /camera=\(self\)/);
  }
});

test('nothing outside the folder is given', async () => {
  for (const path of ['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/../../secret.txt', '/link.txt']) {
    const { status, body } = await ask(path);
    assert.equal(status, 404, path);
    assert.doesNotMatch(body, /secret/, path);
  }
  assert.equal((await ask('/%00')).status, 400);
  assert.equal((await ask('/%zz')).status, 400);
  assert.equal((await ask('/assets')).status, 404);
});

test('only reading is allowed', async () => {
  const head = await ask('/assets/a.js', 'HEAD');
  assert.deepEqual([head.status, head.headers['content-length'], head.body], [200, '4', '']);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) assert.equal((await ask('/', method)).status, 405);
});

test('tests can swap a file', async () => {
  assert.equal((await ask('/assets/swapped.wasm')).body, 'secret');
});
