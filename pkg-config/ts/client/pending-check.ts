import type { Direction } from './check-options.js';
import type { Captured } from './host.js';
import type { Verdict } from './verdict.js';

/** One `checkImage` whose caller waits: it is settled once, by a verdict, an abort or the guard's end. */
export class PendingCheck {
  readonly promise: Promise<Verdict>;
  readonly captured: Promise<Captured>;
  readonly direction: Direction;
  readonly deadlineMs: number;
  settled = false;

  #resolve: (verdict: Verdict) => void = () => {};
  #reject: (reason: unknown) => void = () => {};
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort = () => this.reject(this.#signal?.reason);

  constructor(captured: Promise<Captured>, direction: Direction, deadlineMs: number, signal: AbortSignal | undefined) {
    this.captured = captured;
    this.direction = direction;
    this.deadlineMs = deadlineMs;
    this.#signal = signal;
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    signal?.addEventListener('abort', this.#onAbort);
  }

  resolve(verdict: Verdict): void {
    this.#settle();
    this.#resolve(verdict);
  }

  reject(reason: unknown): void {
    this.#settle();
    this.#reject(reason);
  }

  /** Gives back what a picture that nobody will look at holds. */
  async drop(): Promise<void> {
    const captured = await this.captured;
    if ('picture' in captured && captured.picture.kind === 'bitmap') captured.picture.bitmap.close();
  }

  #settle(): void {
    this.settled = true;
    this.#signal?.removeEventListener('abort', this.#onAbort);
  }
}
