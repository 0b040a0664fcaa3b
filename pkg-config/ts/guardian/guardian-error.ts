/**
 * Why something about guardian settings is refused. Nothing that is stored has changed then, but the count of wrong PINs.
 * `code` is stable; there is nothing of the user's in it.
 *
 * - `guardian/wait`: a PIN may be tried again in `waitSeconds`.
 * - `guardian/pin-wrong`, `guardian/recovery-wrong`: not the PIN, not the recovery code.
 * - `guardian/pin-length`, `guardian/pin-weak`: not 6 to 64 characters; one character only, or a straight run.
 * - `guardian/typo`: a slip in a recovery code, a pairing key, a request or an answer.
 * - `guardian/not-set-up`, `guardian/already-set-up`, `guardian/ended`, `guardian/unknown`, `guardian/approved`.
 * - `guardian/file-missing`, `guardian/anchor-missing`, `guardian/anchor-damaged`, `guardian/cut`, `guardian/altered`,
 *   `guardian/swapped`, `guardian/rolled-back`, `guardian/conflict`, `guardian/format`: the settings do not hold.
 * - `guardian/not-decided`: what a guardian does not decide at this age.
 * - `guardian/duration`, `guardian/text`, `guardian/too-many`, `guardian/too-large`, `guardian/time`, `guardian/stretch`.
 * - `guardian/memory`: not enough memory to check a PIN.
 * - `guardian/disposed`: it was disposed of meanwhile.
 * - `guardian/no-worker`: opened without `manage`, where PINs are not looked at.
 * - `store/not-readable`, `store/failed`: a store could not be read or written.
 * - `assets/…`, `engine/failed`, `options/form`, `policy/…`: as of `ContactError`.
 */
export class GuardianError extends Error {
  /** The stable code. */
  readonly code: string;
  /** With `guardian/wait`, seconds until a PIN may be tried again; otherwise 0. */
  readonly waitSeconds: number;

  /**
   * @param code - the stable code
   * @param waitSeconds - seconds until a PIN may be tried again
   */
  constructor(code: string, waitSeconds = 0) {
    super(code);
    this.name = 'GuardianError';
    this.code = code;
    this.waitSeconds = waitSeconds;
  }
}
