import { createGlue } from 'pausepoint-guardian-glue';
import type { GuardianEngine, GuardianGlue } from './engine.js';
import { GuardianError } from './guardian-error.js';
import { type Records, RECORDS } from './records.js';

/** What is done with settings, each with what it takes. */
export type Operation =
  | { do: 'state' }
  | { do: 'layers'; unset: string; managed: string | undefined }
  | { do: 'begin' }
  | { do: 'setUp'; begin: string; pin: string }
  | { do: 'change'; secret: string; change: string }
  | { do: 'changePin'; old: string; pin: string }
  | { do: 'recover'; code: string; pin: string }
  | { do: 'pair'; secret: string }
  | { do: 'reinstate'; secret: string }
  | { do: 'confirm'; secret: string }
  | { do: 'ask'; wish: string }
  | { do: 'accept'; code: string; answer: string };

/** What came of it. */
export interface Performed {
  /** JSON, or nothing. */
  value: string | undefined;
  /** What is to be stored. */
  store: Records;
}

/** An instance of the module. Throws `GuardianError`. */
export function startGuardianGlue(module: WebAssembly.Module): GuardianGlue {
  const glue = createGlue();
  try {
    glue.initSync({ module });
  } catch {
    throw new GuardianError('assets/wasm-invalid');
  }
  return glue;
}

/** Does something with settings, as they are stored. Throws `GuardianError`. */
export function perform(glue: GuardianGlue, stored: Records, operation: Operation): Performed {
  return carefully(() => {
    const engine = new glue.Guardianship(...RECORDS.map((name) => stored[name]));
    const value = run(engine, glue, operation) ?? undefined;
    const store: Records = {};
    for (const name of RECORDS) {
      const record = engine.take(name);
      if (record !== undefined) store[name] = record;
    }
    engine.free();
    return { value, store };
  });
}

function run(engine: GuardianEngine, glue: GuardianGlue, operation: Operation): string | void {
  const now = Math.floor(Date.now() / 1000);
  const random = () => randomFor(glue, operation.do);
  switch (operation.do) {
    case 'state':
      return engine.state();
    case 'layers':
      return engine.layers(operation.unset, operation.managed, now);
    case 'begin':
      return engine.begin(now);
    case 'setUp':
      return engine.setUp(operation.begin, operation.pin, random(), now);
    case 'change':
      return engine.change(operation.secret, operation.change, now);
    case 'changePin':
      return engine.changePin(operation.old, operation.pin, random(), now);
    case 'recover':
      return engine.recover(operation.code, operation.pin, random(), now);
    case 'pair':
      return engine.pair(operation.secret, random(), now);
    case 'reinstate':
      return engine.reinstate(operation.secret, now);
    case 'confirm':
      return engine.confirm(operation.secret, now);
    case 'ask':
      return engine.ask(operation.wish, random(), now);
    case 'accept':
      return engine.accept(operation.code, operation.answer, now);
  }
}

/** The core has no randomness. */
function randomFor(glue: GuardianGlue, operation: string): Uint8Array {
  const sizes = JSON.parse(glue.randomBytes()) as Record<string, number>;
  return crypto.getRandomValues(new Uint8Array(sizes[operation] ?? 0));
}

/** What the engine throws has a code for a message, unless it broke. */
export function carefully<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error ? error.message : '';
    throw new GuardianError(/^[a-z]+\/[a-z-]+$/.test(code) ? code : 'engine/failed');
  }
}
