// How many multiply-adds a second this machine's Chromium can do at most: loops that touch registers only.
import binaryen from 'binaryen';

/** Enough chains of sums for the processor to have one at hand while the others are under way. */
const CHAINS = 8;
const TURNS = 1_000_000;

/** Each with the multiply-adds of one instruction, and the sum `x` after it; `a` and `b` are factors. */
const LOOPS = {
  'i32x4.relaxed_dot_i8x16_i7x16_add_s': { macs: 16, next: (x) => `(i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get $a) (local.get $b) ${x})` },
  // One factor is the sum itself: a product of constants would be taken out of the loop.
  'i32x4.add(i32x4.dot_i16x8_s)': { macs: 8, next: (x) => `(i32x4.add ${x} (i32x4.dot_i16x8_s (local.get $a) ${x}))` },
};

/** For each loop, multiply-adds a second of each of `rounds` runs, in a page where WebAssembly may be compiled. */
export async function roofline(page, rounds) {
  const loops = Object.entries(LOOPS).map(([name, { macs }]) => ({ name, work: macs * CHAINS * TURNS }));
  return page.evaluate(run, { base64: Buffer.from(assemble()).toString('base64'), loops, turns: TURNS, rounds });
}

function assemble() {
  const chains = Array.from({ length: CHAINS }, (_, i) => `$x${i}`);
  const functions = Object.entries(LOOPS).map(([name, { next }]) => `
    (func (export "${name}") (param $turns i32) (param $a8 i32) (param $b8 i32) (result i32)
      (local $a v128) (local $b v128) ${chains.map((x) => `(local ${x} v128)`).join(' ')}
      (local.set $a (i8x16.splat (local.get $a8)))
      (local.set $b (i8x16.splat (local.get $b8)))
      ${chains.map((x, i) => `(local.set ${x} (i32x4.splat (i32.add (local.get $turns) (i32.const ${i}))))`).join('\n')}
      (loop $again
        ${chains.map((x) => `(local.set ${x} ${next(`(local.get ${x})`)})`).join('\n')}
        (br_if $again (local.tee $turns (i32.sub (local.get $turns) (i32.const 1)))))
      (i32x4.extract_lane 0 ${chains.map((x) => `(local.get ${x})`).reduce((sum, x) => `(i32x4.add ${sum} ${x})`)}))`);
  const module = binaryen.parseText(`(module ${functions.join('\n')})`);
  module.setFeatures(binaryen.Features.SIMD128 | binaryen.Features.RelaxedSIMD);
  if (!module.validate()) throw new Error('the loops are not valid WebAssembly');
  const binary = module.emitBinary();
  module.dispose();
  return binary;
}

/** Runs in the page. */
async function run({ base64, loops, turns, rounds }) {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(bytes, {});
  const rates = {};
  for (const { name, work } of loops) {
    const loop = instance.exports[name];
    // Until the optimising compiler is done with it.
    for (let i = 0; i < 50; i++) loop(turns / 50, 3, 5);
    await new Promise((resolve) => setTimeout(resolve, 200));
    rates[name] = [];
    for (let i = 0; i < rounds; i++) {
      const start = performance.now();
      loop(turns, 3, 5);
      rates[name].push((work / (performance.now() - start)) * 1e3);
    }
  }
  return rates;
}
