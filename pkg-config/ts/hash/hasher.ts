import type { Assets, Limits } from '../client/options.js';
import type { FileHashes } from './hashes.js';

/** Options of `createHasher`. */
export interface HasherOptions {
  /** Limits other than the engine's own, for pictures. Digests have none. */
  limits?: Partial<Limits> | undefined;
  /** Where the parts are. Default: beside this module. */
  assets?: Omit<Assets, 'model'> | undefined;
  /** Gives up starting: `createHasher` rejects with its reason. */
  signal?: AbortSignal | undefined;
}

/** Options of one `hash`. */
export interface HashOptions {
  /** Whether the picture is also hashed turned and mirrored in each way, which takes four times as long. */
  orientations?: boolean | undefined;
  /** Called while the file is read: bytes so far, and in all if known. An error that it throws is reported only. */
  onProgress?: ((loaded: number, total: number | null) => void) | undefined;
  /** Gives up: `hash` rejects with its reason. */
  signal?: AbortSignal | undefined;
}

/** Hashes files, one after the other. Nothing of them leaves the device. */
export interface HasherOf<Source> {
  /**
   * Hashes a file: SHA-256 and MD5 of its bytes, and PDQ if it is a picture. Files of any size take little memory.
   *
   * @throws HashError if the file cannot be read, or the engine failed on it.
   * @throws TypeError for what is no file.
   * @throws The signal's reason.
   */
  hash(source: Source, options?: HashOptions): Promise<FileHashes>;
  /** Frees everything. What is being hashed rejects. */
  dispose(): void;
  [Symbol.dispose](): void;
}
