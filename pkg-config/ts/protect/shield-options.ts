/** Options of `guard.shield`. */
export interface ShieldOptions {
  /** Your name for who sent it; as `peer` of `checkImage`. */
  peer?: string | undefined;
  /** The file that the element shows now, if the app has it: then all frames of an animation are looked at. */
  file?: Blob | undefined;
  /** Ends it, as `remove` does. */
  signal?: AbortSignal | undefined;
}

/** A picture that is covered until it was looked at. */
export interface Shield {
  /** Resolves when the picture that there is now was looked at: whether it is shown. */
  readonly settled: Promise<boolean>;
  /** Takes it away: the picture is as the page made it. */
  remove(): void;
}
