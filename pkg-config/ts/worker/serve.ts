import type { Limits } from '../client/options.js';
import { check } from './check.js';
import type { Engine } from './engine.js';
import type { WorkerHost } from './host.js';
import type { Parts, Recipe, Request } from './protocol.js';
import { RequestCounter } from './request-counter.js';
import { startEngine } from './start-engine.js';
import { StartError } from './start-error.js';

/** The worker's logic, the same in browsers and Node: gives the function that answers the client's requests. */
export function serve(host: WorkerHost): (request: Request) => Promise<void> {
  const counter = new RequestCounter();
  let current: { engine: Engine; limits: Limits } | null = null;

  async function begin(recipe: Pick<Recipe, 'build' | 'options'>, parts: () => Promise<Parts>, handOver: boolean) {
    // A lost engine's memory goes before the next one asks for its own.
    current = null;
    try {
      const { module, model } = await parts();
      const { engine, info, unchecked } = startEngine(host.glue[recipe.build], module, model, recipe.options);
      current = { engine, limits: info.limits };
      counter.begin();
      // The client keeps the parts, so that any other worker can start without asking the network.
      if (handOver) host.post({ type: 'ready', info, unchecked, parts: { module, model } }, [model]);
      else host.post({ type: 'ready', info, unchecked, parts: null });
    } catch (error) {
      host.post({ type: 'start-failed', code: error instanceof StartError ? error.code : 'engine/failed' });
    }
  }

  async function load({ wasm, model }: Recipe): Promise<Parts> {
    const report = (phase: 'wasm' | 'model') => (loaded: number, total: number | null) =>
      host.post({ type: 'progress', phase, loaded, total });
    const [module, bytes] = await Promise.all([
      host.loadModule(wasm, report('wasm')),
      host.loadModel(model, report('model')),
    ]);
    return { module, model: bytes };
  }

  return async (request) => {
    switch (request.type) {
      case 'load':
        return begin(request.recipe, () => load(request.recipe), true);

      case 'start':
        return begin(request, () => Promise.resolve(request.parts), false);

      case 'check': {
        const { id, picture, context } = request;
        try {
          if (current === null) throw new StartError('engine/failed');
          const verdict = await check(current.engine, current.limits, host, picture, context);
          host.post({ type: 'verdict', id, verdict });
        } catch {
          current = null;
          host.post({ type: 'engine-lost', id });
        }
        return;
      }

      case 'count':
        return host.post({ type: 'counted', requests: counter.count() });
    }
  };
}
