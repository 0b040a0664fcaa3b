/**
 * What client and worker say to each other. One exchange at a time: but for `model`, which belongs to `load`, the client
 * never sends before the last message was answered, so whatever goes wrong concerns exactly one request.
 */
import type { GuardInfo } from '../client/guard.js';
import type { Direction } from '../client/check-options.js';
import type { HashListInfo } from '../client/lists.js';
import type { UncheckedReason, Verdict } from '../client/verdict.js';
import type { WatchState } from '../client/watch.js';

/** The WebAssembly builds; `client/builds.ts` chooses. */
export type Build = 'relaxed' | 'simd128' | 'portable';

/** A picture on its way to the worker. */
export type Picture =
  | { kind: 'bytes'; bytes: ArrayBuffer }
  | { kind: 'blob'; blob: Blob }
  | { kind: 'pixels'; rgba: ArrayBuffer; width: number; height: number; format: string }
  | { kind: 'bitmap'; bitmap: ImageBitmap; format: string };

/** A video's frame on its way to the worker, or why there is none. */
export type Frame =
  | Extract<Picture, { kind: 'bitmap' }>
  | { kind: 'unchecked'; reason: UncheckedReason };

/** What the engine is told of a frame's circumstances. */
export interface Sight {
  direction: Direction;
  /** When it was shown, in whole milliseconds. */
  at: number;
  /** `EngineWatched.watch` of the frame before; absent with the first. */
  watch: unknown;
  /** When the last report lapsed, if it did and the engine does not know yet. */
  lapsedAt: number | null;
}

/** What the engine says of a frame. */
export interface EngineWatched {
  /** Its memory of the frames so far, nobody else's business. */
  watch: unknown;
  seen: {
    report: WatchState;
    changed: boolean;
    /** Whether looking again at the same frame would change nothing. */
    settled: boolean;
    /** What holds once newer frames have gone unseen for so long. */
    lapse: { afterMs: number; report: WatchState } | null;
  };
}

/** A video file's verdict as the engine gives it. */
export interface EngineVideoVerdict {
  verdict: EngineVerdict;
  atMs: number | null;
  looked: number;
  unchecked: number;
}

/** A call about lists. `now` is in seconds since 1970. */
export type ListCall = { now: number } & (
  | { what: 'take'; bytes: ArrayBuffer }
  | { what: 'drop'; issuer: string; name: string }
  | { what: 'load-own'; bytes: ArrayBuffer }
  | { what: 'add-own'; picture: Picture; name: string }
  | { what: 'remove-own'; name: string }
);

/** What became of it, and how things stand then. */
export interface ListAnswer {
  done: unknown;
  /** A stable code. */
  error: string | null;
  /** The issued lists in use. */
  lists: HashListInfo[];
  /** The user's own list: the names in it, and itself. */
  names: string[];
  own: ArrayBuffer;
}

/** The lists that every further engine is to have. */
export interface KeptLists {
  own: ArrayBuffer | null;
  /** Each with the time when it was found to be still good, which is how long it stays so. */
  issued: { bytes: ArrayBuffer; takenAt: number }[];
}

/** A verdict as the engine gives it. */
export type EngineVerdict = Omit<Verdict, 'millis'>;

/** The engine's `unchecked` verdicts, for when no engine can be asked. */
export type UncheckedTable = Record<Direction, Record<UncheckedReason, EngineVerdict>>;

/** What a worker needs for an engine without asking the network. */
export interface Parts {
  module: WebAssembly.Module;
  model: ArrayBuffer;
}

/** Where the parts are, and what engine to make of them. */
export interface Recipe {
  build: Build;
  /** Address of the WebAssembly file. */
  wasm: string;
  /** Address of the model file. */
  model: string;
  /** The engine's options, as JSON. */
  options: string;
}

/** Client to worker. */
export type Request =
  /** Fetch the parts, start an engine, and hand the parts over. Answered `ready` or `start-failed`. */
  | { type: 'load'; recipe: Recipe }
  /** Sent once after `load`: the model file, or `null` for the worker to fetch it. Not answered. */
  | { type: 'model'; model: ArrayBuffer | null }
  /** Start an engine, in place of the last one, from these parts. Answered `ready` or `start-failed`. */
  | { type: 'start'; build: Build; options: string; parts: Parts; lists: KeptLists }
  /** Look at a picture. Answered `verdict` or `engine-lost`. */
  | { type: 'check'; id: number; picture: Picture; context: string }
  /** Look at a frame of a video. Answered `watched` or `engine-lost`. */
  | { type: 'look'; id: number; frame: Frame; sight: Sight }
  /** Look at a sample of a video file, which has a number. Answered `sampled` or `engine-lost`. */
  | { type: 'sample'; id: number; film: number; frame: Frame; at: number; context: string }
  /** No more samples come: because there are no more, or for a reason. Answered `video-verdict` or `engine-lost`. */
  | { type: 'end-video'; id: number; film: number; reason: UncheckedReason | null; context: string }
  /** Answered `listed` or `engine-lost`. */
  | { type: 'lists'; id: number; call: ListCall }
  /** Answered `counted`. */
  | { type: 'count' };

/** Worker to client. */
export type Reply =
  /** Sent once, unasked: the script runs. */
  | { type: 'loaded' }
  /** Sent while `load` is under way. */
  | { type: 'progress'; phase: 'wasm' | 'model'; loaded: number; total: number | null }
  | { type: 'ready'; info: GuardInfo; unchecked: UncheckedTable; parts: Parts | null }
  | { type: 'start-failed'; code: string }
  | { type: 'verdict'; id: number; verdict: EngineVerdict }
  | { type: 'watched'; id: number; watched: EngineWatched }
  /** Whether the video's verdict is decided. */
  | { type: 'sampled'; id: number; decided: boolean }
  | { type: 'video-verdict'; id: number; verdict: EngineVideoVerdict }
  | { type: 'listed'; id: number; answer: ListAnswer }
  /** The engine stopped; the worker itself is well and can `start` another. */
  | { type: 'engine-lost'; id: number }
  /** Network requests that this worker made since its engine was first ready. */
  | { type: 'counted'; requests: number };
