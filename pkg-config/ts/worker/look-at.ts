import type { Limits } from '../client/options.js';
import type { UncheckedReason } from '../client/verdict.js';
import { attempt } from './attempt.js';
import type { Pixels, WorkerHost } from './host.js';
import type { Picture } from './protocol.js';

/** What the engine makes of a picture, however it comes. */
export interface Looker<T> {
  bytes(bytes: Uint8Array): T;
  pixels(pixels: Pixels, format: string): T;
  /** What it says when there is nothing to look at. */
  unchecked(reason: UncheckedReason): T;
  /** The format of a file that it could not decode and the host perhaps can; otherwise `null`. */
  forHost(answer: T): string | null;
}

/** Hands a picture to the engine as bytes or as pixels. Whatever this throws came out of the engine. */
export async function lookAt<T>(looker: Looker<T>, limits: Limits, host: WorkerHost, picture: Picture): Promise<T> {
  switch (picture.kind) {
    case 'pixels':
      return looker.pixels({ ...picture, rgba: new Uint8Array(picture.rgba) }, picture.format);

    case 'bitmap':
      return (await lookAtBitmap(picture.bitmap, picture.format)) ?? looker.unchecked('not-readable');

    case 'bytes':
      return lookAtBytes(new Uint8Array(picture.bytes));

    case 'blob': {
      // Asked before reading: the engine would say the same, but only after the bytes had taken the memory.
      if (picture.blob.size > limits.maxBytes) return looker.unchecked('too-many-bytes');
      const bytes = await attempt(() => picture.blob.arrayBuffer());
      return bytes === null ? looker.unchecked('not-readable') : lookAtBytes(new Uint8Array(bytes));
    }
  }

  async function lookAtBytes(bytes: Uint8Array): Promise<T> {
    const answer = looker.bytes(bytes);
    const format = looker.forHost(answer);
    if (format === null || host.decode === undefined) return answer;
    const bitmap = await attempt(() => host.decode?.(bytes));
    if (!bitmap) return answer;
    return (await lookAtBitmap(bitmap, format)) ?? answer;
  }

  async function lookAtBitmap(bitmap: ImageBitmap, format: string): Promise<T | null> {
    try {
      if (bitmap.width * bitmap.height > limits.maxPixels) return looker.unchecked('too-many-pixels');
      const pixels = await attempt(() => host.readPixels?.(bitmap));
      if (!pixels) return null;
      return looker.pixels(pixels, format);
    } finally {
      bitmap.close();
    }
  }
}
