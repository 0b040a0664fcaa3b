import type { NetworkNotice } from './offline-copy.js';

/** What was counted, by who could see it. */
export interface NetworkCount {
  /** What the page itself requested. */
  page: number;
  /** What the guard's workers requested. */
  worker: number;
  /** What the offline copy had to fetch; mostly the same requests, seen at the next station. */
  pastCache: number;
  /** The addresses, as far as they are known here. */
  addresses: string[];
}

/**
 * Counts network requests while the guard is ready.
 *
 * When counting begins matters. Loading is done by three: the page (script, styles, worker script), the worker (wasm and
 * model) and the service worker (its copy of everything). So counting begins when the guard is ready *and* the copy is
 * saved, and rests while a change of settings loads another guard. Records come late, therefore each one is judged by
 * when its request started, not by when we hear of it. A newer page that is being saved in the background is no request
 * of this page; the panel says so in words.
 */
export class NetworkCounter {
  readonly #spans: { from: number; to: number }[] = [];
  readonly #onChange: () => void;
  readonly #askWorker: () => Promise<number>;
  #page: string[] = [];
  #pastCache: string[] = [];
  #worker = 0;
  #asking = false;

  constructor(askWorker: () => Promise<number>, onChange: () => void) {
    this.#askWorker = askWorker;
    this.#onChange = onChange;
    new PerformanceObserver((list) => this.#hear(list.getEntries())).observe({ type: 'resource', buffered: true });
  }

  get counting(): boolean {
    return this.#spans.at(-1)?.to === Infinity;
  }

  get count(): NetworkCount {
    const addresses = [...new Set([...this.#page, ...this.#pastCache])];
    return { page: this.#page.length, worker: this.#worker, pastCache: this.#pastCache.length, addresses };
  }

  begin(): void {
    if (!this.counting) this.#spans.push({ from: performance.now(), to: Infinity });
    this.#onChange();
  }

  rest(): void {
    const span = this.#spans.at(-1);
    if (span !== undefined && this.counting) span.to = performance.now();
    this.#onChange();
  }

  /** Asks the worker for its count, which it only gives when asked. */
  async refresh(): Promise<void> {
    // Its answer waits behind pictures; more questions would only queue up there.
    if (this.#asking) return;
    this.#asking = true;
    const worker = await this.#askWorker();
    this.#asking = false;
    if (worker === this.#worker) return;
    this.#worker = worker;
    this.#onChange();
  }

  hearOfPassing({ address, at }: NetworkNotice): void {
    if (!this.#counts(at - performance.timeOrigin)) return;
    this.#pastCache.push(address);
    this.#onChange();
  }

  #hear(entries: PerformanceEntryList): void {
    // A picture shown from memory has a record as well, but nothing was requested.
    const requests = entries.filter(({ name, startTime }) => !name.startsWith('blob:') && this.#counts(startTime));
    if (requests.length === 0) return;
    this.#page.push(...requests.map(({ name }) => name));
    this.#onChange();
  }

  #counts(time: number): boolean {
    return this.#spans.some(({ from, to }) => from <= time && time < to);
  }
}

/** The figure to show: the workers' and the page's own, or what the next station saw, if that was more. */
export function total({ page, worker, pastCache }: NetworkCount): number {
  return Math.max(page + worker, pastCache);
}
