/**
 * Why nothing was taken out of a file. The file stays as it is then: nothing half done is given out. `code` is stable;
 * there is nothing of the user's in it.
 *
 * - `metadata/unsupported-format`: no picture, or one of a format that nothing is taken out of: HEIC, AVIF, BMP, TIFF, SVG
 *   and others. To let it go out all the same would let everything in it go out.
 * - `metadata/damaged`: broken, cut short, or in contradiction with itself.
 * - `metadata/too-large`: more than 64 MiB.
 * - `metadata/left-over`: the second look found something in what should have been clean.
 * - `metadata/worker-failed`: the worker died, or the engine stopped. The next call starts anew.
 * - `metadata/disposed`: the tool has been disposed of.
 * - `source/not-readable`: the file could not be read to its end.
 * - `assets/worker-failed`, `assets/wasm-unreachable`, `assets/wasm-invalid`: as of `GuardError`.
 */
export class MetadataError extends Error {
  /** The stable code. */
  readonly code: string;

  /** @param code - the stable code */
  constructor(code: string) {
    super(code);
    this.name = 'MetadataError';
    this.code = code;
  }
}
