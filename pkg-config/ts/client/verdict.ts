/**
 * What a verdict says to do.
 *
 * - `allow`: go on.
 * - `notice`: go on, and say something.
 * - `warn`: pause and ask.
 * - `block`: do not send or show.
 * - `unchecked`: nobody looked at the picture. This is never the same as `allow`; see {@link Verdict.fallback}.
 */
export type Action = 'allow' | 'notice' | 'warn' | 'block' | 'unchecked';

/**
 * Why a picture could not be checked.
 *
 * - `empty`: no bytes.
 * - `unknown-format`, `unsupported-format`: not a picture, or one that neither the engine nor this browser decodes.
 * - `damaged`: cut, corrupt or contradictory.
 * - `too-many-bytes`, `too-many-pixels`, `too-many-frames`, `too-much-memory`: over one of the {@link Limits}.
 * - `deadline`: it took longer than `deadlineMs`; of a video, no frame was judged for three seconds.
 * - `worker-failed`: the worker died or the engine stopped while it held this picture.
 * - `not-readable`: the bytes or pixels could not be had: a file that went away, an `<img>` that is not loaded or
 *   comes from another origin, a video without a frame, a closed bitmap, a canvas without area.
 * - `not-ready`: there was no engine, and a new one could not be started.
 */
export type UncheckedReason =
  | 'empty'
  | 'unknown-format'
  | 'unsupported-format'
  | 'damaged'
  | 'too-many-bytes'
  | 'too-many-pixels'
  | 'too-many-frames'
  | 'too-much-memory'
  | 'deadline'
  | 'worker-failed'
  | 'not-readable'
  | 'not-ready';

/**
 * A stable code for why a verdict is what it is: what it seems to be a copy of (`own-list`, `hash-list`), what was seen
 * (`explicit`, `suggestive`), or an {@link UncheckedReason}. Later versions may add codes, so treat an unknown one as a reason you have no text for.
 */
export type Reason = 'own-list' | 'hash-list' | 'explicit' | 'suggestive' | UncheckedReason | (string & {});

/** How much of each class the classifier saw, each 0…1; together they make 1. */
export interface Scores {
  /** Drawings without sexual content. */
  drawing: number;
  /** Pornographic drawings. */
  hentai: number;
  /** Ordinary photographs. */
  neutral: number;
  /** Pornographic photographs. */
  porn: number;
  /** Suggestive photographs that are not pornographic. */
  sexy: number;
}

/** What the engine looked at. */
export interface Looked {
  /** The format by content, never by name: `jpeg`, `png`, `webp`, `gif`, `bmp`, `avif`, `canvas`, … */
  format: string;
  /** Who turned the file into pixels: the engine (`own`) or the browser (`host`). */
  decoder: 'own' | 'host';
  /** Width in pixels, as shown; 0 when the file was not decoded. */
  width: number;
  /** Height in pixels, as shown; 0 when the file was not decoded. */
  height: number;
  /** How many frames the file has: 1 for a still picture, 0 when it was not decoded. */
  framesTotal: number;
  /** How many of them were looked at, spread over the whole length. */
  framesLooked: number;
  /** The frame that decided, counted from 0. */
  worstFrame: number;
  /**
   * How many looks were taken: one at each frame, or at the whole of a still picture and at each of its tiles where the
   * policy asks for tiles; two instead of one where something shows through.
   */
  looks: number;
  /** The part of the picture that decided, or `null` for the whole. */
  worstTile: Tile | null;
}

/** A part of a picture, in its pixels as shown. */
export interface Tile {
  /** Pixels from the left edge. */
  x: number;
  /** Pixels from the upper edge. */
  y: number;
  /** Pixels across. */
  width: number;
  /** Pixels down. */
  height: number;
}

/** A listed picture that the picture seems to be. */
export interface ListedPicture {
  /** Whose list it is in: the user's own, or that of the issuer with this public key. */
  list: 'own' | { issuer: string };
  /** The list's name; empty for the own list. */
  name: string;
  /** The picture's label in it, or its name in the own list. */
  label: string | null;
  /** Bits in which the hashes differ, 0…31. */
  distance: number;
  /** The frame that it was found in, counted from 0. */
  frame: number;
}

/** The answer to one `checkImage`. */
export interface Verdict {
  /** What to do. */
  action: Action;
  /** Why, as stable codes, most important first. May be empty with `allow`. */
  reasons: Reason[];
  /** The five class scores of the look that decided, or `null` when nothing was looked at. */
  scores: Scores | null;
  /** Explicit and suggestive share of the worst look, 0…1, or `null` when nothing was looked at. */
  risk: number | null;
  /** With `unchecked`, what the policy in force says to do; otherwise `null`. */
  fallback: Exclude<Action, 'unchecked'> | null;
  /** The listed pictures that it seems to be, nearest first. */
  listed: ListedPicture[];
  /** What was looked at, as far as is known, or `null`. */
  looked: Looked | null;
  /** `true` only with `unchecked`: a host with a decoder of its own might have read the file; this one could not. */
  hostDecode: boolean;
  /** The model that answered (`mid`, `small`), or `null` when no engine has ever run. */
  model: string | null;
  /** Version of the policy in force, or `null` when no engine has ever run. */
  policyVersion: string | null;
  /** Milliseconds from the moment this picture's turn came to its answer. Waiting behind other pictures is not counted. */
  millis: number;
}
