import type { Limits } from '../client/options.js';
import type { Engine } from './engine.js';
import type { WorkerHost } from './host.js';
import { lookAt } from './look-at.js';
import type { EngineVerdict, Picture } from './protocol.js';

/**
 * Carries a picture to the engine and its verdict back. Whatever this throws came out of the engine, which is then
 * not to be used again.
 */
export function check(
  engine: Engine,
  limits: Limits,
  host: WorkerHost,
  picture: Picture,
  context: string,
): Promise<EngineVerdict> {
  return lookAt(
    {
      bytes: (bytes) => parse(engine.checkImage(bytes, context)),
      pixels: ({ rgba, width, height }, format) => parse(engine.checkPixels(rgba, width, height, format, context)),
      unchecked: (reason) => parse(engine.unchecked(reason, context)),
      forHost: ({ hostDecode, looked }) => (hostDecode ? (looked?.format ?? 'host') : null),
    },
    limits,
    host,
    picture,
  );
}

function parse(json: string): EngineVerdict {
  return JSON.parse(json) as EngineVerdict;
}
