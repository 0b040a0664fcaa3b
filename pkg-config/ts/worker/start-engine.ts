import type { GuardInfo } from '../client/guard.js';
import type { Direction } from '../client/check-options.js';
import type { UncheckedReason } from '../client/verdict.js';
import { contextOf } from './context.js';
import type { Engine, Glue } from './engine.js';
import type { EngineVerdict, UncheckedTable } from './protocol.js';
import { StartError } from './start-error.js';

/** A started engine and what it says of itself. */
export interface Started {
  engine: Engine;
  info: GuardInfo;
  unchecked: UncheckedTable;
}

const DIRECTIONS: readonly Direction[] = ['outgoing', 'incoming'];

// Spelled as a record so that the compiler refuses a list that lacks one.
const REASONS = Object.keys({
  empty: 0,
  'unknown-format': 0,
  'unsupported-format': 0,
  damaged: 0,
  'too-many-bytes': 0,
  'too-many-pixels': 0,
  'too-many-frames': 0,
  'too-much-memory': 0,
  deadline: 0,
  'worker-failed': 0,
  'not-readable': 0,
  'not-ready': 0,
} satisfies Record<UncheckedReason, 0>) as UncheckedReason[];

/** Makes a fresh instance. Throws `StartError`. */
export function instantiate(createGlue: () => Glue, module: WebAssembly.Module): Glue {
  try {
    const glue = createGlue();
    glue.initSync({ module });
    return glue;
  } catch (error) {
    throw new StartError(codeOf(error));
  }
}

/** Makes an engine in a fresh instance. Throws `StartError`. */
export function startEngine(glue: Glue, model: ArrayBuffer, options: string): Started {
  try {
    const engine = new glue.Engine(new Uint8Array(model), options);
    const info = JSON.parse(engine.info()) as GuardInfo;
    return { engine, info, unchecked: uncheckedTable(engine) };
  } catch (error) {
    throw new StartError(codeOf(error));
  }
}

function uncheckedTable(engine: Engine): UncheckedTable {
  const verdicts = (direction: Direction) =>
    Object.fromEntries(
      REASONS.map((reason) => [reason, JSON.parse(engine.unchecked(reason, contextOf(direction))) as EngineVerdict]),
    );
  return Object.fromEntries(DIRECTIONS.map((direction) => [direction, verdicts(direction)])) as UncheckedTable;
}

// The engine's own errors are codes like `model/digest`. Anything else is a trap, whose text is nobody's business.
function codeOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  return /^[a-z-]+\/[a-z0-9-]+$/.test(message) ? message : 'engine/failed';
}
