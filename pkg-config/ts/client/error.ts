import { strictestUnchecked } from './unchecked.js';
import type { Verdict } from './verdict.js';

/**
 * Why a guard could not start or answer. `code` is stable; there is nothing of the user's in it.
 *
 * - `assets/worker-failed`: the worker script did not load or run (wrong address, other origin, blocked by a policy).
 * - `assets/wasm-unreachable`, `assets/model-unreachable`: the request failed or was answered with an error status.
 * - `assets/wasm-invalid`: what came is not a WebAssembly module that runs here.
 * - `engine/failed`: the engine stopped while starting.
 * - `contacts/not-given`, `messages/not-given`: the guard was made without `contacts` or `messages`.
 * - `guard/disposed`: the guard has been disposed of.
 * - `watch/not-supported`, `video/not-supported`: there are no videos where this runs.
 * - `store/not-readable`, `store/failed`: the store of lists could not be read or written.
 * - `list/…`, `picture/…`: a list, or a picture for one, was refused.
 * - `model/…`, `policy/…`, `options/…`: the engine refused what it was given, for instance `model/digest`.
 */
export class GuardError extends Error {
  /** The stable code. */
  readonly code: string;
  /** What to treat every picture as while there is no guard: `unchecked`, with the strictest fallback. */
  readonly verdict: Verdict;

  /** @param code - the stable code */
  constructor(code: string) {
    super(code);
    this.name = 'GuardError';
    this.code = code;
    this.verdict = strictestUnchecked('not-ready');
  }
}
