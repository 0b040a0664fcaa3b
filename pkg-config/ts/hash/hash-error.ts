/**
 * Why a file could not be hashed. `code` is stable; there is nothing of the user's in it.
 *
 * - `assets/worker-failed`, `assets/wasm-unreachable`, `assets/wasm-invalid`: as of `GuardError`.
 * - `engine/failed`: the engine stopped.
 * - `source/not-readable`: the file could not be read to its end.
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
