import type { Limits } from '../client/options.js';
import type { HashGlue } from './engine.js';
import { HashError } from './hash-error.js';
import { hashFrame } from './hash-frame.js';
import { type HashHost, type HashProgress, hashFile, type Input } from './hash-file.js';
import type { FileHashes, PdqHashes } from './hashes.js';
import type { Comparison, VideoMatch } from './video-hashes.js';

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
  run({ input, orientations, report, signal }: Job): Promise<FileHashes> {
    const request = { orientations, limits: this.#limits };
    return this.#use((glue) => hashFile(glue, this.#host, input, request, report, signal), signal);
  }

  /** Hashes a frame of a video, and closes it. Throws `HashError`. */
  frame(bitmap: ImageBitmap): Promise<PdqHashes> {
    return this.#use((glue) => hashFrame(glue, this.#host, bitmap, this.#limits));
  }

  /** Compares two videos. Throws `HashError`. */
  compare({ query, compared, distance, quality }: Comparison): Promise<VideoMatch> {
    return this.#use(async (glue) => {
      const match = glue.compareVideos(query, compared, distance, quality);
      if (match === '') throw new HashError('video/form');
      return JSON.parse(match) as VideoMatch;
    });
  }

  async #use<T>(work: (glue: HashGlue) => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await work(this.engine());
    } catch (error) {
      if (error instanceof HashError || signal?.aborted) throw error;
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
