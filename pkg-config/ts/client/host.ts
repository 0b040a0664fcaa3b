import type { Direction } from './check-options.js';
import type { Limits } from './options.js';
import type { UncheckedReason } from './verdict.js';
import type { VideoSample } from './video-samples.js';
import type { Report } from '../worker/host.js';
import type { Frame, Picture, Reply, Request } from '../worker/protocol.js';

/** What a worker does, as its link hears of it. */
export interface WorkerEvents {
  reply(reply: Reply): void;
  /** It died, or can no longer be understood. */
  failed(): void;
}

/** A worker, whichever platform's. */
export interface WorkerPort {
  /** Throws when something in the message cannot be sent. */
  post(request: Request, transfer: Transferable[]): void;
  /** Whether the program may end while this worker lives. Workers begin as if held. */
  hold(held: boolean): void;
  terminate(): void;
}

/** What the caller handed over, as it was at that moment: something to send, or why there is nothing. */
export type Captured =
  | { picture: Picture; transfer: Transferable[] }
  | { unchecked: UncheckedReason };

/** What happens to a video, as its watcher hears of it. */
export interface VideoEvents {
  /** There is a new frame. */
  fresh(): void;
  /** No frame will come any more. */
  ended(): void;
}

/** A video that is open for watching. */
export interface VideoFrames {
  /** Takes the newest frame. The promise never rejects. */
  grab(): Promise<Frame>;
  /** Lets the source go, which is left as it is. */
  close(): void;
}

/** What the client's logic needs from where it runs. */
export interface Host<Source, Video = never> {
  /** Starts a worker. May throw. */
  spawn(events: WorkerEvents): WorkerPort;
  /** Whether loading a worker's script is a network request, so that a loaded spare is worth its memory. */
  scriptsAreRequests: boolean;
  /**
   * Takes the picture as it is now; the caller may change or close it once this has returned. Throws `TypeError` for
   * what is no picture source. The promise never rejects.
   */
  capture(source: Source, limits: Limits): Promise<Captured>;
  /**
   * Fetches the model file; absent where the worker does it as well. The promise never rejects: `null` if it cannot be
   * had here, or no more once the signal is aborted.
   */
  loadModel?(address: string, report: Report, signal: AbortSignal): Promise<ArrayBuffer | null>;
  /** Gives samples of a video file, or is absent where there are none. Throws `TypeError` for what is no file. */
  sampleVideo?(file: Blob, signal: AbortSignal): AsyncIterable<VideoSample>;
  /** Opens a video, or is absent where there are none. Throws `TypeError` for what is no video source. */
  openVideo?(source: Video, direction: Direction, events: VideoEvents): VideoFrames;
}
