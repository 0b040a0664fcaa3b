import type { Assets, Limits } from '../client/options.js';
import type { FileHashes } from './hashes.js';
import type { CompareOptions, VideoHashes, VideoMatch } from './video-hashes.js';

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

/** Options of one `hashVideo`. */
export interface HashVideoOptions {
  /** Called after each frame: how much of the video has been hashed, 0…1. An error that it throws is reported only. */
  onProgress?: ((done: number) => void) | undefined;
  /** Gives up: `hashVideo` rejects with its reason. */
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
  /**
   * Hashes frames of a video file, which the browser decodes: one a second, and more where scenes change. A browser
   * shows the file to nobody while it does.
   *
   * @throws HashError if it cannot: `video/not-supported` in Node, which decodes no videos.
   * @throws TypeError for what is no file.
   * @throws The signal's reason.
   */
  hashVideo(video: Blob, options?: HashVideoOptions): Promise<VideoHashes>;
  /**
   * Compares two videos as vPDQ does: which frames of the one are in the other, in whatever order.
   *
   * @throws HashError `video/form` for what is not the hashes of a video, `options/form` for a wrong option.
   */
  compareVideos(query: VideoHashes, compared: VideoHashes, options?: CompareOptions): Promise<VideoMatch>;
  /** Frees everything. What is being hashed rejects. */
  dispose(): void;
  [Symbol.dispose](): void;
}
