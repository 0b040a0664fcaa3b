import type { Limits } from '../client/options.js';
import { check } from './check.js';
import type { Engine, Glue } from './engine.js';
import { Films } from './films.js';
import type { WorkerHost } from './host.js';
import { callLists, restoreLists } from './lists.js';
import { look } from './look.js';
import type { KeptLists, Parts, Recipe, Reply, Request } from './protocol.js';
import { RequestCounter } from './request-counter.js';
import { instantiate, startEngine } from './start-engine.js';
import { StartError } from './start-error.js';

/** The worker's logic, the same in browsers and Node: gives the function that answers the client's requests. */
export function serve(host: WorkerHost): (request: Request) => Promise<void> {
  const counter = new RequestCounter();
  let current: { engine: Engine; limits: Limits; films: Films } | null = null;
  let handModel: (model: ArrayBuffer | null) => void = () => {};

  /** Loads and starts, and says how that went. */
  async function begin(
    options: string,
    load: () => Promise<{ glue: Glue; parts: Parts }>,
    lists: KeptLists | null,
  ) {
    // A lost engine's memory goes before the next one asks for its own.
    current = null;
    try {
      const { glue, parts } = await load();
      const { engine, info, unchecked } = startEngine(glue, parts.model, options);
      if (lists !== null && !restoreLists(engine, lists)) throw new StartError('engine/failed');
      current = { engine, limits: info.limits, films: new Films(glue, engine) };
      counter.begin();
      // The client keeps the parts of the first start, so that any other worker can start without asking the network.
      if (lists === null) host.post({ type: 'ready', info, unchecked, parts }, [parts.model]);
      else host.post({ type: 'ready', info, unchecked, parts: null });
    } catch (error) {
      host.post({ type: 'start-failed', code: error instanceof StartError ? error.code : 'engine/failed' });
    }
  }

  async function fetchParts(
    recipe: Recipe,
    handed: Promise<ArrayBuffer | null>,
  ): Promise<{ glue: Glue; parts: Parts }> {
    const report = (phase: 'wasm' | 'model') => (loaded: number, total: number | null) =>
      host.post({ type: 'progress', phase, loaded, total });
    let awaited = true;
    const instantiated = host.loadModule(recipe.wasm, report('wasm')).then((module) => {
      const glue = instantiate(host.glue[recipe.build], module);
      // The time until the model is there is well spent on this, and none is spent for it.
      if (awaited) glue.warmUp();
      return { glue, module };
    });
    const loaded = handed
      .then((model) => model ?? host.loadModel(recipe.model, report('model')))
      .finally(() => (awaited = false));
    const [{ glue, module }, model] = await Promise.all([instantiated, loaded]);
    return { glue, parts: { module, model } };
  }

  /** Answers with the engine; one that throws is never asked again. */
  async function ask(id: number, work: (engine: Engine, limits: Limits, films: Films) => Promise<Reply>) {
    try {
      if (current === null) throw new StartError('engine/failed');
      host.post(await work(current.engine, current.limits, current.films));
    } catch {
      current = null;
      host.post({ type: 'engine-lost', id });
    }
  }

  return async (request) => {
    switch (request.type) {
      case 'load':
        return begin(
          request.recipe.options,
          () => fetchParts(request.recipe, new Promise((resolve) => (handModel = resolve))),
          null,
        );

      case 'model':
        return handModel(request.model);

      case 'start':
        return begin(
          request.options,
          async () => ({ glue: instantiate(host.glue[request.build], request.parts.module), parts: request.parts }),
          request.lists,
        );

      case 'check': {
        const { id, picture, context } = request;
        return ask(id, async (engine, limits) => {
          const verdict = await check(engine, limits, host, picture, context);
          return { type: 'verdict', id, verdict };
        });
      }

      case 'look': {
        const { id, frame, sight } = request;
        return ask(id, async (engine) => ({ type: 'watched', id, watched: await look(engine, host, frame, sight) }));
      }

      case 'sample': {
        const { id, film, frame, at, context } = request;
        return ask(id, async (_engine, _limits, films) => {
          const decided = await films.sample(film, frame, at, host, context);
          return { type: 'sampled', id, decided };
        });
      }

      case 'end-video': {
        const { id, film, reason, context } = request;
        return ask(id, async (_engine, _limits, films) => {
          const verdict = films.end(film, reason ?? undefined, context);
          return { type: 'video-verdict', id, verdict };
        });
      }

      case 'lists': {
        const { id, call } = request;
        return ask(id, async (engine, limits) => ({ type: 'listed', id, answer: await callLists(engine, limits, host, call) }));
      }

      case 'count':
        return host.post({ type: 'counted', requests: counter.count() });
    }
  };
}
