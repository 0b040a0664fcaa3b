import { bitmapOf } from './bitmap-of.js';
import { VideoError } from './video-error.js';

/** How a video file is opened. */
export interface OpenOptions {
  /** How long the browser may take to open the file, and then to get to each frame, in milliseconds. */
  timeoutMs: number;
  /** Gives up, whatever it is waiting for. */
  signal?: AbortSignal | undefined;
}

/** Side of a thumbnail, in pixels. */
const THUMBNAIL_SIDE = 32;
/** Later than the end of any video, in seconds. */
const BEYOND_THE_END = 1e9;
/** How long after a refusal the browser may say that the page's policy was the reason, in milliseconds. */
const REFUSAL_MS = 100;

/** How long after a seek its frame may come, in milliseconds, where nobody sees the page and so nothing tells of it. */
const HIDDEN_FRAME_MS = 100;
/** The same where it is told of; only a file without a frame takes as long. */
const FRAME_MS = 1_000;

/** A video file that the browser decodes for us: muted, never played, in no page, going from frame to frame. */
export class SilentVideo {
  readonly #video: HTMLVideoElement;
  readonly #address: string;
  readonly #timeoutMs: number;
  readonly #signal: AbortSignal | undefined;
  readonly #thumbnails: CanvasRenderingContext2D;
  #durationSeconds = 0;

  /**
   * Opens a file.
   *
   * @throws VideoError if this browser cannot, or may not, decode it, or there is no picture in it.
   * @throws The signal's reason.
   */
  static async open(blob: Blob, options: OpenOptions): Promise<SilentVideo> {
    options.signal?.throwIfAborted();
    if (!('document' in globalThis)) throw new VideoError('video/not-supported');
    const video = new SilentVideo(blob, options);
    try {
      await video.#load();
      return video;
    } catch (error) {
      video.close();
      throw error;
    }
  }

  private constructor(blob: Blob, { timeoutMs, signal }: OpenOptions) {
    this.#timeoutMs = timeoutMs;
    this.#signal = signal;
    const canvas = document.createElement('canvas');
    canvas.width = THUMBNAIL_SIDE;
    canvas.height = THUMBNAIL_SIDE;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new VideoError('video/not-supported');
    this.#thumbnails = context;
    this.#video = document.createElement('video');
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#video.preload = 'auto';
    this.#video.disableRemotePlayback = true;
    this.#address = URL.createObjectURL(blob);
  }

  /** Pixels across, the right way up. */
  get width(): number {
    return this.#video.videoWidth;
  }

  /** Pixels down, the right way up. */
  get height(): number {
    return this.#video.videoHeight;
  }

  /** 0 if nobody knows. */
  get durationSeconds(): number {
    return this.#durationSeconds;
  }

  /**
   * Goes to the frame that is shown at a time.
   *
   * @throws VideoError if the browser does not get there.
   * @throws The signal's reason.
   */
  async seek(seconds: number): Promise<void> {
    const shown = new AbortController();
    const tells = 'requestVideoFrameCallback' in this.#video;
    const callback = tells ? this.#video.requestVideoFrameCallback(() => shown.abort()) : 0;
    try {
      await this.#happens('seeked', () => (this.#video.currentTime = seconds));
      // Frames take a way of their own: on a busy machine there would be none yet, or still the one before.
      if (tells && !shown.signal.aborted) await pause(document.hidden ? HIDDEN_FRAME_MS : FRAME_MS, shown.signal);
    } finally {
      if (tells) this.#video.cancelVideoFrameCallback(callback);
    }
  }

  /** The frame, scaled down to `longerSide`. The caller closes it. */
  async bitmap(longerSide: number): Promise<ImageBitmap> {
    try {
      return await bitmapOf(this.#video, this.width, this.height, longerSide);
    } catch {
      throw new VideoError('video/damaged');
    }
  }

  /** The frame's brightness, 0…255, in 32 × 32 fields. */
  thumbnail(): Uint8Array {
    this.#thumbnails.drawImage(this.#video, 0, 0, THUMBNAIL_SIDE, THUMBNAIL_SIDE);
    const { data } = this.#thumbnails.getImageData(0, 0, THUMBNAIL_SIDE, THUMBNAIL_SIDE);
    const value = (at: number) => data[at] ?? 0;
    const brightness = (at: number) => (299 * value(at) + 587 * value(at + 1) + 114 * value(at + 2)) / 1000;
    return Uint8Array.from({ length: THUMBNAIL_SIDE ** 2 }, (_, i) => brightness(4 * i));
  }

  /** Frees the decoder and the file. */
  close(): void {
    this.#video.removeAttribute('src');
    // Only this lets the decoder go.
    this.#video.load();
    URL.revokeObjectURL(this.#address);
  }

  async #load(): Promise<void> {
    const refused = new AbortController();
    const onViolation = ({ effectiveDirective, blockedURI, disposition }: SecurityPolicyViolationEvent) => {
      if (effectiveDirective === 'media-src' && blockedURI.startsWith('blob') && disposition === 'enforce') refused.abort();
    };
    document.addEventListener('securitypolicyviolation', onViolation);
    try {
      await this.#happens('loadedmetadata', () => (this.#video.src = this.#address));
    } catch (error) {
      // The element only says that it has no source; which of the two comes first is not laid down.
      if (error instanceof VideoError && error.code === 'video/damaged') {
        if (!refused.signal.aborted) await pause(REFUSAL_MS, refused.signal);
        throw new VideoError(refused.signal.aborted ? 'video/blocked' : 'video/unsupported');
      }
      throw error;
    } finally {
      document.removeEventListener('securitypolicyviolation', onViolation);
    }
    if (this.width === 0 || this.height === 0) throw new VideoError('video/no-picture');
    this.#durationSeconds = await this.#measure();
  }

  /** Recordings do not say how long they are, but browsers find out on the way to the end. */
  async #measure(): Promise<number> {
    const { duration } = this.#video;
    if (duration !== Infinity) return duration || 0;
    await this.seek(BEYOND_THE_END);
    return Number.isFinite(this.#video.duration) ? this.#video.duration : this.#video.currentTime;
  }

  async #happens(event: string, act: () => void): Promise<void> {
    this.#signal?.throwIfAborted();
    // It says so once only.
    if (this.#video.error !== null) throw new VideoError('video/damaged');
    const listening = new AbortController();
    const { signal } = listening;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        this.#video.addEventListener(event, () => resolve(), { signal });
        this.#video.addEventListener('error', () => reject(new VideoError('video/damaged')), { signal });
        this.#signal?.addEventListener('abort', () => reject(this.#signal?.reason), { signal });
        timer = setTimeout(() => reject(new VideoError('video/stalled')), this.#timeoutMs);
        act();
      });
    } finally {
      clearTimeout(timer);
      listening.abort();
    }
  }
}

/** Waits, until the signal at the longest. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
