import type { Outcome, Task } from './look-into.js';

/** What the page asks of the worker. */
export interface MetadataCall {
  id: number;
  module: WebAssembly.Module;
  task: Task;
  file: Blob;
}

/** What the worker answers; first of all, that it is there. */
export type MetadataReply = { id: number; outcome: Outcome } | { id: number; code: string } | { id: null };
