import type { Build } from '../worker/protocol.js';

// One function `() -> v128` whose body is `v128.const 0`: valid only where 128-bit SIMD is.
const SIMD128 = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // "\0asm", version 1
  ...[0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b], // types: () -> v128
  ...[0x03, 0x02, 0x01, 0x00], // functions: one, of type 0
  ...[0x0a, 0x16, 0x01, 0x14, 0x00], // code: one body of 20 bytes, no locals
  ...[0xfd, 0x0c, ...new Array<number>(16).fill(0)], // v128.const 0
  0x0b, // end
);

// Best first; the first whose probe is valid is taken. `relaxed` goes on top, with a probe of its own.
const BUILDS: readonly { build: Build; probe: Uint8Array<ArrayBuffer> | null }[] = [
  { build: 'simd128', probe: SIMD128 },
  { build: 'portable', probe: null },
];

/** The best build that runs here, found without downloading any. */
export function detectBuild(validate: (bytes: Uint8Array<ArrayBuffer>) => boolean = WebAssembly.validate): Build {
  return BUILDS.find(({ probe }) => probe === null || validate(probe))?.build ?? 'portable';
}
