import type { Glue } from './engine.js';
import type { Build, Reply } from './protocol.js';

/** Pixels, RGBA with 8 bits each, row by row, alpha not multiplied in. */
export interface Pixels {
  rgba: Uint8Array;
  width: number;
  height: number;
}

/** Tells how many bytes have come, and of how many if known. */
export type Report = (loaded: number, total: number | null) => void;

/** What the worker's logic needs from where it runs. */
export interface WorkerHost {
  glue: Record<Build, () => Glue>;
  post(reply: Reply, transfer?: ArrayBuffer[]): void;
  /** Throws `StartError`. */
  loadModule(address: string, report: Report): Promise<WebAssembly.Module>;
  /** Throws `StartError`. */
  loadModel(address: string, report: Report): Promise<ArrayBuffer>;
  /** Decodes a file with the host's own decoder, or is absent. Throws when it cannot. */
  decode?(bytes: Uint8Array): Promise<ImageBitmap>;
  /** Reads a bitmap's pixels, or is absent. Throws when it cannot. */
  readPixels?(bitmap: ImageBitmap): Pixels;
}
