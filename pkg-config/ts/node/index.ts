/** Node's entry of the package. */
import { detectBuild } from '../client/builds.js';
import { startGuard } from '../client/core.js';
import type { GuardOf } from '../client/guard.js';
import type { GuardOptions } from '../client/options.js';
import { type Beside, recipeOf } from '../client/recipe.js';
import { modelBeside, resolveInNode, wasmBeside } from './beside.js';
import { nodeHost } from './node-host.js';
import type { ImageSource } from './source.js';

export { GuardError } from '../client/error.js';
export type { ContactAnswer, ContactDecision } from '../contact/answers.js';
export type { ContactFacts } from '../contact/facts.js';
export type { CheckOptions, Direction } from '../client/check-options.js';
export type { Diagnostics, GuardInfo, GuardOf } from '../client/guard.js';
export type { HashListInfo, HashLists, ListStore, OwnList, RefusedList } from '../client/lists.js';
export type { AgeBand, Assets, GuardOptions, Limits, ModelName, Progress } from '../client/options.js';
export type { ImageSource } from './source.js';
export type { Action, ListedPicture, Looked, Reason, Scores, Tile, UncheckedReason, Verdict } from '../client/verdict.js';
export type { VideoCheckOptions, VideoVerdict } from '../client/video-verdict.js';
export type { Watch, WatchFrames, WatchOptions, WatchState } from '../client/watch.js';

/** A running guard in Node. While it is idle it does not keep the program running. */
export type Guard = GuardOf<ImageSource>;

/**
 * Starts a guard: a worker thread, the WebAssembly build that suits this Node, and the model, read from the package.
 *
 * @throws GuardError if it cannot start; `error.verdict` is what to treat pictures as until it can.
 * @throws RangeError if `deadlineMs` is out of range.
 * @throws The signal's reason, if it was aborted meanwhile.
 */
export async function createGuard(options: GuardOptions = {}): Promise<Guard> {
  return startGuard(nodeHost(), recipeOf(options, detectBuild(), BESIDE, resolveInNode), options);
}

const BESIDE: Beside = { wasm: wasmBeside, model: modelBeside };
