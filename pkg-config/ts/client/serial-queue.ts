/** Runs tasks one after the other, in the order they came. Tasks never reject. */
export class SerialQueue {
  readonly #tasks: (() => Promise<void>)[] = [];
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

  async #run(): Promise<void> {
    this.#running = true;
    this.#onBusy(true);
    for (let task = this.#tasks.shift(); task; task = this.#tasks.shift()) await task();
    this.#running = false;
    this.#onBusy(false);
  }
}
