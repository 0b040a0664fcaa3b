import { GuardError } from './error.js';
import type { GuardInfo } from './guard.js';
import type { Host } from './host.js';
import type { Progress } from './options.js';
import { LATE, Timeout } from './timeout.js';
import { WorkerLink } from './worker-link.js';
import type { KeptLists, Parts, Recipe, UncheckedTable } from '../worker/protocol.js';

/** What the engine said of itself when it first started; true of every later one, which is made of the same parts. */
export interface EngineFacts {
  info: GuardInfo;
  unchecked: UncheckedTable;
}

type SupervisorHost = Pick<Host<never>, 'spawn' | 'scriptsAreRequests' | 'loadModel'>;

/** How long a worker may take to load its script or to start an engine from parts at hand, in milliseconds. */
const START_MS = 20_000;
/** How long `createGuard` waits, once the engine is ready, for the spare's script, in milliseconds. */
const SPARE_MS = 2_000;
/** Pauses before a new attempt after the first, second, … failure in a row, in milliseconds. */
const PAUSES_MS = [250, 1_000, 4_000];
/** After one more failure: how long not to try at all, in milliseconds. */
const COOL_DOWN_MS = 30_000;

/**
 * Sees to it that there is a worker with an engine, and that getting one needs no network while that can be helped:
 *
 * - An engine that stopped is replaced in its own worker, from the compiled module and the model kept here.
 * - A worker that hangs or died is replaced by the spare, whose script is already loaded.
 * - Only when the spare is used up is a worker script loaded again; a browser has no other way.
 *
 * New engines are only started on demand, so there are never more starts than requests (plus a bounded few).
 */
export class Supervisor {
  readonly #host: SupervisorHost;
  readonly #recipe: Recipe;
  readonly #lists: () => KeptLists;
  #parts: Parts | null = null;
  #current: WorkerLink | null = null;
  #spare: WorkerLink | null = null;
  #starting: Promise<WorkerLink | null> | null = null;
  #failures = 0;
  #notBefore = 0;
  #workersStarted = 0;
  #ready = false;
  #held = true;
  /** Requests by workers that are gone, and worker scripts loaded since the guard was ready. */
  #pastRequests = 0;
  readonly #disposal = new AbortController();

  /** @param lists - gives what every engine after the first is to have */
  constructor(host: SupervisorHost, recipe: Recipe, lists: () => KeptLists) {
    this.#host = host;
    this.#recipe = recipe;
    this.#lists = lists;
  }

  /** The first start, which loads everything. Throws `GuardError`. */
  async load(onProgress: (event: Progress) => void): Promise<EngineFacts> {
    const link = (this.#current = this.#spawn());
    link.onProgress = onProgress;
    const loading = link.exchange({ type: 'load', recipe: this.#recipe });
    // The largest file by far, so it is asked for before the worker runs.
    const report = (loaded: number, total: number | null) => link.onProgress?.({ phase: 'model', loaded, total });
    const model = this.#host.loadModel?.(this.#recipe.model, report, this.#disposal.signal) ?? Promise.resolve(null);
    void model.then((file) => link.handModel(file));

    // Not before the first script is there: the spare's then comes from the browser's cache.
    const spare = link.loaded.then((loaded) => (loaded ? this.#raiseSpare() : undefined));

    const outcome = await loading;
    link.onProgress = null;
    if (this.#disposal.signal.aborted) throw new GuardError('guard/disposed');
    if (outcome.type !== 'ready' || outcome.parts === null) {
      this.dispose();
      throw new GuardError(outcome.type === 'start-failed' ? outcome.code : 'assets/worker-failed');
    }
    this.#parts = outcome.parts;
    await spare;
    if (this.#disposal.signal.aborted) throw new GuardError('guard/disposed');
    this.#ready = true;
    return { info: outcome.info, unchecked: outcome.unchecked };
  }

  /** A worker with an engine, started anew if need be, or `null` if none can be had now. */
  async engine(): Promise<WorkerLink | null> {
    if (this.#current?.hasEngine) return this.#current;
    this.#starting ??= this.#start().finally(() => (this.#starting = null));
    return this.#starting;
  }

  /** Whether the program may end while the workers live. */
  hold(held: boolean): void {
    this.#held = held;
    this.#current?.hold(held);
    this.#spare?.hold(held);
  }

  /** The worker with an engine, if there is one at this moment. */
  get running(): WorkerLink | null {
    return this.#current?.hasEngine ? this.#current : null;
  }

  get workersStarted(): number {
    return this.#workersStarted;
  }

  get requestsSinceReady(): number {
    return this.#pastRequests + (this.#current?.requests ?? 0);
  }

  dispose(): void {
    this.#disposal.abort();
    this.#current?.end();
    this.#spare?.end();
  }

  async #start(): Promise<WorkerLink | null> {
    const { build, options } = this.#recipe;
    const parts = this.#parts;
    if (parts === null || performance.now() < this.#notBefore) return null;

    while (!this.#disposal.signal.aborted) {
      const link = this.#takeWorker();
      const clock = new Timeout(START_MS);
      const outcome = await clock.within(link.exchange({ type: 'start', build, options, parts, lists: this.#lists() }));
      clock.clear();
      if (outcome !== LATE && outcome.type === 'ready') {
        this.#failures = 0;
        return link;
      }

      link.end();
      const pause = PAUSES_MS[this.#failures];
      if (pause === undefined) {
        // One attempt each time the cool-down is over, until one succeeds.
        this.#notBefore = performance.now() + COOL_DOWN_MS;
        return null;
      }
      this.#failures += 1;
      await this.#pause(pause);
    }
    return null;
  }

  /** The worker at hand if it lives, else the spare, else a new one. */
  #takeWorker(): WorkerLink {
    if (this.#current?.ended === false) return this.#current;
    this.#pastRequests += this.#current?.requests ?? 0;
    const spare = this.#spare?.ended === false ? this.#spare : null;
    this.#spare = null;
    this.#current = spare ?? this.#spawn();
    this.#current.hold(this.#held);
    return this.#current;
  }

  #spawn(): WorkerLink {
    this.#workersStarted += 1;
    if (this.#ready && this.#host.scriptsAreRequests) this.#pastRequests += 1;
    return new WorkerLink(this.#host);
  }

  async #raiseSpare(): Promise<void> {
    if (!this.#host.scriptsAreRequests || this.#disposal.signal.aborted) return;
    const spare = (this.#spare = this.#spawn());
    const clock = new Timeout(SPARE_MS);
    // A spare is a convenience: without one, the guard is as good until something goes wrong.
    if ((await clock.within(spare.loaded)) !== true) spare.end();
    clock.clear();
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const { signal } = this.#disposal;
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done);
    });
  }
}
