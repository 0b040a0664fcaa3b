import { attempt } from './attempt.js';
import type { Engine } from './engine.js';
import type { WorkerHost } from './host.js';
import type { EngineWatched, Frame, Sight } from './protocol.js';

/**
 * Carries a video's frame to the engine and what it says back. Whatever this throws came out of the engine, which is
 * then not to be used again.
 */
export async function look(engine: Engine, host: WorkerHost, frame: Frame, sight: Sight): Promise<EngineWatched> {
  const given = JSON.stringify(sight);
  if (frame.kind === 'unchecked') return parse(engine.watchUnchecked(frame.reason, given));
  try {
    const pixels = await attempt(() => host.readPixels?.(frame.bitmap));
    if (!pixels) return parse(engine.watchUnchecked('not-readable', given));
    return parse(engine.watchPixels(pixels.rgba, pixels.width, pixels.height, frame.format, given));
  } finally {
    frame.bitmap.close();
  }
}

function parse(json: string): EngineWatched {
  return JSON.parse(json) as EngineWatched;
}
