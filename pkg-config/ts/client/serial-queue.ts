/** Runs tasks one after the other, in the order they came, and others when there are none. Tasks never reject. */
export class SerialQueue {
  readonly #tasks: (() => Promise<void>)[] = [];
  readonly #idleTasks: (() => Promise<void>)[] = [];
  #running = false;
  readonly #onBusy: (busy: boolean) => void;

  /** @param onBusy - told when the first task comes and when the last is done */
  constructor(onBusy: (busy: boolean) => void) {
    this.#onBusy = onBusy;
  }

  add(task: () => Promise<void>): void {
    this.#tasks.push(task);
    if (!this.#running) void this.#run();
  }

  /** Adds a task that lets all others go first. */
  addIdle(task: () => Promise<void>): void {
    this.#idleTasks.push(task);
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    this.#onBusy(true);
    for (let task = this.#next(); task; task = this.#next()) await task();
    this.#running = false;
    this.#onBusy(false);
  }

  #next(): (() => Promise<void>) | undefined {
    return this.#tasks.shift() ?? this.#idleTasks.shift();
  }
}
