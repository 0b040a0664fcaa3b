/**
 * Why a message was not looked at, or there is no engine for it. `code` is stable; there is nothing of the user's in it.
 *
 * - `message/form`: a message that is none.
 * - `message/peer`: no name for the other side, or one of more than 256 bytes.
 * - `message/state`: what was kept is no conversation, or of another version.
 * - `pack/…`: a language pack was refused.
 * - `policy/…`, `rules/…`: the policy was refused.
 * - `options/form`: options that are none.
 * - `assets/wasm-unreachable`, `assets/wasm-invalid`: the WebAssembly file did not come, or does not run here.
 * - `assets/pack-unreachable`: a language pack did not come.
 * - `store/failed`: the store cannot be read or written.
 * - `engine/failed`: the engine stopped.
 */
export class MessageError extends Error {
  /** The stable code. */
  readonly code: string;

  /** @param code - the stable code */
  constructor(code: string) {
    super(code);
    this.name = 'MessageError';
    this.code = code;
  }
}
