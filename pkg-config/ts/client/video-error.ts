/**
 * Why a video file could not be looked at. `code` is stable; there is nothing of the user's in it.
 *
 * - `video/blocked`: the page's policy does not let it play files that it holds: `media-src` lacks `blob:`.
 * - `video/unsupported`: no video, or none that this browser can decode.
 * - `video/no-picture`: there is only sound in it.
 * - `video/damaged`: it could be decoded up to some point, and not beyond.
 * - `video/stalled`: the browser did not get to a frame in time.
 * - `video/not-supported`: there are no videos where this runs.
 */
export class VideoError extends Error {
  /** The stable code. */
  readonly code: string;

  /** @param code - the stable code */
  constructor(code: string) {
    super(code);
    this.name = 'VideoError';
    this.code = code;
  }
}
