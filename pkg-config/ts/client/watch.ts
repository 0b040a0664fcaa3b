import type { Direction } from './check-options.js';
import type { Action, Reason } from './verdict.js';

/** Options of one `watch`. */
export interface WatchOptions {
  /** Default: `outgoing`. An `incoming` video is not looked at while its page is hidden: nobody sees it. */
  direction?: Direction | undefined;
  /** Most frames a second that are looked at, 1…30. Default: 5. A slow device looks at fewer. */
  maxRate?: number | undefined;
  /**
   * Called with every new state, and only then. Not called after `stop` or an abort. An error that it throws is
   * reported, and does not stop the watch.
   */
  onChange?: ((state: WatchState) => void) | undefined;
  /** Stops the watch when aborted. */
  signal?: AbortSignal | undefined;
}

/** What holds of a video. */
export interface WatchState {
  /** What to do. */
  readonly action: Action;
  /** Why, as stable codes, most important first, when it began to hold. Empty with `allow`. */
  readonly reasons: readonly Reason[];
  /** With `unchecked`, what to do meanwhile: what the policy says, and never less than was last seen. Otherwise `null`. */
  readonly fallback: Exclude<Action, 'unchecked'> | null;
  /** From when on it holds, on the clock of `performance.now()`. */
  readonly since: number;
}

/** What has become of the frames so far. */
export interface WatchFrames {
  /** Looked at. */
  readonly looked: number;
  /** Not looked at, because a newer one came first. */
  readonly dropped: number;
}

/** A video that is watched. */
export interface Watch {
  /** What holds now. `unchecked` with `not-ready` before the first frame has been judged and after the end. */
  readonly state: WatchState;
  /** Counts frames, for those who want to see for themselves. */
  readonly frames: WatchFrames;
  /** Whether it goes on: until `stop`, the end of a track, or the guard's. */
  readonly active: boolean;
  /** Ends it. The source is left as it is. May be called twice. */
  stop(): void;
  /** The same as `stop`, for `using`. */
  [Symbol.dispose](): void;
}
