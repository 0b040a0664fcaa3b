import type { Limits } from '../client/options.js';
import { attempt } from '../worker/attempt.js';
import { parse } from './answer.js';
import type { HashGlue } from './engine.js';
import { HashError } from './hash-error.js';
import type { HashHost } from './hash-file.js';
import type { PdqHashes } from './hashes.js';

/** Hashes a frame of a video, and closes it. Throws `HashError`, and whatever came out of the engine. */
export async function hashFrame(
  glue: HashGlue,
  host: HashHost,
  bitmap: ImageBitmap,
  limits: Partial<Limits>,
): Promise<PdqHashes> {
  try {
    const pixels = await attempt(() => host.readPixels?.(bitmap));
    if (!pixels) throw new HashError('video/not-readable');
    const answer = parse(glue.hashPixels(pixels.rgba, pixels.width, pixels.height, JSON.stringify({ limits })));
    if ('Err' in answer) throw new HashError(`video/${answer.Err.reason}`);
    return answer.Ok.pdq;
  } finally {
    bitmap.close();
  }
}
