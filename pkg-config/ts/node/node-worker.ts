/** Node's worker script. */
import { readFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { GLUE } from '../worker/glue.js';
import type { Report } from '../worker/host.js';
import type { Request } from '../worker/protocol.js';
import { serve } from '../worker/serve.js';
import { StartError } from '../worker/start-error.js';

const port = parentPort;
if (port === null) throw new Error('not a worker');

const answer = serve({
  glue: GLUE,
  post: (reply, transfer = []) => port.postMessage(reply, transfer),
  loadModule: async (address, report) => {
    const bytes = await read(address, report, 'assets/wasm-unreachable');
    return WebAssembly.compile(bytes).catch(() => {
      throw new StartError('assets/wasm-invalid');
    });
  },
  loadModel: (address, report) => read(address, report, 'assets/model-unreachable'),
});

port.on('message', (request: Request) => void answer(request));
port.on('messageerror', () => {
  // Uncaught, so that the client hears of it and need not wait for the deadline.
  throw new Error('message could not be read');
});
port.postMessage({ type: 'loaded' });

async function read(address: string, report: Report, code: string): Promise<ArrayBuffer> {
  const file = await readFile(new URL(address)).catch(() => {
    throw new StartError(code);
  });
  report(file.byteLength, file.byteLength);
  // A buffer of its own: Node's may be part of a shared pool, which cannot be handed over.
  return new Uint8Array(file).buffer;
}
