import { createGlue as portable } from 'pausepoint-hash-glue:hash-portable';
import { createGlue as simd128 } from 'pausepoint-hash-glue:hash-simd128';
import type { HashBuild } from './build.js';
import type { HashGlue } from './engine.js';

/** The glue of every build. */
export const HASH_GLUE: Record<HashBuild, () => HashGlue> = { 'hash-simd128': simd128, 'hash-portable': portable };
