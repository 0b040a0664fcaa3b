/** The browser's worker script. */
import { fetchModel, fetchModule } from './fetch-parts.js';
import { GLUE } from './glue.js';
import type { Reply, Request } from './protocol.js';
import { readPixels } from './read-pixels.js';
import { serve } from './serve.js';

// The compiler knows either pages or workers, not both in one project.
const scope = globalThis as unknown as {
  postMessage(reply: Reply, transfer: ArrayBuffer[]): void;
  onmessage: (event: MessageEvent<Request>) => void;
  onmessageerror: () => void;
};

const answer = serve({
  glue: GLUE,
  post: (reply, transfer = []) => scope.postMessage(reply, transfer),
  loadModule: fetchModule,
  loadModel: fetchModel,
  decode: (bytes) => createImageBitmap(new Blob([bytes as BlobPart])),
  readPixels,
});

scope.onmessage = (event) => void answer(event.data);
scope.onmessageerror = () => {
  // Uncaught, so that the client hears of it and need not wait for the deadline.
  throw new Error('message could not be read');
};
scope.postMessage({ type: 'loaded' }, []);
