import { createGlue } from 'pausepoint-hash-glue';
import type { HashBuild } from './build.js';
import type { HashGlue } from './engine.js';

/** The glue of every build: the same, as they offer the same. */
export const HASH_GLUE: Record<HashBuild, () => HashGlue> = { 'hash-simd128': createGlue, 'hash-portable': createGlue };
