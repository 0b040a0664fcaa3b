// Bad files through the package in Node: every one answered as expected, and the guard goes on working.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';

import { corpus, dist, harbour } from '../support/paths.mjs';

const { createGuard } = await import(pathToFileURL(join(dist, 'node.js')).href);
const expected = Object.entries(JSON.parse(readFileSync(join(corpus, 'broken.json'))));

test('bad files are unchecked or judged, never more', async () => {
  assert.ok(expected.length >= 40);
  const guard = await createGuard({ ageBand: 'under-13' });
  try {
    for (const [name, expect] of expected) {
      const verdict = await guard.checkImage(readFileSync(join(corpus, 'broken', name)));
      if (verdict.action === 'unchecked') {
        assert.equal(verdict.fallback, 'block', name);
        assert.notEqual(verdict.reasons[0], 'worker-failed', name);
        assert.notEqual(verdict.reasons[0], 'deadline', name);
        assert.ok(['either', verdict.reasons[0]].includes(expect), `${name}: ${verdict.reasons[0]}, not ${expect}`);
      } else {
        assert.ok(['either', 'judged'].includes(expect), `${name} was judged`);
      }
    }
    assert.equal((await guard.checkImage(readFileSync(harbour))).action, 'allow');
    assert.equal((await guard.diagnostics()).workersStarted, 1);
  } finally {
    guard.dispose();
  }
});
