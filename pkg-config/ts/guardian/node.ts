/** Node's entry of `pausepoint/guardian`. */
import { readFile } from 'node:fs/promises';
import { fileIn } from '../client/recipe.js';
import { contactWasmBeside, resolveInNode } from '../node/beside.js';
import type { Guardian, GuardianOptions } from './guardian.js';
import { GuardianError } from './guardian-error.js';
import { type Desk, LiveGuardian } from './live-guardian.js';
import { perform, startGuardianGlue } from './perform.js';

export type {
  AnswerOutcome,
  Guardian,
  GuardianChange,
  GuardianOptions,
  GuardianSettings,
  GuardianState,
  Holds,
  Managed,
  Relaxed,
  Secret,
  Told,
  Wish,
} from './guardian.js';
export { GuardianError } from './guardian-error.js';

/**
 * Opens the guardian settings of this device. PINs are looked at on the thread that asks.
 *
 * @throws GuardianError if it cannot start or the stores cannot be read. The strictest preset holds then.
 * @throws The signal's reason, if it was aborted meanwhile.
 */
export async function openGuardian(options: GuardianOptions): Promise<Guardian> {
  const { store, anchor = store, manage = false, assets = {}, signal } = options;
  signal?.throwIfAborted();
  const address = assets.wasm === undefined ? contactWasmBeside() : new URL(fileIn(resolveInNode(assets.wasm), 'contact.wasm'));
  const bytes = await readFile(address).catch(() => {
    throw new GuardianError('assets/wasm-unreachable');
  });
  const module = await WebAssembly.compile(bytes).catch(() => {
    throw new GuardianError('assets/wasm-invalid');
  });
  signal?.throwIfAborted();
  const desk: Desk = {
    perform: async (stored, operation) => perform(startGuardianGlue(module), stored, operation),
    dispose: () => {},
  };
  const guardian = new LiveGuardian(startGuardianGlue(module), store, anchor, manage ? desk : null);
  await guardian.open();
  return guardian;
}
