/** The browser's entry of `pausepoint/hash`. */
import { hashWasmBeside, resolveInPage } from '../client/beside.js';
import { kindOf } from '../client/capture-bytes.js';
import { fileIn } from '../client/recipe.js';
import { reportError } from '../client/report-error.js';
import { detectHashBuild } from './build.js';
import { HashError } from './hash-error.js';
import type { HashOptions, HasherOf, HasherOptions } from './hasher.js';
import type { FileHashes } from './hashes.js';
import type { HashCall, HashReply } from './protocol.js';

export { HashError } from './hash-error.js';
export type { HashOptions, HasherOf, HasherOptions } from './hasher.js';
export type { FileHashes, Orientation, Pdq, PdqHashes, PictureHashes } from './hashes.js';

/** What `hash` takes in a browser: files and bytes. */
export type HashSource = Blob | ArrayBuffer | ArrayBufferView;

/** Hashes files in a worker of its own. */
export type Hasher = HasherOf<HashSource>;

/**
 * Starts a hasher: a worker and the WebAssembly build that suits this browser, no model. Nothing is fetched after the
 * promise resolves.
 *
 * @throws HashError if it cannot start.
 * @throws The signal's reason, if it was aborted meanwhile.
 *
 * @example
 * ```ts
 * const hasher = await createHasher();
 * const { sha256, picture } = await hasher.hash(file);
 * ```
 */
export async function createHasher(options: HasherOptions = {}): Promise<Hasher> {
  const { assets = {}, limits = {}, signal } = options;
  signal?.throwIfAborted();
  const build = detectHashBuild();
  const hasher = new BrowserHasher(assets.worker === undefined ? null : resolveInPage(assets.worker));
  const giveUp = () => hasher.dispose();
  signal?.addEventListener('abort', giveUp);
  try {
    const wasm = assets.wasm === undefined ? hashWasmBeside(build).href : fileIn(resolveInPage(assets.wasm), `${build}.wasm`);
    await hasher.load({ type: 'load', build, wasm, limits });
    return hasher;
  } catch (error) {
    hasher.dispose();
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}

class BrowserHasher implements Hasher {
  readonly #worker: Worker;
  /** Settles what was asked of the worker last. */
  #settle: ((reply: HashReply) => void) | null = null;
  #onProgress: HashOptions['onProgress'] = undefined;
  #last: Promise<unknown> = Promise.resolve();
  #ended: string | null = null;

  static {
    // Older browsers have no `using`, and no symbol for it.
    if ('dispose' in Symbol) Object.defineProperty(this.prototype, Symbol.dispose, { value: this.prototype.dispose });
  }

  declare [Symbol.dispose]: () => void;

  constructor(address: string | null) {
    // Bundlers recognise the second form only when it is written out like this.
    this.#worker =
      address === null
        ? new Worker(new URL('./hash-worker.js', import.meta.url), { type: 'module' })
        : new Worker(address, { type: 'module' });
    this.#worker.onmessage = (event: MessageEvent<HashReply>) => this.#hear(event.data);
    this.#worker.onerror = () => this.#end('assets/worker-failed');
    this.#worker.onmessageerror = () => this.#end('engine/failed');
  }

  async load(call: HashCall): Promise<void> {
    await this.#ask(call);
  }

  async hash(source: HashSource, options: HashOptions = {}): Promise<FileHashes> {
    const { orientations = false, onProgress, signal } = options;
    signal?.throwIfAborted();
    const file = blobOf(source);
    const hashes = this.#last.then(async () => {
      signal?.throwIfAborted();
      this.#onProgress = onProgress;
      const cancel = () => this.#worker.postMessage({ type: 'cancel' } satisfies HashCall);
      signal?.addEventListener('abort', cancel);
      try {
        const reply = await this.#ask({ type: 'hash', file, orientations });
        if (reply.type !== 'hashed') throw new HashError('engine/failed');
        return reply.hashes;
      } catch (error) {
        signal?.throwIfAborted();
        throw error;
      } finally {
        signal?.removeEventListener('abort', cancel);
        this.#onProgress = undefined;
      }
    });
    this.#last = hashes.catch(() => {});
    return hashes;
  }

  dispose(): void {
    this.#end('hasher/disposed');
  }

  async #ask(call: HashCall): Promise<HashReply> {
    if (this.#ended !== null) throw new HashError(this.#ended);
    this.#worker.postMessage(call);
    const reply = await new Promise<HashReply>((resolve) => (this.#settle = resolve));
    if (reply.type === 'failed') throw new HashError(reply.code);
    return reply;
  }

  #hear(reply: HashReply): void {
    if (reply.type !== 'progress') return this.#answer(reply);
    try {
      this.#onProgress?.(reply.loaded, reply.total);
    } catch (error) {
      reportError(error);
    }
  }

  #answer(reply: HashReply): void {
    this.#settle?.(reply);
    this.#settle = null;
  }

  #end(code: string): void {
    if (this.#ended !== null) return;
    this.#ended = code;
    this.#worker.terminate();
    this.#answer({ type: 'failed', code });
  }
}

/** A blob never changes, so that the worker can read it when its turn comes. */
function blobOf(source: HashSource): Blob {
  switch (kindOf(source)) {
    case 'Blob':
    case 'File':
      return source as Blob;
    default:
      if (ArrayBuffer.isView(source) || kindOf(source) === 'ArrayBuffer') return new Blob([source as BlobPart]);
      throw new TypeError('source/not-a-file');
  }
}
