/** Node's entry of `pausepoint/metadata`. */
import { readFile } from 'node:fs/promises';
import { kindOf } from '../client/capture-bytes.js';
import { fileIn } from '../client/recipe.js';
import { metadataWasmBeside, resolveInNode } from '../node/beside.js';
import type { ImageSource } from '../node/source.js';
import { lookInto, type Outcome, type Readable, type Task } from './look-into.js';
import { MetadataError } from './metadata-error.js';
import { rebuilt } from './rebuilt.js';
import type { MetadataReport, StrippedFile } from './report.js';
import type { MetadataOptions, MetadataToolOptions } from './tool.js';

export { MetadataError } from './metadata-error.js';
export type { MetadataFinding, MetadataKept, MetadataKind, MetadataReport, StrippedFile } from './report.js';
export type { MetadataOptions, MetadataToolOptions } from './tool.js';

/** What metadata is taken out of in Node: files and bytes (`Buffer` is a view). */
export type MetadataSource = ImageSource;

/** What comes of it: a file for a file, and bytes for bytes. */
export type WithoutMetadata<F> = F extends Blob ? F : F | Uint8Array;

/** Takes metadata out of pictures, on the thread that asks. */
export interface MetadataTool {
  /**
   * Says what a file carries beside its picture.
   *
   * @throws MetadataError
   */
  scan(file: MetadataSource, options?: MetadataOptions): Promise<MetadataReport>;
  /**
   * Takes it out: nothing is decoded, and the pixels are the same. A new file has the name, type and time of the old one;
   * where nothing was found, it is the same object.
   *
   * @throws MetadataError, and then nothing is to go out.
   */
  strip<F extends MetadataSource>(file: F, options?: MetadataOptions): Promise<StrippedFile<WithoutMetadata<F>>>;
  /** Every later call rejects with `metadata/disposed`. */
  dispose(): void;
  [Symbol.dispose](): void;
}

/**
 * Starts the tool.
 *
 * @throws MetadataError if the WebAssembly file cannot be read or compiled.
 * @throws The signal's reason, if it was aborted meanwhile.
 */
export async function createMetadataTool(options: MetadataToolOptions = {}): Promise<MetadataTool> {
  const { assets = {}, signal } = options;
  signal?.throwIfAborted();
  const address = assets.wasm === undefined ? metadataWasmBeside() : new URL(fileIn(resolveInNode(assets.wasm), 'metadata.wasm'));
  const bytes = await readFile(address).catch(() => {
    throw new MetadataError('assets/wasm-unreachable');
  });
  const module = await WebAssembly.compile(bytes).catch(() => {
    throw new MetadataError('assets/wasm-invalid');
  });
  signal?.throwIfAborted();
  return new NodeTool(module);
}

class NodeTool implements MetadataTool {
  readonly #module: WebAssembly.Module;
  #disposed = false;

  static {
    // Older versions have no `using`, and no symbol for it.
    if ('dispose' in Symbol) Object.defineProperty(this.prototype, Symbol.dispose, { value: this.prototype.dispose });
  }

  declare [Symbol.dispose]: () => void;

  constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  async scan(file: MetadataSource, options: MetadataOptions = {}): Promise<MetadataReport> {
    return (await this.#look('scan', file, options)).report;
  }

  async strip<F extends MetadataSource>(file: F, options: MetadataOptions = {}): Promise<StrippedFile<WithoutMetadata<F>>> {
    const { report, bytes } = await this.#look('strip', file, options);
    const without = bytes === null ? file : isBlob(file) ? rebuilt(file, bytes) : bytes;
    return { file: without as WithoutMetadata<F>, removed: report.found, kept: report.kept };
  }

  dispose(): void {
    this.#disposed = true;
  }

  async #look(task: Task, file: MetadataSource, { signal }: MetadataOptions): Promise<Outcome> {
    signal?.throwIfAborted();
    const readable = readableOf(file);
    if (this.#disposed) throw new MetadataError('metadata/disposed');
    const outcome = await lookInto(this.#module, task, readable);
    signal?.throwIfAborted();
    return outcome;
  }
}

function readableOf(file: MetadataSource): Readable {
  if (isBlob(file)) return { size: file.size, read: async () => new Uint8Array(await file.arrayBuffer()) };
  if (ArrayBuffer.isView(file)) {
    return { size: file.byteLength, read: async () => new Uint8Array(file.buffer, file.byteOffset, file.byteLength) };
  }
  if (kindOf(file) !== 'ArrayBuffer') throw new TypeError('source/not-a-file');
  return { size: file.byteLength, read: async () => new Uint8Array(file) };
}

function isBlob(file: unknown): file is Blob {
  return ['Blob', 'File'].includes(kindOf(file));
}
