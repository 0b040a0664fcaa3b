import type { Report } from '../worker/host.js';
import type { HashBuild } from './build.js';
import { StartError } from '../worker/start-error.js';
import type { HashGlue } from './engine.js';
import { HashError } from './hash-error.js';
import { type HashHost, piecesOf } from './hash-file.js';
import type { HashCall, HashReply } from './protocol.js';
import { Runner } from './runner.js';

/** What the worker's logic needs from where it runs. */
export interface HashWorkerHost extends HashHost {
  glue: Record<HashBuild, () => HashGlue>;
  post(reply: HashReply): void;
  /** Throws `StartError`. */
  loadModule(address: string, report: Report): Promise<WebAssembly.Module>;
}

/** The logic of the hasher's worker: gives the function that takes the client's calls. */
export function serveHashes(host: HashWorkerHost): (call: HashCall) => Promise<void> {
  let runner: Runner | null = null;
  let cancel = new AbortController();

  return async (call) => {
    switch (call.type) {
      case 'load':
        try {
          const module = await host.loadModule(call.wasm, () => {});
          runner = new Runner(module, host.glue[call.build], host, call.limits);
          host.post({ type: 'ready' });
        } catch (error) {
          host.post({ type: 'failed', code: error instanceof StartError ? error.code : 'engine/failed' });
        }
        return;

      case 'hash': {
        cancel = new AbortController();
        const { signal } = cancel;
        const { file, orientations } = call;
        const input = { pieces: piecesOf(file), size: file.size };
        const report = (loaded: number, total: number | null) => host.post({ type: 'progress', loaded, total });
        return answer(async (runner) => ({ type: 'hashed', hashes: await runner.run({ input, orientations, report, signal }) }));
      }

      case 'hash-frame':
        return answer(async (runner) => ({ type: 'frame-hashed', pdq: await runner.frame(call.bitmap) }));

      case 'compare':
        return answer(async (runner) => ({ type: 'compared', match: await runner.compare(call.comparison) }));

      case 'cancel':
        return cancel.abort();
    }
  };

  async function answer(work: (runner: Runner) => Promise<HashReply>): Promise<void> {
    try {
      if (runner === null) throw new HashError('engine/failed');
      host.post(await work(runner));
    } catch (error) {
      // Cancelled, it does not matter how: the client has its own reason.
      host.post({ type: 'failed', code: error instanceof HashError ? error.code : 'engine/failed' });
    }
  }
}
