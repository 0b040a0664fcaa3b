/** What `within` gives when the time is over. */
export const LATE = Symbol('late');

/** A clock that runs from its making, against which several waits can be held in turn. */
export class Timeout {
  readonly #over: Promise<typeof LATE>;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ms: number) {
    this.#over = new Promise((resolve) => {
      this.#timer = setTimeout(() => resolve(LATE), ms);
    });
  }

  /** The promise's value, or `LATE` if the time is over first. */
  within<T>(promise: Promise<T>): Promise<T | typeof LATE> {
    return Promise.race([promise, this.#over]);
  }

  /** Lets the timer go. */
  clear(): void {
    clearTimeout(this.#timer);
  }
}
