import type { HashListInfo } from '../client/lists.js';
import type { Limits } from '../client/options.js';
import type { UncheckedReason } from '../client/verdict.js';
import type { Engine } from './engine.js';
import type { WorkerHost } from './host.js';
import { lookAt } from './look-at.js';
import type { KeptLists, ListAnswer, ListCall } from './protocol.js';

/** What the engine says became of something. */
interface Outcome {
  done: unknown;
  error: string | null;
  reason: UncheckedReason | null;
  hostDecode: boolean;
}

/**
 * Carries a call about lists to the engine and its answer back. Whatever this throws came out of the engine, which is
 * then not to be used again.
 */
export async function callLists(engine: Engine, limits: Limits, host: WorkerHost, call: ListCall): Promise<ListAnswer> {
  const outcome = await run();
  const own = new Uint8Array(engine.ownBytes(call.now)).buffer;
  return {
    done: outcome.done,
    error: outcome.error ?? (outcome.reason === null ? null : `picture/${outcome.reason}`),
    lists: JSON.parse(engine.lists()) as HashListInfo[],
    names: JSON.parse(engine.ownNames()) as string[],
    own,
  };

  async function run(): Promise<Outcome> {
    switch (call.what) {
      case 'take':
        return parse(engine.takeList(new Uint8Array(call.bytes), call.now));
      case 'drop':
        return parse(engine.dropList(call.issuer, call.name));
      case 'load-own':
        return parse(engine.loadOwnList(new Uint8Array(call.bytes)));
      case 'remove-own':
        return parse(engine.removeOwn(call.name));
      case 'add-own':
        return lookAt(
          {
            bytes: (bytes) => parse(engine.addOwn(bytes, call.name)),
            pixels: ({ rgba, width, height }) => parse(engine.addOwnPixels(rgba, width, height, call.name)),
            unchecked: (reason) => ({ done: null, error: null, reason, hostDecode: false }),
            forHost: ({ hostDecode }) => (hostDecode ? 'host' : null),
          },
          limits,
          host,
          call.picture,
        );
    }
  }
}

/** Gives a fresh engine the lists that the one before it had. */
export function restoreLists(engine: Engine, { own, issued }: KeptLists): boolean {
  const done = issued.map(({ bytes, takenAt }) => parse(engine.takeList(new Uint8Array(bytes), takenAt)));
  if (own !== null) done.push(parse(engine.loadOwnList(new Uint8Array(own))));
  // One that has expired is there to keep older ones away.
  return done.every(({ error }) => error === null || error === 'list/expired');
}

function parse(json: string): Outcome {
  return JSON.parse(json) as Outcome;
}
