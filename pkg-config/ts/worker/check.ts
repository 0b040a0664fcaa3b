import type { Limits } from '../client/options.js';
import type { UncheckedReason } from '../client/verdict.js';
import { attempt } from './attempt.js';
import type { Engine } from './engine.js';
import type { WorkerHost } from './host.js';
import type { EngineVerdict, Picture } from './protocol.js';

/**
 * Carries a picture to the engine and its verdict back. Whatever this throws came out of the engine, which is then
 * not to be used again.
 */
export async function check(
  engine: Engine,
  limits: Limits,
  host: WorkerHost,
  picture: Picture,
  context: string,
): Promise<EngineVerdict> {
  const unchecked = (reason: UncheckedReason) => parse(engine.unchecked(reason, context));

  switch (picture.kind) {
    case 'pixels':
      return parse(
        engine.checkPixels(new Uint8Array(picture.rgba), picture.width, picture.height, picture.format, context),
      );

    case 'bitmap':
      return (await checkBitmap(picture.bitmap, picture.format)) ?? unchecked('not-readable');

    case 'bytes':
      return checkBytes(new Uint8Array(picture.bytes));

    case 'blob': {
      // Asked before reading: the engine would say the same, but only after the bytes had taken the memory.
      if (picture.blob.size > limits.maxBytes) return unchecked('too-many-bytes');
      const bytes = await attempt(() => picture.blob.arrayBuffer());
      return bytes === null ? unchecked('not-readable') : checkBytes(new Uint8Array(bytes));
    }
  }

  async function checkBytes(bytes: Uint8Array): Promise<EngineVerdict> {
    const verdict = parse(engine.checkImage(bytes, context));
    if (!verdict.hostDecode || host.decode === undefined) return verdict;
    const bitmap = await attempt(() => host.decode?.(bytes));
    if (!bitmap) return verdict;
    return (await checkBitmap(bitmap, verdict.looked?.format ?? 'host')) ?? verdict;
  }

  async function checkBitmap(bitmap: ImageBitmap, format: string): Promise<EngineVerdict | null> {
    try {
      if (bitmap.width * bitmap.height > limits.maxPixels) return unchecked('too-many-pixels');
      const pixels = await attempt(() => host.readPixels?.(bitmap));
      if (!pixels) return null;
      return parse(engine.checkPixels(pixels.rgba, pixels.width, pixels.height, format, context));
    } finally {
      bitmap.close();
    }
  }
}

function parse(json: string): EngineVerdict {
  return JSON.parse(json) as EngineVerdict;
}
