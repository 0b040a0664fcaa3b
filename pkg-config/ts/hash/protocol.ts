/** What client and worker of the hasher say to each other. One file at a time. */
import type { Limits } from '../client/options.js';
import type { HashBuild } from './build.js';
import type { FileHashes, PdqHashes } from './hashes.js';
import type { Comparison, VideoMatch } from './video-hashes.js';

/** Client to worker. */
export type HashCall =
  /** Fetch and compile the WebAssembly file. Answered `ready` or `failed`. */
  | { type: 'load'; build: HashBuild; wasm: string; limits: Partial<Limits> }
  /** Hash a file. Answered `hashed` or `failed`, after any number of `progress`. */
  | { type: 'hash'; file: Blob; orientations: boolean }
  /** Hash a frame of a video. Answered `frame-hashed` or `failed`. */
  | { type: 'hash-frame'; bitmap: ImageBitmap }
  /** Compare two videos. Answered `compared` or `failed`. */
  | { type: 'compare'; comparison: Comparison }
  /** Give up the file that is being hashed, which is then answered `failed`. */
  | { type: 'cancel' };

/** Worker to client. */
export type HashReply =
  | { type: 'ready' }
  | { type: 'progress'; loaded: number; total: number | null }
  | { type: 'hashed'; hashes: FileHashes }
  | { type: 'frame-hashed'; pdq: PdqHashes }
  | { type: 'compared'; match: VideoMatch }
  | { type: 'failed'; code: string };
