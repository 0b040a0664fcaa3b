/** The browser's entry of `pausepoint/hash`. */
import { hashWasmBeside, resolveInPage } from '../client/beside.js';
import { kindOf } from '../client/capture-bytes.js';
import { fileIn } from '../client/recipe.js';
import { reportError } from '../client/report-error.js';
import { detectHashBuild } from './build.js';
import { VideoError } from '../client/video-error.js';
import { sampleVideo, type VideoFacts } from '../client/video-samples.js';
import { eitherSignal } from './either-signal.js';
import { HashError } from './hash-error.js';
import type { HashOptions, HasherOf, HasherOptions, HashVideoOptions } from './hasher.js';
import type { FileHashes } from './hashes.js';
import type { HashCall, HashReply } from './protocol.js';
import { type CompareOptions, comparison, type FrameHashes, type VideoHashes, type VideoMatch } from './video-hashes.js';

export { HashError } from './hash-error.js';
export type { HashOptions, HasherOf, HasherOptions, HashVideoOptions } from './hasher.js';
export type { FileHashes, Orientation, Pdq, PdqHashes, PictureHashes } from './hashes.js';
export type { CompareOptions, FrameHashes, VideoHashes, VideoMatch, VideoShare } from './video-hashes.js';

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
  readonly #disposal = new AbortController();

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
    return this.#inTurn(async () => {
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
  }

  async hashVideo(video: Blob, options: HashVideoOptions = {}): Promise<VideoHashes> {
    const { onProgress, signal } = options;
    signal?.throwIfAborted();
    const file = blobOf(video);
    return this.#inTurn(async () => {
      signal?.throwIfAborted();
      if (this.#ended !== null) throw new HashError(this.#ended);
      const disposal = this.#disposal.signal;
      const either = eitherSignal(signal ? [disposal, signal] : [disposal]);
      try {
        return await this.#hashFrames(file, onProgress, either.signal);
      } catch (error) {
        throw error instanceof VideoError ? new HashError(error.code) : error;
      } finally {
        either.release();
      }
    });
  }

  async compareVideos(query: VideoHashes, compared: VideoHashes, options: CompareOptions = {}): Promise<VideoMatch> {
    const asked = comparison(query, compared, options);
    return this.#inTurn(async () => {
      const reply = await this.#ask({ type: 'compare', comparison: asked });
      if (reply.type !== 'compared') throw new HashError('engine/failed');
      return reply.match;
    });
  }

  dispose(): void {
    this.#end('hasher/disposed');
  }

  /** One frame under way, so that a film takes no more memory than a clip. */
  async #hashFrames(
    file: Blob,
    onProgress: HashVideoOptions['onProgress'],
    signal: AbortSignal,
  ): Promise<VideoHashes> {
    const frames: FrameHashes[] = [];
    let facts: VideoFacts | null = null;
    for await (const { at, sceneChange, bitmap, done, video } of sampleVideo(file, { signal })) {
      try {
        const reply = await this.#ask({ type: 'hash-frame', bitmap }, [bitmap]);
        if (reply.type !== 'frame-hashed') throw new HashError('engine/failed');
        frames.push({ at, sceneChange, pdq: reply.pdq });
      } finally {
        // In case that it was not sent.
        bitmap.close();
      }
      facts = video;
      this.#tell(() => onProgress?.(done));
    }
    if (facts === null) throw new HashError('video/unsupported');
    return { ...facts, frames };
  }

  /** What is asked of a hasher is done one after the other. */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }

  async #ask(call: HashCall, transfer: Transferable[] = []): Promise<HashReply> {
    if (this.#ended !== null) throw new HashError(this.#ended);
    this.#worker.postMessage(call, transfer);
    const reply = await new Promise<HashReply>((resolve) => (this.#settle = resolve));
    if (reply.type === 'failed') throw new HashError(reply.code);
    return reply;
  }

  #hear(reply: HashReply): void {
    if (reply.type !== 'progress') return this.#answer(reply);
    this.#tell(() => this.#onProgress?.(reply.loaded, reply.total));
  }

  #tell(callback: () => void): void {
    try {
      callback();
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
    this.#disposal.abort(new HashError(code));
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
