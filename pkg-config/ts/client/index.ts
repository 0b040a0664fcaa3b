/** The browser's entry of the package. */
import { modelBeside, resolveInPage, wasmBeside } from './beside.js';
import { browserHost } from './browser-host.js';
import { detectBuild } from './builds.js';
import { startGuard } from './core.js';
import type { GuardOf } from './guard.js';
import type { GuardOptions } from './options.js';
import { type Beside, recipeOf } from './recipe.js';
import type { ImageSource, VideoSource } from './source.js';

export { GuardError } from './error.js';
export type { ContactAnswer, ContactDecision } from '../contact/answers.js';
export type { ContactFacts } from '../contact/facts.js';
export type { CheckOptions, Direction } from './check-options.js';
export type { Diagnostics, GuardInfo, GuardOf } from './guard.js';
export type { HashListInfo, HashLists, ListStore, OwnList, RefusedList } from './lists.js';
export type { AgeBand, Assets, GuardOptions, Limits, ModelName, Progress } from './options.js';
export type { ImageSource, VideoSource } from './source.js';
export type { Action, ListedPicture, Looked, Reason, Scores, Tile, UncheckedReason, Verdict } from './verdict.js';
export type { VideoCheckOptions, VideoVerdict } from './video-verdict.js';
export type { Watch, WatchFrames, WatchOptions, WatchState } from './watch.js';

/** A running guard in a browser. */
export type Guard = GuardOf<ImageSource, VideoSource>;

/**
 * Starts a guard: a worker of its own, the WebAssembly build that suits this browser, and the model. Nothing is
 * fetched after the promise resolves.
 *
 * @throws GuardError if it cannot start; `error.verdict` is what to treat pictures as until it can.
 * @throws RangeError if `deadlineMs` is out of range.
 * @throws The signal's reason, if it was aborted meanwhile.
 *
 * @example
 * ```ts
 * const guard = await createGuard({ ageBand: '13-15' });
 * const verdict = await guard.checkImage(file, { direction: 'outgoing' });
 * if (verdict.action !== 'allow') pause(verdict);
 * ```
 */
export async function createGuard(options: GuardOptions = {}): Promise<Guard> {
  const worker = options.assets?.worker;
  const host = browserHost(worker === undefined ? null : resolveInPage(worker));
  return startGuard(host, recipeOf(options, detectBuild(), BESIDE, resolveInPage), options);
}

const BESIDE: Beside = { wasm: wasmBeside, model: modelBeside };
