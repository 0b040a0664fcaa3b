import type { Limits } from '../client/options.js';
import type { HashGlue } from './engine.js';
import { HashError } from './hash-error.js';
import { type HashHost, type HashProgress, hashFile, type Input } from './hash-file.js';
import type { FileHashes } from './hashes.js';

/** One file to hash. */
export interface Job {
  input: Input;
  orientations: boolean;
  report: HashProgress;
  signal: AbortSignal;
}

/** Hashes with one instance of the engine as long as it is well. */
export class Runner {
  readonly #module: WebAssembly.Module;
  readonly #createGlue: () => HashGlue;
  readonly #host: HashHost;
  readonly #limits: Partial<Limits>;
  #glue: HashGlue | null = null;

  constructor(module: WebAssembly.Module, createGlue: () => HashGlue, host: HashHost, limits: Partial<Limits>) {
    this.#module = module;
    this.#createGlue = createGlue;
    this.#host = host;
    this.#limits = limits;
  }

  /** Throws `HashError` or the signal's reason. */
  async run({ input, orientations, report, signal }: Job): Promise<FileHashes> {
    try {
      return await hashFile(this.engine(), this.#host, input, { orientations, limits: this.#limits }, report, signal);
    } catch (error) {
      if (error instanceof HashError || signal.aborted) throw error;
      // It trapped, or could not be made: whatever it holds is lost.
      this.#glue = null;
      throw new HashError('engine/failed');
    }
  }

  /** The instance, made anew if need be. */
  engine(): HashGlue {
    return (this.#glue ??= this.#start());
  }

  #start(): HashGlue {
    const glue = this.#createGlue();
    glue.initSync({ module: this.#module });
    return glue;
  }
}
