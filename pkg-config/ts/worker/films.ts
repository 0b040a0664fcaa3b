import { attempt } from './attempt.js';
import type { Engine, Film, Glue } from './engine.js';
import type { WorkerHost } from './host.js';
import type { EngineVideoVerdict, Frame } from './protocol.js';

/** The video files that are being looked at, with what was seen of them so far. */
export class Films {
  readonly #films = new Map<number, Film>();
  readonly #glue: Glue;
  readonly #engine: Engine;

  constructor(glue: Glue, engine: Engine) {
    this.#glue = glue;
    this.#engine = engine;
  }

  /** Judges a frame; whether the verdict is decided. Whatever this throws came out of the engine. */
  async sample(film: number, frame: Frame, at: number, host: WorkerHost, context: string): Promise<boolean> {
    const reel = this.#reel(film);
    if (frame.kind === 'unchecked') return this.#engine.sampleUnchecked(reel, frame.reason, context);
    try {
      const pixels = await attempt(() => host.readPixels?.(frame.bitmap));
      if (!pixels) return this.#engine.sampleUnchecked(reel, 'not-readable', context);
      return this.#engine.samplePixels(reel, pixels.rgba, pixels.width, pixels.height, at, context);
    } finally {
      frame.bitmap.close();
    }
  }

  /** The verdict; the film is forgotten then. */
  end(film: number, reason: string | undefined, context: string): EngineVideoVerdict {
    const reel = this.#reel(film);
    this.#films.delete(film);
    const verdict = JSON.parse(this.#engine.endVideo(reel, reason, context)) as EngineVideoVerdict;
    reel.free();
    return verdict;
  }

  #reel(film: number): Film {
    const reel = this.#films.get(film) ?? new this.#glue.Film();
    this.#films.set(film, reel);
    return reel;
  }
}
