/**
 * Why a file could not be hashed. `code` is stable; there is nothing of the user's in it.
 *
 * - `assets/worker-failed`, `assets/wasm-unreachable`, `assets/wasm-invalid`: as of `GuardError`.
 * - `engine/failed`: the engine stopped.
 * - `source/not-readable`: the file could not be read to its end.
 * - `video/blocked`: the page's policy does not let it play files that it holds: `media-src` lacks `blob:`.
 * - `video/unsupported`: no video, or none that this browser can decode.
 * - `video/no-picture`: there is only sound in it.
 * - `video/damaged`: it could be decoded up to some point, and not beyond.
 * - `video/stalled`: the browser did not get to a frame in time.
 * - `video/not-readable`: the browser does not give out a frame's pixels.
 * - `video/too-many-pixels`: its frames are larger than the limits allow.
 * - `video/not-supported`: there are no videos where this runs.
 * - `video/form`: what was given to be compared is not the hashes of a video.
 * - `options/form`: a distance or quality that is none.
 * - `list/…`: a list of hashes was refused, or cannot be made; in Node only.
 * - `hasher/disposed`: the hasher has been disposed of.
 */
export class HashError extends Error {
  /** The stable code. */
  readonly code: string;

  /** @param code - the stable code */
  constructor(code: string) {
    super(code);
    this.name = 'HashError';
    this.code = code;
  }
}
