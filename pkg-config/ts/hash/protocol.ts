/** What client and worker of the hasher say to each other. One file at a time. */
import type { Limits } from '../client/options.js';
import type { HashBuild } from './build.js';
import type { FileHashes } from './hashes.js';

/** Client to worker. */
export type HashCall =
  /** Fetch and compile the WebAssembly file. Answered `ready` or `failed`. */
  | { type: 'load'; build: HashBuild; wasm: string; limits: Partial<Limits> }
  /** Hash a file. Answered `hashed` or `failed`, after any number of `progress`. */
  | { type: 'hash'; file: Blob; orientations: boolean }
  /** Give up the file that is being hashed, which is then answered `failed`. */
  | { type: 'cancel' };

/** Worker to client. */
export type HashReply =
  | { type: 'ready' }
  | { type: 'progress'; loaded: number; total: number | null }
  | { type: 'hashed'; hashes: FileHashes }
  | { type: 'failed'; code: string };
