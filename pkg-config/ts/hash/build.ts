import { detectBuild } from '../client/builds.js';

/** The WebAssembly builds of the hasher. Relaxed SIMD has nothing for it. */
export type HashBuild = 'hash-simd128' | 'hash-portable';

/** The best build that runs here. */
export function detectHashBuild(): HashBuild {
  return detectBuild() === 'portable' ? 'hash-portable' : 'hash-simd128';
}
