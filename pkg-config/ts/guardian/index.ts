/** The browser's entry of `pausepoint/guardian`. */
import { contactWasmBeside, resolveInPage } from '../client/beside.js';
import { fileIn } from '../client/recipe.js';
import { fetchModule } from '../worker/fetch-parts.js';
import { StartError } from '../worker/start-error.js';
import type { Guardian, GuardianOptions } from './guardian.js';
import { GuardianError } from './guardian-error.js';
import { LiveGuardian } from './live-guardian.js';
import { startGuardianGlue } from './perform.js';
import { WorkerDesk } from './worker-desk.js';

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
 * Opens the guardian settings of this device. Nothing is fetched after the promise resolves.
 *
 * @throws GuardianError if it cannot start or the stores cannot be read. The strictest preset holds then.
 * @throws The signal's reason, if it was aborted meanwhile.
 *
 * @example
 * ```ts
 * const guardian = await openGuardian({ store: localStore('settings'), anchor: localStore('settings-anchor') });
 * const { policy, profiles, decisions } = guardian.holds({ ageBand: '13-15' });
 * ```
 */
export async function openGuardian(options: GuardianOptions): Promise<Guardian> {
  const { store, anchor = store, manage = false, assets = {}, signal } = options;
  signal?.throwIfAborted();
  const address = assets.wasm === undefined ? contactWasmBeside().href : fileIn(resolveInPage(assets.wasm), 'contact.wasm');
  const module = await fetchModule(address, () => {}).catch((error: unknown) => {
    throw new GuardianError(error instanceof StartError ? error.code : 'engine/failed');
  });
  signal?.throwIfAborted();
  const worker = assets.worker === undefined ? null : resolveInPage(assets.worker);
  const desk = manage ? await WorkerDesk.start(worker, module) : null;
  try {
    signal?.throwIfAborted();
    const guardian = new LiveGuardian(startGuardianGlue(module), store, anchor, desk);
    await guardian.open();
    signal?.throwIfAborted();
    return guardian;
  } catch (error) {
    desk?.dispose();
    throw error;
  }
}
