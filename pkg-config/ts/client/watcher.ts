import type { Direction } from './check-options.js';
import { reportError } from './report-error.js';
import type { VideoEvents, VideoFrames } from './host.js';
import type { Watch, WatchFrames, WatchState } from './watch.js';
import type { EngineWatched, Frame, Sight } from '../worker/protocol.js';

/** A frame that was taken to be looked at. */
export interface Taken {
  frame: Promise<Frame>;
  sight: Sight;
}

/** What a watcher needs of its guard. */
export interface WatcherOptions {
  direction: Direction;
  /** Least milliseconds between the beginnings of two looks. */
  period: number;
  onChange: ((state: WatchState) => void) | undefined;
  signal: AbortSignal | undefined;
  open(events: VideoEvents): VideoFrames;
  /** Runs the task when the worker has nothing better to do. */
  whenIdle(task: () => Promise<void>): void;
  /** Has a frame looked at that is taken when the engine is ready for it; `null` if there is no answer. */
  look(take: () => Taken | null): Promise<EngineWatched | null>;
  /** The state where nobody looks. */
  unwatched(): Omit<WatchState, 'since'>;
  onEnd(watcher: Watcher): void;
}

/** Sees to it that one video is looked at as often as the device can bear, always at its newest frame. */
export class Watcher implements Watch {
  readonly #options: WatcherOptions;
  readonly #video: VideoFrames;
  readonly #stop = () => this.stop();
  #state: WatchState;
  #active = true;
  #looked = 0;
  #dropped = 0;

  /** The engine's memory of the frames so far; it travels with each look, so that a lost engine takes none of it. */
  #memory: unknown = undefined;
  #lapse: EngineWatched['seen']['lapse'] = null;
  /** When the state lapsed, until the engine has been told. */
  #lapsedAt: number | null = null;

  /** Since when there is a frame that is newer than the last one taken. */
  #freshSince: number | null = null;
  /** Since when there is a frame that is newer than the last one that was answered. */
  #unseenSince: number | null = null;
  /** Whether the last frame has to be looked at again, also if none comes. */
  #again = false;
  #waiting = false;
  #notBefore = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lapseTimer: ReturnType<typeof setTimeout> | undefined;

  static {
    // Older browsers have no `using`, and no symbol for it.
    if ('dispose' in Symbol) Object.defineProperty(this.prototype, Symbol.dispose, { value: this.prototype.stop });
  }

  declare [Symbol.dispose]: () => void;

  constructor(options: WatcherOptions) {
    this.#options = options;
    this.#state = { ...options.unwatched(), since: performance.now() };
    this.#video = options.open({ fresh: () => this.#fresh(), ended: () => this.end() });
    options.signal?.addEventListener('abort', this.#stop);
  }

  get state(): WatchState {
    return this.#state;
  }

  get frames(): WatchFrames {
    return { looked: this.#looked, dropped: this.#dropped };
  }

  get active(): boolean {
    return this.#active;
  }

  stop(): void {
    if (!this.#active) return;
    this.#active = false;
    clearTimeout(this.#timer);
    clearTimeout(this.#lapseTimer);
    this.#options.signal?.removeEventListener('abort', this.#stop);
    this.#video.close();
    // What was seen last says nothing of what comes now.
    this.#state = { ...this.#options.unwatched(), since: performance.now() };
    this.#options.onEnd(this);
  }

  /** An end that is not the caller's own doing. */
  end(): void {
    if (!this.#active) return;
    this.stop();
    this.#tell();
  }

  #fresh(): void {
    if (!this.#active) return;
    const now = performance.now();
    if (this.#freshSince === null) this.#freshSince = now;
    else this.#dropped += 1;
    this.#unseenSince ??= now;
    this.#watchForLapse();
    this.#wake();
  }

  /** Looks as soon as there is something to look at and it is time. */
  #wake(): void {
    if (!this.#active || this.#waiting || (this.#freshSince === null && !this.#again)) return;
    const wait = this.#notBefore - performance.now();
    if (wait > 0) {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#wake();
      }, wait);
      return;
    }
    this.#waiting = true;
    this.#options.whenIdle(async () => {
      if (this.#active) await this.#look();
      this.#waiting = false;
      this.#wake();
    });
  }

  async #look(): Promise<void> {
    const began = performance.now();
    let lapsedAt: number | null = null;
    const watched = await this.#options.look(() => {
      if (!this.#active) return null;
      this.#freshSince = null;
      this.#again = false;
      lapsedAt = this.#lapsedAt;
      const at = Math.floor(performance.now());
      const { direction } = this.#options;
      return { frame: this.#video.grab(), sight: { direction, at, watch: this.#memory, lapsedAt } };
    });
    const ended = performance.now();
    // The rest of the device gets at least as much time as this look took.
    this.#notBefore = Math.max(began + this.#options.period, ended + (ended - began));
    if (!this.#active) return;

    // An answer that comes after its state lapsed is about a frame that is long gone.
    if (watched === null || lapsedAt !== this.#lapsedAt) {
      this.#again = true;
      return;
    }
    this.#looked += 1;
    const { seen } = watched;
    this.#memory = watched.watch;
    this.#lapse = seen.lapse;
    this.#lapsedAt = null;
    this.#unseenSince = this.#freshSince;
    this.#again = !seen.settled;
    this.#watchForLapse();
    if (seen.changed) {
      this.#state = seen.report;
      this.#tell();
    }
  }

  /** Lets the state lapse, as the engine has said, when newer frames have gone unseen for too long. */
  #watchForLapse(): void {
    if (this.#lapseTimer !== undefined || this.#unseenSince === null || this.#lapse === null) return;
    const due = this.#unseenSince + this.#lapse.afterMs;
    this.#lapseTimer = setTimeout(() => {
      this.#lapseTimer = undefined;
      if (this.#unseenSince === null || this.#lapse === null) return;
      const now = performance.now();
      // Frames may have been judged since this timer was set.
      if (now < this.#unseenSince + this.#lapse.afterMs) return this.#watchForLapse();
      this.#lapsedAt = Math.floor(now);
      this.#state = { ...this.#lapse.report, since: this.#lapsedAt };
      this.#lapse = null;
      this.#tell();
    }, Math.max(0, due - performance.now()));
  }

  #tell(): void {
    try {
      this.#options.onChange?.(this.#state);
    } catch (error) {
      reportError(error);
    }
  }
}
