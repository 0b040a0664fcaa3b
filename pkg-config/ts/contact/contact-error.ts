/**
 * Why there is no decision, or no engine for it. Nothing is allowed then. `code` is stable; there is nothing of the
 * user's in it.
 *
 * - `contact/form`: facts with a missing, unknown or mistyped field, a negative number, or a time that is none.
 * - `contact/age`: an age range from more than to, or over 130.
 * - `contact/future`: evidence from the future, by more than a day.
 * - `contact/contradiction`: facts that cannot both be true.
 * - `contact/too-much`: more of something than there can be, or more than 10,000 contacts at once.
 * - `policy/…`, `rules/…`: the policy, its contact table or a profile was refused.
 * - `options/form`: options that are none.
 * - `assets/wasm-unreachable`, `assets/wasm-invalid`: the WebAssembly file did not come, or does not run here.
 * - `engine/failed`: the engine stopped.
 */
export class ContactError extends Error {
  /** The stable code. */
  readonly code: string;

  /** @param code - the stable code */
  constructor(code: string) {
    super(code);
    this.name = 'ContactError';
    this.code = code;
  }
}
