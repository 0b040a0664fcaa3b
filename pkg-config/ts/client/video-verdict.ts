import type { CheckOptions } from './check-options.js';
import type { Verdict } from './verdict.js';

/** Options of one `checkVideo`. */
export interface VideoCheckOptions extends Pick<CheckOptions, 'direction' | 'peer' | 'signal'> {
  /** Called with how much of the video has been looked at, 0…1. An error that it throws is reported only. */
  onProgress?: ((done: number) => void) | undefined;
}

/** The answer to one `checkVideo`. */
export interface VideoVerdict extends Omit<Verdict, 'looked' | 'hostDecode'> {
  /**
   * When the frame is shown that decided, or else the one with the highest risk, in seconds from the start; `null` when
   * nothing was looked at. `scores` and `risk` are those of the frame with the highest risk, and the `frame` of a listed
   * picture is the number of the sample.
   */
  atSeconds: number | null;
  /** Samples that were judged. */
  looked: number;
  /** Whether the whole video was gone through; not where it was blocked before its end, or could not be read further. */
  complete: boolean;
  /** With `unchecked`: what exactly was wrong, such as `video/blocked` or `video/stalled`, if that is known. */
  problem: string | null;
}
