/** Counts the network requests that this thread makes, from the browser's (or Node's) own records. */
export class RequestCounter {
  #since = Infinity;
  #count = 0;
  readonly #observer: PerformanceObserver | null;

  constructor() {
    this.#observer =
      typeof PerformanceObserver === 'undefined'
        ? null
        : new PerformanceObserver((list) => this.#add(list.getEntries()));
    this.#observer?.observe({ type: 'resource' });
  }

  /** Requests that start from now on count. Calls after the first change nothing. */
  begin(): void {
    if (this.#since === Infinity) this.#since = performance.now();
  }

  /** How many there have been. */
  count(): number {
    this.#add(this.#observer?.takeRecords() ?? []);
    return this.#count;
  }

  #add(entries: PerformanceEntryList): void {
    // Records come late: those of the loading itself may only arrive now.
    for (const entry of entries) if (entry.startTime >= this.#since) this.#count += 1;
  }
}
