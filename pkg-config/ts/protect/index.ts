/**
 * `pausepoint/protect`: the pause. The guard of `pausepoint`, and what holds pictures on their way out of a page and covers
 * those that come.
 */
import { createGuard as createPlainGuard, type Guard } from '../client/index.js';
import type { GuardOptions } from '../client/options.js';
import { createMetadataTool } from '../metadata/index.js';
import type { Protecting, ProtectingGuard } from './guard.js';
import { GuardSource } from './guard-source.js';
import type { PauseOptions, Protection, ProtectPageOptions } from './options.js';
import { Outlooks } from './outlooks.js';
import { Pause } from './pause.js';
import { protecting } from './protecting.js';
import { pauseRules } from './rules.js';

export { GuardError } from '../client/index.js';
export type * from '../client/index.js';
export type { Choice, Occasion } from '../elements/occasion.js';
export type { Decision } from './decision.js';
export type { PauseOptions, Protection, ProtectOptions, ProtectPageOptions, Sendable, SendContext } from './options.js';
export type { Protecting, ProtectingGuard } from './guard.js';
export type { Shield, ShieldOptions } from './shield-options.js';

/** The page that is protected, from the first moment on. */
export interface PageProtection extends Protection, Omit<Protecting, 'protect'> {
  /** The guard, when it has started; rejects as `createGuard`. What goes out before waits for it. */
  readonly guard: Promise<Guard>;
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
  const { parts, start } = partsOf(options);
  const guard = await start();
  const source = new GuardSource(async () => guard);
  return Object.assign(guard, protecting(new Pause({ ...parts, source }), options.onBlock !== undefined));
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
  const { parts, start } = partsOf(options);
  const given = options.guard;
  const source = new GuardSource(given === undefined ? start : async () => given);
  const pause = new Pause({ ...parts, source });
  const { protect: protectRoot, ...others } = protecting(pause, options.onBlock !== undefined);
  const { stop } = protectRoot(root, options);
  return { ...others, stop, guard: source.get() };
}

function partsOf(options: ProtectPageOptions) {
  const outlooks = new Outlooks();
  const messages = options.messages && outlooks.listenTo(options.messages);
  const rules = pauseRules(options);
  const { metadata = rules.metadata === 'keep' ? undefined : createMetadataTool() } = options;
  const parts = { rules, options: { ...options, metadata }, messages, outlooks };
  return { parts, start: () => createPlainGuard({ ...options, messages }) };
}
