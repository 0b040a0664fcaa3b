/** Whether the picture is about to leave the device or about to be shown on it. */
export type Direction = 'outgoing' | 'incoming';

/** Options of one `checkImage`. */
export interface CheckOptions {
  /** Default: `outgoing`. */
  direction?: Direction | undefined;
  /**
   * Your name for the other side of the conversation. It never leaves the device and does not change the verdict;
   * `messages` is told of explicit pictures by it.
   */
  peer?: string | undefined;
  /**
   * Gives up this check: the promise rejects with the signal's reason. A picture that waits is dropped; one that is
   * being looked at is finished and its verdict ignored.
   */
  signal?: AbortSignal | undefined;
  /**
   * Most milliseconds from the moment this picture's turn comes, 1…2,147,483,647; the guard's own by default. Waiting
   * behind other pictures does not count, so that a picture's answer does not depend on how many were asked before it.
   * To bound the wait as well, pass `signal: AbortSignal.timeout(ms)`.
   */
  deadlineMs?: number | undefined;
}
