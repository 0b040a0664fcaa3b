import type { Assets } from '../client/options.js';

/** Options of `createMetadataTool`. */
export interface MetadataToolOptions {
  /** Where the parts are. Default: beside this module. */
  assets?: Omit<Assets, 'model'> | undefined;
  /** Gives up starting: `createMetadataTool` rejects with its reason. */
  signal?: AbortSignal | undefined;
}

/** Options of one `scan` or `strip`. */
export interface MetadataOptions {
  /** Gives up: the call rejects with its reason. */
  signal?: AbortSignal | undefined;
}
