/** The browser's entry of the package. */
import { browserHost } from './browser-host.js';
import { detectBuild } from './builds.js';
import { startGuard } from './core.js';
import type { GuardOf } from './guard.js';
import type { GuardOptions } from './options.js';
import { type Beside, recipeOf } from './recipe.js';
import type { ImageSource, VideoSource } from './source.js';

export { GuardError } from './error.js';
export type { CheckOptions, Direction } from './check-options.js';
export type { Diagnostics, GuardInfo, GuardOf } from './guard.js';
export type { AgeBand, Assets, GuardOptions, Limits, ModelName, Progress } from './options.js';
export type { ImageSource, VideoSource } from './source.js';
export type { Action, Looked, Reason, Scores, Tile, UncheckedReason, Verdict } from './verdict.js';
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
  const host = browserHost(worker === undefined ? null : resolve(worker));
  return startGuard(host, recipeOf(options, detectBuild(), BESIDE, resolve), options);
}

// Each address is written out, in the one form that bundlers recognise as a file to carry along.
const BESIDE: Beside = {
  wasm(build) {
    switch (build) {
      case 'relaxed':
        return new URL('./wasm/relaxed.wasm', import.meta.url);
      case 'simd128':
        return new URL('./wasm/simd128.wasm', import.meta.url);
      case 'portable':
        return new URL('./wasm/portable.wasm', import.meta.url);
    }
  },
  model(model) {
    switch (model) {
      case 'mid':
        return new URL('./models/mid.ppmodel', import.meta.url);
      case 'small':
        return new URL('./models/small.ppmodel', import.meta.url);
    }
  },
};

function resolve(asset: URL | string): string {
  return new URL(asset, globalThis.document?.baseURI ?? globalThis.location.href).href;
}
