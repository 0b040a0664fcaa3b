import type { Build } from '../worker/protocol.js';

/** What is asked of the host's WebAssembly. */
export interface WasmHost {
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
  /** Runs the exported function `f` of a module without imports. */
  run(bytes: Uint8Array<ArrayBuffer>, ...args: number[]): number;
}

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]; // "\0asm", version 1

// One function `() -> v128` whose body is `v128.const 0`: valid only where 128-bit SIMD is.
const SIMD128 = Uint8Array.of(
  ...HEADER,
  ...[0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b], // types: () -> v128
  ...[0x03, 0x02, 0x01, 0x00], // functions: one, of type 0
  ...[0x0a, 0x16, 0x01, 0x14, 0x00], // code: one body of 20 bytes, no locals
  ...[0xfd, 0x0c, ...new Array<number>(16).fill(0)], // v128.const 0
  0x0b, // end
);

// `f(a, b)`: the first lane of a relaxed dot product of sixteen bytes `a` and sixteen bytes `b`.
const RELAXED_DOT = Uint8Array.of(
  ...HEADER,
  ...[0x01, 0x07, 0x01, 0x60, 0x02, 0x7f, 0x7f, 0x01, 0x7f], // types: (i32, i32) -> i32
  ...[0x03, 0x02, 0x01, 0x00], // functions: one, of type 0
  ...[0x07, 0x05, 0x01, 0x01, 0x66, 0x00, 0x00], // exports: "f", function 0
  ...[0x0a, 0x24, 0x01, 0x22, 0x00], // code: one body of 34 bytes, no locals
  ...[0x20, 0x00, 0xfd, 0x0f], // i8x16.splat a
  ...[0x20, 0x01, 0xfd, 0x0f], // i8x16.splat b
  ...[0xfd, 0x0c, ...new Array<number>(16).fill(0)], // v128.const 0
  ...[0xfd, 0x93, 0x02], // i32x4.relaxed_dot_i8x16_i7x16_add_s
  ...[0xfd, 0x1b, 0x00], // i32x4.extract_lane 0
  0x0b, // end
);

// In range the sum is exact, or the engine is not to be used: early ones (V8 11.3) give twice as much.
const EXACT: Dot = [[-128, 127], 4 * -128 * 127];
// The instruction promises nothing for a second operand of more than seven bits, and what it gives there tells how the
// processor does it. Where pairs are added in 16 bits with saturation, 2 · 127 · 255 becomes 32,767, twice in a lane:
// that is an x86 without VNNI, which takes five instructions for one and is faster with plain SIMD.
const SATURATED_PAIRS: Dot = [[127, 255], 2 * 32_767];

type Dot = readonly [args: readonly [number, number], result: number];

/** The best build that runs here, found without downloading any. All give the same integers. */
export function detectBuild(host: WasmHost = HOST): Build {
  if (host.validate(RELAXED_DOT) && dotsWell(host)) return 'relaxed';
  return host.validate(SIMD128) ? 'simd128' : 'portable';
}

function dotsWell(host: WasmHost): boolean {
  const gives = ([args, result]: Dot) => host.run(RELAXED_DOT, ...args) === result;
  try {
    return gives(EXACT) && !gives(SATURATED_PAIRS);
  } catch {
    // A policy of the page may forbid to run it here though not in the worker.
    return false;
  }
}

const HOST: WasmHost = {
  validate: (bytes) => WebAssembly.validate(bytes),
  run(bytes, ...args) {
    const { f } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as { f(...args: number[]): number };
    return f(...args);
  },
};
