import { createGlue as portable } from 'pausepoint-hash-glue:portable';
import { createGlue as relaxed } from 'pausepoint-hash-glue:relaxed';
import { createGlue as simd128 } from 'pausepoint-hash-glue:simd128';
import type { Build } from '../worker/protocol.js';
import type { HashGlue } from './engine.js';

/** The glue of every build. */
export const HASH_GLUE: Record<Build, () => HashGlue> = { relaxed, simd128, portable };
