import type { Operation, Performed } from './perform.js';
import type { Records } from './records.js';

/** What the page asks of the worker. */
export interface GuardianCall {
  id: number;
  module: WebAssembly.Module;
  stored: Records;
  operation: Operation;
}

/** What the worker answers. */
export type GuardianReply = { id: number; performed: Performed } | { id: number; code: string } | { id: null };
