/**
 * `pausepoint/protect`: the pause. The guard of `pausepoint`, and what holds pictures on their way out of a page and covers
 * those that come.
 */
import { createGuard as createPlainGuard, type Guard } from '../client/index.js';
import type { GuardOptions } from '../client/options.js';
import { createMetadataTool, type MetadataTool } from '../metadata/index.js';
import type { Protecting, ProtectingGuard } from './guard.js';
import { GuardSource } from './guard-source.js';
import type { PauseOptions, Protection, ProtectPageOptions } from './options.js';
import { Outlooks } from './outlooks.js';
import { Pause } from './pause.js';
import { protecting } from './protecting.js';
import { pauseRules } from './rules.js';

export { GuardError } from '../client/index.js';
export type * from '../client/index.js';
export type { PausepointImage } from '../elements/image.js';
export type { Choice, Occasion } from '../elements/occasion.js';
export type { PausepointElements } from '../elements/tags.js';
export type { Decision } from './decision.js';
export type { PauseOptions, Protection, ProtectOptions, ProtectPageOptions, Sendable, SendContext } from './options.js';
export type { Protecting, ProtectingGuard } from './guard.js';
export type { Shield, ShieldOptions } from './shield-options.js';

/** The page that is protected, from the first moment on. */
export interface PageProtection extends Protection, Omit<Protecting, 'protect'> {
  /** The guard, when it has started; rejects as `createGuard`. What goes out before waits for it. */
  readonly guard: Promise<Guard>;
  /** Ends it, and the guard if it was started for it. */
  dispose(): void;
}

/**
 * Starts a guard that pauses as well: as `createGuard` of `pausepoint`, with `protect`, `beforeSend`, `shield`, `speakUp` and
 * `openHelp`.
 *
 * @throws What `createGuard` of `pausepoint` throws.
 *
 * @example
 * ```ts
 * const guard = await createGuard({ ageBand: '13-15' });
 * guard.protect(document);
 * ```
 */
export async function createGuard(options: GuardOptions & PauseOptions = {}): Promise<ProtectingGuard> {
  const { parts, start, end } = partsOf(options);
  try {
    const guard = await start();
    const source = new GuardSource(async () => guard);
    const endGuard = guard.dispose.bind(guard);
    const dispose = () => {
      endGuard();
      end();
    };
    // Older browsers have no `using`, and no symbol for it.
    if ('dispose' in Symbol) Object.defineProperty(guard, Symbol.dispose, { value: dispose });
    return Object.assign(guard, protecting(new Pause({ ...parts, source }), options.onBlock !== undefined), { dispose });
  } catch (error) {
    end();
    throw error;
  }
}

/**
 * Protects a page: starts a guard, and holds pictures from now on, also those that are chosen while it starts.
 *
 * @example
 * ```ts
 * protect(document, { ageBand: '13-15' });
 * ```
 */
export function protect(root: Document | Element | ShadowRoot, options: ProtectPageOptions = {}): PageProtection {
  const { parts, start, end } = partsOf(options);
  const given = options.guard;
  const source = new GuardSource(given === undefined ? start : async () => given);
  const pause = new Pause({ ...parts, source });
  const { protect: protectRoot, ...others } = protecting(pause, options.onBlock !== undefined);
  const { stop } = protectRoot(root, options);
  const dispose = () => {
    stop();
    end();
    // One that was given is the app's own.
    if (given === undefined) source.end();
  };
  return { ...others, stop, dispose, guard: source.get() };
}

function partsOf(options: ProtectPageOptions) {
  const outlooks = new Outlooks();
  const messages = options.messages && outlooks.listenTo(options.messages);
  const rules = pauseRules(options);
  const own = options.metadata === undefined && rules.metadata !== 'keep' ? ownTool(options) : null;
  const parts = { rules, options: own === null ? options : { ...options, metadata: own }, messages, outlooks };
  const end = () => void own?.then((tool) => tool.dispose(), () => {});
  return { parts, start: () => createPlainGuard({ ...options, messages }), end };
}

/** What removes metadata, from where the guard's own files are. */
function ownTool({ assets }: GuardOptions): Promise<MetadataTool> {
  const wasm = assets?.wasm;
  const tool = createMetadataTool({ assets: { wasm: wasm !== undefined && String(wasm).endsWith('/') ? wasm : undefined } });
  // Where it cannot be had, each file says so when its turn comes.
  tool.catch(() => {});
  return tool;
}
