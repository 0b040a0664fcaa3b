import { createGuard, GuardError, type CheckOptions, type Guard, type GuardInfo, type GuardOptions, type Progress, type Verdict, type Watch, type WatchOptions } from 'pausepoint';
import type { Picture } from './picture.js';

export type GuardState =
  | { phase: 'loading'; progress: Progress | null }
  | { phase: 'ready'; info: GuardInfo }
  | { phase: 'failed'; code: string };

/** The guard in force, replaced by another when settings ask for one. */
export class GuardSession {
  readonly #onState: (state: GuardState) => void;
  #guard: Guard | null = null;
  #starting: Promise<Guard> = Promise.reject(new GuardError('guard/disposed'));
  #attempt = new AbortController();
  /** What guards before this one had counted when last asked. */
  #pastRequests = 0;
  #requests = 0;

  constructor(onState: (state: GuardState) => void) {
    this.#onState = onState;
    // Nobody waits for a guard before `start`.
    this.#starting.catch(() => {});
  }

  get ready(): boolean {
    return this.#guard !== null;
  }

  /** Starts a guard in place of the last one, whose checks end. */
  start(options: Pick<GuardOptions, 'ageBand' | 'model'>): void {
    this.#attempt.abort();
    this.#guard?.dispose();
    this.#guard = null;
    this.#pastRequests += this.#requests;
    this.#requests = 0;

    const { signal } = (this.#attempt = new AbortController());
    const tell = (state: GuardState) => {
      if (!signal.aborted) this.#onState(state);
    };
    tell({ phase: 'loading', progress: null });
    this.#starting = createGuard({ ...options, signal, onProgress: (progress) => tell({ phase: 'loading', progress }) });
    this.#starting.then(
      (guard) => {
        // Settings changed again in the very moment it was done.
        if (signal.aborted) return guard.dispose();
        this.#guard = guard;
        tell({ phase: 'ready', info: guard.info() });
      },
      (error: unknown) => tell({ phase: 'failed', code: error instanceof GuardError ? error.code : 'engine/failed' }),
    );
  }

  /** Checks a picture as soon as there is a guard. Rejects with the guard's own error when there will be none. */
  async check(picture: Picture, options: CheckOptions): Promise<Verdict> {
    const { live } = picture;
    delete picture.live;
    // What is live is taken in this very moment or not at all: the guard captures before it returns.
    if (this.#guard !== null) return this.#guard.checkImage(live ?? picture.content, options);
    const guard = await this.#starting;
    return guard.checkImage(picture.content, options);
  }

  /** Watches a video, or not while there is no guard. */
  watch(video: HTMLVideoElement, options: WatchOptions): Watch | null {
    return this.#guard?.watch(video, options) ?? null;
  }

  /** Network requests that the workers made while they were ready. */
  async requests(): Promise<number> {
    const guard = this.#guard;
    const diagnostics = await guard?.diagnostics();
    if (diagnostics !== undefined && guard === this.#guard) this.#requests = diagnostics.requestsSinceReady;
    return this.#pastRequests + this.#requests;
  }
}
