/**
 * Why a file could not be hashed. `code` is stable; there is nothing of the user's in it.
 *
 * - `assets/worker-failed`, `assets/wasm-unreachable`, `assets/wasm-invalid`: as of `GuardError`.
 * - `engine/failed`: the engine stopped.
 * - `source/not-readable`: the file could not be read to its end.
 * - `video/…`: as of `VideoError`; also `video/not-readable` where the browser does not give out a frame's pixels,
 *   `video/too-many-pixels`, and `video/form` for what is not the hashes of a video.
 * - `options/form`: a distance or quality that is none.
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
