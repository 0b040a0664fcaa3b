/** The browser's worker script of metadata. */
import { lookInto } from './look-into.js';
import { MetadataError } from './metadata-error.js';
import type { MetadataCall, MetadataReply } from './protocol.js';

// The compiler knows either pages or workers, not both in one project.
const scope = globalThis as unknown as {
  postMessage(reply: MetadataReply, transfer?: Transferable[]): void;
  onmessage: (event: MessageEvent<MetadataCall>) => void;
};

/** One file at a time, so that many take no more memory than one. */
let last: Promise<void> = Promise.resolve();

scope.onmessage = ({ data }) => {
  last = last.then(() => answer(data));
};

async function answer({ id, module, task, file }: MetadataCall): Promise<void> {
  try {
    const read = async () => new Uint8Array(await file.arrayBuffer());
    const outcome = await lookInto(module, task, { size: file.size, read });
    scope.postMessage({ id, outcome }, outcome.bytes === null ? [] : [outcome.bytes.buffer as ArrayBuffer]);
  } catch (error) {
    scope.postMessage({ id, code: error instanceof MetadataError ? error.code : 'metadata/worker-failed' });
  }
}

scope.postMessage({ id: null });
