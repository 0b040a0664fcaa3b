import type { ListStore } from '../client/lists.js';
import type { AgeBand } from '../client/options.js';

/** The languages of the package's packs. */
export type Language = 'en' | 'es' | 'de' | 'fr';

/** All of them. */
export const LANGUAGES: readonly Language[] = ['en', 'es', 'de', 'fr'];

/** Options of `createMessages`. */
export interface MessagesOptions {
  /** Age band whose preset policy applies. Default: `under-13`. */
  ageBand?: AgeBand | undefined;
  /** A policy of your own, as data, instead of a preset; its part `message` is what counts here. */
  policy?: object | undefined;
  /** Whose packs are looked through, for every message. Default: all, as people mix languages. */
  languages?: readonly Language[] | undefined;
  /** Ed25519 public keys, 64 hexadecimal digits each, of those whose language packs are taken. Default: nobody's. */
  trustedIssuers?: readonly string[] | undefined;
  /** Where signed packs are kept between visits. Default: nowhere. Nothing else is kept there. */
  store?: ListStore | undefined;
  /**
   * Where the WebAssembly file and the packs are: `wasm` itself, or a folder, ending in `/`, that holds it by its name;
   * `packs` a folder. Default: beside this.
   */
  assets?: { wasm?: URL | string | undefined; packs?: URL | string | undefined } | undefined;
  /** Gives up starting. */
  signal?: AbortSignal | undefined;
}
