import type { Guard } from '../client/index.js';

/** Where the guard comes from: one that runs already, or one that can be started again if it could not start. */
export class GuardSource {
  readonly #start: () => Promise<Guard>;
  #guard: Promise<Guard>;
  #failed = false;
  #ended = false;

  /** @param start - starts one; called again only after it has failed */
  constructor(start: () => Promise<Guard>) {
    this.#start = start;
    this.#guard = this.#begin();
  }

  /** The guard; rejects with what `createGuard` rejects with. One that failed to start is tried again. */
  get(): Promise<Guard> {
    if (this.#failed && !this.#ended) this.#guard = this.#begin();
    return this.#guard;
  }

  /** Ends the guard, or the one that is being started; another is not. */
  end(): void {
    this.#ended = true;
    this.#guard.then((guard) => guard.dispose(), () => {});
  }

  #begin(): Promise<Guard> {
    this.#failed = false;
    const guard = this.#start();
    guard.catch(() => {
      this.#failed = true;
    });
    return guard;
  }
}
