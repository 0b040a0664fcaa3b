import type { AgeBand } from '../client/options.js';

/** Options of `createContacts`. */
export interface ContactOptions {
  /**
   * Age band whose preset policy applies; facts can only make it younger. Default: that of `policy`, else what the facts
   * say of the user, and `under-13` where they say nothing.
   */
  ageBand?: AgeBand | undefined;
  /** A policy of your own, as data, instead of a preset. One that does not fit is an error `policy/…` or `rules/…`. */
  policy?: object | undefined;
  /** What regulators ask for, laid over the policy: names of the package's profiles, or profiles of your own. */
  profiles?: readonly (ProfileName | (string & {}) | object)[] | undefined;
  /** Where the WebAssembly file is: itself, or a folder, ending in `/`, that holds it by its name. Default: beside this. */
  assets?: { wasm?: URL | string | undefined } | undefined;
  /** Gives up starting. */
  signal?: AbortSignal | undefined;
}

/** The package's profiles. */
export type ProfileName = 'ofcom-icu' | 'eu-dsa-28' | 'ico-children';
