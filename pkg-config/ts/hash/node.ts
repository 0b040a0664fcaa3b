/** Node's entry of `pausepoint/hash`. */
import { readFile } from 'node:fs/promises';
import { fileIn } from '../client/recipe.js';
import { reportError } from '../client/report-error.js';
import { hashWasmBeside, resolveInNode } from '../node/beside.js';
import { eitherSignal } from './either-signal.js';
import { HASH_GLUE } from './glue.js';
import { detectHashBuild } from './build.js';
import { HashError } from './hash-error.js';
import { type Input, piecesOf, whole } from './hash-file.js';
import type { HashOptions, HasherOf, HasherOptions } from './hasher.js';
import type { FileHashes } from './hashes.js';
import { type InspectedList, type ListDraft, listTools, type ListTools, type OpenList } from './list-tools.js';
import { Runner } from './runner.js';
import { type CompareOptions, comparison, type VideoHashes, type VideoMatch } from './video-hashes.js';

export type { InspectedList, ListDraft, ListHit, ListTools, OpenList } from './list-tools.js';
export { HashError } from './hash-error.js';
export type { HashOptions, HasherOf, HasherOptions, HashVideoOptions } from './hasher.js';
export type { FileHashes, Orientation, Pdq, PdqHashes, PictureHashes } from './hashes.js';
export type { CompareOptions, FrameHashes, VideoHashes, VideoMatch, VideoShare } from './video-hashes.js';

/** What `hash` takes in Node: files, bytes (`Buffer` is a view), and streams of them. */
export type HashSource = Blob | ArrayBuffer | ArrayBufferView | AsyncIterable<Uint8Array>;

/** Hashes files in Node, on the thread that asks; and makes lists of hashes. */
export type Hasher = HasherOf<HashSource> & ListTools;

/**
 * Starts a hasher.
 *
 * @throws HashError if the WebAssembly file cannot be read or compiled.
 * @throws The signal's reason, if it was aborted meanwhile.
 */
export async function createHasher(options: HasherOptions = {}): Promise<Hasher> {
  const { assets = {}, limits = {}, signal } = options;
  signal?.throwIfAborted();
  const build = detectHashBuild();
  const address = assets.wasm === undefined ? hashWasmBeside(build) : new URL(fileIn(resolveInNode(assets.wasm), `${build}.wasm`));
  const bytes = await readFile(address).catch(() => {
    throw new HashError('assets/wasm-unreachable');
  });
  const module = await WebAssembly.compile(bytes).catch(() => {
    throw new HashError('assets/wasm-invalid');
  });
  signal?.throwIfAborted();
  // Node decodes no pictures of its own.
  return new NodeHasher(new Runner(module, HASH_GLUE[build], {}, limits));
}

class NodeHasher implements Hasher {
  readonly #runner: Runner;
  readonly #lists: ListTools;
  readonly #disposal = new AbortController();
  #last: Promise<unknown> = Promise.resolve();

  static {
    // Older versions have no `using`, and no symbol for it.
    if ('dispose' in Symbol) Object.defineProperty(this.prototype, Symbol.dispose, { value: this.prototype.dispose });
  }

  declare [Symbol.dispose]: () => void;

  constructor(runner: Runner) {
    this.#runner = runner;
    this.#lists = listTools(() => runner.engine());
  }

  draftList(draft: ListDraft): Uint8Array {
    return this.#lists.draftList(draft);
  }

  inspectList(bytes: Uint8Array): InspectedList {
    return this.#lists.inspectList(bytes);
  }

  openList(bytes: Uint8Array, trustedIssuers: readonly string[], now?: number): OpenList {
    return this.#lists.openList(bytes, trustedIssuers, now);
  }

  async hash(source: HashSource, options: HashOptions = {}): Promise<FileHashes> {
    const { orientations = false, onProgress } = options;
    const signals = options.signal ? [this.#disposal.signal, options.signal] : [this.#disposal.signal];
    signals.forEach((signal) => signal.throwIfAborted());
    const input = inputOf(source);
    const report = (loaded: number, total: number | null) => {
      try {
        onProgress?.(loaded, total);
      } catch (error) {
        reportError(error);
      }
    };
    const { signal, release } = eitherSignal(signals);
    const hashes = this.#last.then(() => this.#runner.run({ input, orientations, report, signal })).finally(release);
    this.#last = hashes.catch(() => {});
    return hashes;
  }

  async hashVideo(): Promise<VideoHashes> {
    this.#disposal.signal.throwIfAborted();
    throw new HashError('video/not-supported');
  }

  async compareVideos(query: VideoHashes, compared: VideoHashes, options: CompareOptions = {}): Promise<VideoMatch> {
    this.#disposal.signal.throwIfAborted();
    return this.#runner.compare(comparison(query, compared, options));
  }

  dispose(): void {
    this.#disposal.abort(new HashError('hasher/disposed'));
  }
}

function inputOf(source: HashSource): Input {
  if (source instanceof Blob) return { pieces: piecesOf(source), size: source.size };
  if (source instanceof ArrayBuffer) return inputOf(new Uint8Array(source));
  if (ArrayBuffer.isView(source)) {
    // The caller may go on writing to it.
    const bytes = new Uint8Array(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
    return { pieces: whole(bytes), size: bytes.byteLength };
  }
  if (typeof source === 'object' && source !== null && Symbol.asyncIterator in source) return { pieces: source, size: null };
  throw new TypeError('source/not-a-file');
}
