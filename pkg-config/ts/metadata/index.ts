/** The browser's entry of `pausepoint/metadata`. */
import { metadataWasmBeside, resolveInPage } from '../client/beside.js';
import { kindOf } from '../client/capture-bytes.js';
import { fileIn } from '../client/recipe.js';
import { fetchModule } from '../worker/fetch-parts.js';
import { StartError } from '../worker/start-error.js';
import type { Outcome, Task } from './look-into.js';
import { MetadataError } from './metadata-error.js';
import { rebuilt } from './rebuilt.js';
import type { MetadataReport, StrippedFile } from './report.js';
import type { MetadataOptions, MetadataToolOptions } from './tool.js';
import { WorkerPort } from './worker-port.js';

export { MetadataError } from './metadata-error.js';
export type { MetadataFinding, MetadataKept, MetadataKind, MetadataReport, StrippedFile } from './report.js';
export type { MetadataOptions, MetadataToolOptions } from './tool.js';

/** Takes metadata out of pictures, in a worker of its own. Nothing of them leaves the device. */
export interface MetadataTool {
  /**
   * Says what a file carries beside its picture.
   *
   * @throws MetadataError
   */
  scan(file: Blob, options?: MetadataOptions): Promise<MetadataReport>;
  /**
   * Takes it out: nothing is decoded, and the pixels are the same. The new file has the name, type and time of the old
   * one; where nothing was found, it is the same object.
   *
   * @throws MetadataError, and then nothing is to go out.
   */
  strip<F extends Blob>(file: F, options?: MetadataOptions): Promise<StrippedFile<F>>;
  /** Ends the worker. What is under way, and every later call, rejects with `metadata/disposed`. */
  dispose(): void;
  [Symbol.dispose](): void;
}

/**
 * Starts the tool: two workers, of which one waits for the other to fail, and a small WebAssembly file. Nothing is fetched
 * after the promise resolves, unless both have failed.
 *
 * @throws MetadataError if it cannot start.
 * @throws The signal's reason, if it was aborted meanwhile.
 *
 * @example
 * ```ts
 * const tool = await createMetadataTool();
 * const { file, removed } = await tool.strip(input.files[0]);
 * ```
 */
export async function createMetadataTool(options: MetadataToolOptions = {}): Promise<MetadataTool> {
  const { assets = {}, signal } = options;
  signal?.throwIfAborted();
  const address = assets.wasm === undefined ? metadataWasmBeside().href : fileIn(resolveInPage(assets.wasm), 'metadata.wasm');
  const module = await fetchModule(address, () => {}).catch((error: unknown) => {
    throw new MetadataError(error instanceof StartError ? error.code : 'metadata/worker-failed');
  });
  signal?.throwIfAborted();
  const tool = new BrowserTool(module, assets.worker === undefined ? null : resolveInPage(assets.worker));
  const giveUp = () => tool.dispose();
  signal?.addEventListener('abort', giveUp);
  const started = await tool.start();
  signal?.removeEventListener('abort', giveUp);
  if (started && !signal?.aborted) return tool;
  tool.dispose();
  signal?.throwIfAborted();
  throw new MetadataError('assets/worker-failed');
}

class BrowserTool implements MetadataTool {
  readonly #module: WebAssembly.Module;
  readonly #address: string | null;
  #port: WorkerPort;
  /** Its script is there already, so that nothing need be fetched when the other fails. */
  #spare: WorkerPort;
  #disposed = false;

  static {
    // Older browsers have no `using`, and no symbol for it.
    if ('dispose' in Symbol) Object.defineProperty(this.prototype, Symbol.dispose, { value: this.prototype.dispose });
  }

  declare [Symbol.dispose]: () => void;

  constructor(module: WebAssembly.Module, address: string | null) {
    this.#module = module;
    this.#address = address;
    this.#port = new WorkerPort(address);
    this.#spare = new WorkerPort(address);
  }

  /** Whether both scripts run. */
  async start(): Promise<boolean> {
    return (await this.#port.ready) && (await this.#spare.ready);
  }

  async scan(file: Blob, options: MetadataOptions = {}): Promise<MetadataReport> {
    return (await this.#ask('scan', file, options)).report;
  }

  async strip<F extends Blob>(file: F, options: MetadataOptions = {}): Promise<StrippedFile<F>> {
    const { report, bytes } = await this.#ask('strip', file, options);
    return { file: bytes === null ? file : rebuilt(file, bytes), removed: report.found, kept: report.kept };
  }

  dispose(): void {
    this.#disposed = true;
    this.#port.end('metadata/disposed');
    this.#spare.end('metadata/disposed');
  }

  async #ask(task: Task, file: Blob, { signal }: MetadataOptions): Promise<Outcome> {
    signal?.throwIfAborted();
    if (!['Blob', 'File'].includes(kindOf(file))) throw new TypeError('source/not-a-file');
    if (this.#disposed) throw new MetadataError('metadata/disposed');
    if (this.#port.ended) {
      this.#port = this.#spare.ended ? new WorkerPort(this.#address) : this.#spare;
      this.#spare = this.#port;
    }
    const outcome = this.#port.ask({ module: this.#module, task, file });
    return signal ? unlessAborted(outcome, signal) : outcome;
  }
}

/** The worker is not stopped: it is done in less time than a new one would take to start. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
