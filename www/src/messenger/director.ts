import { tell } from './narrator.js';
import { ALL } from './scenes/index.js';
import type { Set as Stage } from './scenes/scene.js';
import { TEXT, type SceneName } from './text.js';

/** Which scene plays, and which were met. In memory only. */
export interface Programme {
  playing: SceneName | null;
  met: ReadonlySet<SceneName>;
}

/** Plays one scene at a time. */
export class Director {
  readonly #stage: Stage;
  readonly #onChange: (programme: Programme) => void;
  readonly #met = new Set<SceneName>();
  #playing: SceneName | null = null;
  #end = new AbortController();

  constructor(stage: Stage, onChange: (programme: Programme) => void) {
    this.#stage = stage;
    this.#onChange = onChange;
  }

  /** Plays a scene from its beginning, in place of what plays. */
  async play(name: SceneName): Promise<void> {
    this.#end.abort();
    const { signal } = (this.#end = new AbortController());
    this.#playing = name;
    this.#tell();
    try {
      await ALL[name](this.#stage, signal);
      this.#met.add(name);
    } catch (error) {
      if (signal.aborted) return;
      reportError(error);
      tell(TEXT.told.failed, TEXT.told.failedText);
    }
    if (signal.aborted) return;
    this.#playing = null;
    this.#tell();
  }

  /** Ends what plays; what was written stays. */
  stop(): void {
    this.#end.abort();
    this.#playing = null;
    this.#tell();
    tell(TEXT.told.stopped, TEXT.told.stoppedText);
  }

  #tell(): void {
    this.#onChange({ playing: this.#playing, met: this.#met });
  }
}
