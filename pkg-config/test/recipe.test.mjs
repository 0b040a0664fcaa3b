// Which build is chosen, where the parts come from, what the engine is told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from '../test-support/load.mjs';

const { detectBuild, recipeOf } = await load('client/builds.ts', 'client/recipe.ts');

const BESIDE = {
  wasm: (build) => new URL(`https://app.example/js/${build}.wasm`),
  model: (model) => new URL(`https://app.example/js/${model}.ppmodel`),
};
const resolve = (asset) => new URL(asset, 'https://app.example/page/').href;
const recipe = (options, build = 'simd128') => recipeOf(options, build, BESIDE, resolve);
const told = (options) => JSON.parse(recipe(options).options);

const FIXED = ([...bytes]) => !bytes.join().includes('253,147,2');

test('the build is what the host validates, the portable one otherwise', () => {
  assert.equal(detectBuild(), 'simd128', 'Node 20 has fixed SIMD only, and the probe for it must be a valid module');
  assert.equal(detectBuild({ validate: FIXED }), 'simd128');
  assert.equal(detectBuild({ validate: () => false }), 'portable');
});

test('relaxed SIMD is taken only where a dot product is one instruction', () => {
  const dot = (beyond, exact = 4 * -128 * 127) => ({
    validate: () => true,
    run(bytes, a, b) {
      assert.ok(!FIXED(bytes));
      return { '-128,127': exact, '127,255': beyond }[`${a},${b}`];
    },
  });
  assert.equal(detectBuild(dot(4 * 127 * 255)), 'relaxed', 'unsigned by signed, as VNNI has it');
  assert.equal(detectBuild(dot(4 * 127 * -1)), 'relaxed', 'signed by signed, as ARM has it');
  assert.equal(detectBuild(dot(2 * 32_767)), 'simd128', 'pairs saturated in 16 bits');
  assert.equal(detectBuild(dot(4 * 127 * -1, 8 * -128 * 127)), 'simd128', 'twice the exact sum');
  const forbidden = () => {
    throw new WebAssembly.CompileError('not allowed');
  };
  assert.equal(detectBuild({ validate: () => true, run: forbidden }), 'simd128');
});

test('the parts are beside the module unless told otherwise', () => {
  const { build, wasm, model } = recipe({ model: 'small' });
  assert.deepEqual([build, wasm, model], ['simd128', 'https://app.example/js/simd128.wasm', 'https://app.example/js/small.ppmodel']);
});

test('a folder keeps the choice, a file is taken as it is', () => {
  const folder = recipe({ assets: { wasm: '/static/', model: new URL('https://app.example/m/') } }, 'portable');
  assert.deepEqual([folder.wasm, folder.model], ['https://app.example/static/portable.wasm', 'https://app.example/m/mid.ppmodel']);
  const file = recipe({ assets: { wasm: 'a.wasm', model: '/b' } });
  assert.deepEqual([file.wasm, file.model], ['https://app.example/page/a.wasm', 'https://app.example/b']);
});

test('without age or policy the engine is told the strictest band', () => {
  assert.deepEqual(told({}), { ageBand: 'under-13' });
  assert.deepEqual(told({ ageBand: '16-17' }), { ageBand: '16-17' });
  assert.deepEqual(told({ policy: { a: 1 }, limits: { maxBytes: 5 } }), {
    policy: { a: 1 },
    limits: { maxBytes: 5 },
  });
});

test('a model that there is not is refused', () => {
  assert.throws(() => recipe({ model: 'large' }), { code: 'options/form' });
});
