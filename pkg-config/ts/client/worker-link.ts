import type { Progress } from './options.js';
import type { Host, WorkerPort } from './host.js';
import type { Reply, Request } from '../worker/protocol.js';

/** How an exchange ended: with the worker's answer, its death, or a message that could not be sent. */
export type Outcome = Exclude<Reply, { type: 'loaded' | 'progress' }> | { type: 'dead' } | { type: 'unsendable' };

/** One worker, seen as a series of exchanges. */
export class WorkerLink {
  /** Whether the script has loaded: `false` if the worker died before. */
  readonly loaded: Promise<boolean>;
  /** Whether there is an engine in it that can be asked. */
  hasEngine = false;
  /** Network requests that it reported last. */
  requests = 0;
  onProgress: ((event: Progress) => void) | null = null;

  #port: WorkerPort | null = null;
  #settleLoaded: (loaded: boolean) => void;
  #waiting: ((outcome: Outcome) => void) | null = null;
  #ended = false;

  constructor(host: Pick<Host<never>, 'spawn'>) {
    let settle: (loaded: boolean) => void = () => {};
    this.loaded = new Promise((resolve) => (settle = resolve));
    this.#settleLoaded = settle;
    try {
      this.#port = host.spawn({ reply: (reply) => this.#hear(reply), failed: () => this.end() });
      // It may have failed before there was a port to terminate.
      if (this.#ended) this.#port.terminate();
    } catch {
      this.end();
    }
  }

  /** Whether it is dead, by itself or by `end`. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Sends a request and waits for its outcome; one at a time. */
  exchange(request: Request, transfer: Transferable[] = []): Promise<Outcome> {
    if (this.#ended || this.#port === null) return Promise.resolve({ type: 'dead' });
    try {
      this.#port.post(request, transfer);
    } catch {
      return Promise.resolve({ type: 'unsendable' });
    }
    return new Promise((resolve) => (this.#waiting = resolve));
  }

  /** Sends the model that `load` waits for. */
  handModel(model: ArrayBuffer | null): void {
    if (!this.#ended) this.#port?.post({ type: 'model', model }, model === null ? [] : [model]);
  }

  hold(held: boolean): void {
    if (!this.#ended) this.#port?.hold(held);
  }

  /** Ends the worker at once, whatever it does. The exchange under way ends as `dead`. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.hasEngine = false;
    this.#port?.terminate();
    this.#settleLoaded(false);
    this.#settle({ type: 'dead' });
  }

  #hear(reply: Reply): void {
    if (this.#ended) return;
    switch (reply.type) {
      case 'loaded':
        return this.#settleLoaded(true);
      case 'progress':
        return this.onProgress?.({ phase: reply.phase, loaded: reply.loaded, total: reply.total });
      case 'ready':
        this.hasEngine = true;
        break;
      case 'start-failed':
      case 'engine-lost':
        this.hasEngine = false;
        break;
      case 'counted':
        this.requests = reply.requests;
        break;
      case 'verdict':
      case 'watched':
      case 'listed':
      case 'sampled':
      case 'video-verdict':
        break;
    }
    this.#settle(reply);
  }

  #settle(outcome: Outcome): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.(outcome);
  }
}
