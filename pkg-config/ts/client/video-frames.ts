import { bitmapOf } from './bitmap-of.js';
import type { Direction } from './check-options.js';
import { kindOf } from './capture-bytes.js';
import type { VideoEvents, VideoFrames } from './host.js';
import type { VideoSource } from './source.js';
import type { Frame } from '../worker/protocol.js';

/**
 * Longer side, in pixels, of what is read of a frame. Reading back is what costs, and the engine makes 224 × 224 of it;
 * a shorter side of that many remains up to 21:9.
 */
const LONGER_SIDE = 512;
/** How often a video that plays is asked whether it has moved on, where nothing tells, in milliseconds. */
const POLL_MS = 200;
/** The same where something tells, but perhaps not of a video that is out of sight. */
const SLOW_POLL_MS = 1_000;

const NOT_READABLE: Frame = { kind: 'unchecked', reason: 'not-readable' };

/** Opens a video for watching. Throws `TypeError` for what is none. */
export function videoFrames(source: VideoSource, direction: Direction, events: VideoEvents): VideoFrames {
  const kind = kindOf(source);
  // A track of a canvas, a tab or a generator has a kind of its own.
  const isTrack = /MediaStreamTrack(Generator)?$/.test(kind) && (source as MediaStreamTrack).kind === 'video';
  if (!isTrack && kind !== 'HTMLVideoElement') throw new TypeError('source/not-a-video-source');
  const gate = new Gate(direction, events);
  if (!isTrack) return new ElementFrames(source as HTMLVideoElement, gate);
  const track = source as MediaStreamTrack;
  if (track.readyState === 'ended') return endedTrack(gate);
  return 'MediaStreamTrackProcessor' in globalThis ? new TrackFrames(track, gate) : new PlayedTrackFrames(track, gate);
}

/** Passes events on, except while nobody sees what comes in: what goes out goes out from a hidden page too. */
class Gate {
  readonly #events: VideoEvents;
  readonly #document: Document | null;
  readonly #onVisible = () => this.fresh();
  #closed = false;

  constructor(direction: Direction, events: VideoEvents) {
    this.#events = events;
    this.#document = direction === 'incoming' ? (globalThis.document ?? null) : null;
    this.#document?.addEventListener('visibilitychange', this.#onVisible);
  }

  fresh(): void {
    if (!this.#closed && this.#document?.hidden !== true) this.#events.fresh();
  }

  ended(): void {
    if (!this.#closed) this.#events.ended();
  }

  close(): void {
    this.#closed = true;
    this.#document?.removeEventListener('visibilitychange', this.#onVisible);
  }
}

/** The frames that an element shows. */
class ElementFrames implements VideoFrames {
  readonly #video: HTMLVideoElement;
  readonly #gate: Gate;
  readonly #tells: boolean;
  readonly #poll: ReturnType<typeof setInterval>;
  readonly #onShown = () => this.#gate.fresh();
  #callback = 0;
  #hasTold = false;
  #lastTime: number;

  constructor(video: HTMLVideoElement, gate: Gate) {
    this.#video = video;
    this.#gate = gate;
    this.#lastTime = video.currentTime;
    this.#tells = 'requestVideoFrameCallback' in video;
    if (this.#tells) {
      this.#listen();
    } else {
      video.addEventListener('loadeddata', this.#onShown);
      video.addEventListener('seeked', this.#onShown);
    }
    this.#poll = setInterval(() => this.#look(), this.#tells ? SLOW_POLL_MS : POLL_MS);
    // What it shows already is not announced any more.
    if (video.readyState >= video.HAVE_CURRENT_DATA) gate.fresh();
  }

  grab(): Promise<Frame> {
    const { videoWidth, videoHeight, readyState, HAVE_CURRENT_DATA } = this.#video;
    if (readyState < HAVE_CURRENT_DATA) return Promise.resolve(NOT_READABLE);
    return frameOf(this.#video, videoWidth, videoHeight);
  }

  close(): void {
    this.#gate.close();
    clearInterval(this.#poll);
    if (this.#tells) this.#video.cancelVideoFrameCallback(this.#callback);
    this.#video.removeEventListener('loadeddata', this.#onShown);
    this.#video.removeEventListener('seeked', this.#onShown);
  }

  #listen(): void {
    this.#callback = this.#video.requestVideoFrameCallback(() => {
      this.#hasTold = true;
      this.#gate.fresh();
      this.#listen();
    });
  }

  #look(): void {
    const { currentTime, paused } = this.#video;
    if (!this.#hasTold && !paused && currentTime !== this.#lastTime) this.#gate.fresh();
    this.#hasTold = false;
    this.#lastTime = currentTime;
  }
}

/** The frames of a track, where the browser hands them over. */
class TrackFrames implements VideoFrames {
  readonly #gate: Gate;
  readonly #reader: ReadableStreamDefaultReader<VideoFrame>;
  #newest: VideoFrame | null = null;
  #closed = false;

  constructor(track: MediaStreamTrack, gate: Gate) {
    this.#gate = gate;
    // One frame and no more: what is not taken in time is the browser's to drop.
    this.#reader = new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable.getReader();
    void this.#read();
  }

  async grab(): Promise<Frame> {
    if (this.#newest === null) return NOT_READABLE;
    // The next frame closes this one while the browser still scales it.
    const frame = this.#newest.clone();
    try {
      return await frameOf(frame, frame.displayWidth, frame.displayHeight);
    } finally {
      frame.close();
    }
  }

  close(): void {
    this.#closed = true;
    this.#gate.close();
    this.#newest?.close();
    this.#newest = null;
    void this.#reader.cancel().catch(() => {});
  }

  async #read(): Promise<void> {
    for (;;) {
      const next = await this.#reader.read().catch(() => ({ done: true as const, value: undefined }));
      if (next.done) return this.#gate.ended();
      if (this.#closed) return next.value.close();
      this.#newest?.close();
      this.#newest = next.value;
      this.#gate.fresh();
    }
  }
}

/** The frames of a track, played by an element that nobody sees. */
class PlayedTrackFrames implements VideoFrames {
  readonly #video: HTMLVideoElement;
  readonly #track: MediaStreamTrack;
  readonly #frames: ElementFrames;
  readonly #poll: ReturnType<typeof setInterval>;
  readonly #onEnded: () => void;

  constructor(track: MediaStreamTrack, gate: Gate) {
    this.#track = track;
    this.#video = document.createElement('video');
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#video.srcObject = new MediaStream([track]);
    this.#frames = new ElementFrames(this.#video, gate);
    // Without playing there are no frames, and so nothing is ever called safe.
    void this.#video.play().catch(() => {});
    this.#onEnded = () => gate.ended();
    track.addEventListener('ended', this.#onEnded);
    // Somebody's own `track.stop()` is not announced.
    this.#poll = setInterval(() => {
      if (track.readyState === 'ended') gate.ended();
    }, SLOW_POLL_MS);
  }

  grab(): Promise<Frame> {
    return this.#frames.grab();
  }

  close(): void {
    clearInterval(this.#poll);
    this.#track.removeEventListener('ended', this.#onEnded);
    this.#frames.close();
    this.#video.srcObject = null;
  }
}

// Nothing is heard of a track that has ended before, and no browser takes one.
function endedTrack(gate: Gate): VideoFrames {
  queueMicrotask(() => gate.ended());
  return { grab: () => Promise.resolve(NOT_READABLE), close: () => gate.close() };
}

async function frameOf(source: HTMLVideoElement | VideoFrame, width: number, height: number): Promise<Frame> {
  try {
    return { kind: 'bitmap', bitmap: await bitmapOf(source, width, height, LONGER_SIDE), format: 'video-frame' };
  } catch {
    return NOT_READABLE;
  }
}

// Not in every browser, and so not in the compiler's library.
declare const MediaStreamTrackProcessor: new (options: { track: MediaStreamTrack; maxBufferSize: number }) => {
  readable: ReadableStream<VideoFrame>;
};
