/** An engine could not be started. `code` is a stable code. */
export class StartError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}
