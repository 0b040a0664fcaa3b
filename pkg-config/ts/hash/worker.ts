/** The browser's worker script of the hasher. */
import { fetchModule } from '../worker/fetch-parts.js';
import { readPixels } from '../worker/read-pixels.js';
import { HASH_GLUE } from './glue.js';
import type { HashCall, HashReply } from './protocol.js';
import { serveHashes } from './serve.js';

// The compiler knows either pages or workers, not both in one project.
const scope = globalThis as unknown as {
  postMessage(reply: HashReply): void;
  onmessage: (event: MessageEvent<HashCall>) => void;
};

const answer = serveHashes({
  glue: HASH_GLUE,
  post: (reply) => scope.postMessage(reply),
  loadModule: fetchModule,
  decode: (bytes) => createImageBitmap(new Blob([bytes as BlobPart])),
  readPixels,
});

scope.onmessage = (event) => void answer(event.data);
