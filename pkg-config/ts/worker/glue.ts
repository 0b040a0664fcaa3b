import { createGlue } from 'pausepoint-glue';
import type { Glue } from './engine.js';
import type { Build } from './protocol.js';

/** The glue of every build: the same, as they offer the same. */
export const GLUE: Record<Build, () => Glue> = { relaxed: createGlue, simd128: createGlue, portable: createGlue };
