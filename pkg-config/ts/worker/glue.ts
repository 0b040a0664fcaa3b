import { createGlue as portable } from 'pausepoint-glue:portable';
import { createGlue as relaxed } from 'pausepoint-glue:relaxed';
import { createGlue as simd128 } from 'pausepoint-glue:simd128';
import type { Glue } from './engine.js';
import type { Build } from './protocol.js';

/** The glue of every build. All are in the one worker script: they are small, and some bundlers cannot split workers. */
export const GLUE: Record<Build, () => Glue> = { relaxed, simd128, portable };
