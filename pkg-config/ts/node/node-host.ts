import { Worker } from 'node:worker_threads';
import { captureBytes } from '../client/capture-bytes.js';
import type { Host, WorkerEvents, WorkerPort } from '../client/host.js';
import type { Reply } from '../worker/protocol.js';
import type { ImageSource } from './source.js';

/** Worker threads of Node. */
export function nodeHost(): Host<ImageSource> {
  return {
    spawn,
    // Scripts come from disk.
    scriptsAreRequests: false,
    capture: (source, limits) => {
      const captured = captureBytes(source, limits);
      if (captured === null) throw new TypeError('source/not-a-picture-source');
      return Promise.resolve(captured);
    },
  };
}

function spawn(events: WorkerEvents): WorkerPort {
  // Flags of the program (loaders, inspectors, code on the command line) are not meant for this thread.
  const worker = new Worker(new URL('./node-worker.js', import.meta.url), { execArgv: [] });
  worker.on('message', (reply: Reply) => events.reply(reply));
  worker.on('messageerror', () => events.failed());
  worker.on('error', () => events.failed());
  worker.on('exit', () => events.failed());
  return {
    post: (request, transfer) => worker.postMessage(request, transfer as ArrayBuffer[]),
    hold: (held) => (held ? worker.ref() : worker.unref()),
    terminate: () => void worker.terminate(),
  };
}
