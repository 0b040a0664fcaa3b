// What the published wasm modules import and contain.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { setFlagsFromString } from 'node:v8';

import { dist, hooked } from '../support/paths.mjs';

// Node 20 reads relaxed SIMD only behind a flag, and computes it wrongly; it need only be read here.
if (Number(process.versions.node.split('.')[0]) < 22) setFlagsFromString('--experimental-wasm-relaxed-simd');

// Errors out, strings in, the reference table: nothing that reaches a network, a clock, storage or the page.
const HARMLESS = [/^__wbindgen_init_externref_table$/, /^__wbg_Error_[0-9a-f]+$/, /^__wbg___wbindgen_throw_[0-9a-f]+$/];

const read = (build) => readFileSync(join(dist, `wasm/${build}.wasm`));

for (const build of ['relaxed', 'simd128', 'portable', 'hash-simd128', 'hash-portable', 'contact']) {
  test(`${build}: imports nothing that could reach the outside`, () => {
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(read(build)));
    for (const { name, kind } of imports) {
      assert.equal(kind, 'function');
      assert.ok(HARMLESS.some((known) => known.test(name)), `imports ${name}`);
    }
  });

  test(`${build}: carries no test hooks and no path of the machine that built it`, () => {
    assert.ok(!hasHooks(read(build)), 'test hooks');
    const bytes = read(build).toString('latin1');
    for (const path of [process.cwd(), process.env.HOME]) assert.ok(!bytes.includes(path), `the path ${path}`);
    assert.ok(!/\/(root|home|Users)\//.test(bytes), 'a home folder');
  });
}

test('the hooks are found where they are, so that the test above can fail', () => {
  for (const build of ['relaxed', 'simd128']) {
    assert.ok(hasHooks(readFileSync(join(hooked, build, 'pausepoint_bg.wasm'))), build);
  }
});

function hasHooks(bytes) {
  return WebAssembly.Module.exports(new WebAssembly.Module(bytes)).some(({ name }) => name === 'compareKernels');
}
