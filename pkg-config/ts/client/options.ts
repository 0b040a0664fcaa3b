import type { Contacts } from '../contact/contacts.js';
import type { Messages } from '../messages/messages.js';
import type { ListStore } from './lists.js';

/** Whom the guard protects. Unknown age is `under-13`: the strictest. */
export type AgeBand = 'under-13' | '13-15' | '16-17' | 'adult';

/** Which classifier to load: `mid` is the more accurate, `small` about 60 % of its download and half of its work. */
export type ModelName = 'mid' | 'small';

/** How much a picture may ask for: what is over a limit is refused before memory is spent on it. */
export interface Limits {
  /** Largest file, in bytes. */
  maxBytes: number;
  /** Largest picture, in pixels (width × height). */
  maxPixels: number;
  /** Most frames that an animation may have. */
  maxFrames: number;
  /** Most pixels that all frames of an animation may have together, which bounds the time. */
  maxAnimationPixels: number;
  /** Most memory that one check may ask for, in bytes. */
  maxMemory: number;
  /** Most looks at one file: frames of an animation, spread over its whole length, or a still picture and its tiles. */
  maxLooks: number;
}

/** How far loading has come. */
export interface Progress {
  /** What is being loaded; `ready` comes once, last. */
  phase: 'wasm' | 'model' | 'ready';
  /** Bytes so far; 1 of 1 with `ready`. */
  loaded: number;
  /** Bytes in all, or `null` while the server has not told (no length, or the length of a compressed transfer). */
  total: number | null;
}

/** Where the parts are, for bundlers and servers that move them. Strings resolve as in the page (in Node: as paths). */
export interface Assets {
  /** The worker script. It must be of the same origin as the page. Not used in Node. */
  worker?: URL | string | undefined;
  /**
   * A folder, ending in `/`, that holds the package's own `wasm/` files by name, so that the right build can still be
   * chosen; or one file, which must then be the build that suits every browser you serve.
   */
  wasm?: URL | string | undefined;
  /** A folder, ending in `/`, that holds the package's own `models/` files by name; or one file. */
  model?: URL | string | undefined;
}

/** Options of `createGuard`. */
export interface GuardOptions {
  /** Age band whose preset policy applies. Default: that of `policy`, else `under-13`. */
  ageBand?: AgeBand | undefined;
  /**
   * A policy of your own, as data, instead of a preset. One that does not fit is an error `policy/…`. The guard reads what
   * it says of pictures; the rest is read by `createContacts`.
   */
  policy?: object | undefined;
  /** Default: `mid`. */
  model?: ModelName | undefined;
  /** Language of the person, a BCP 47 tag. Verdicts are codes, so it does not change them. */
  locale?: string | undefined;
  /** Limits other than the engine's own; see `guard.info().limits` for those in force. */
  limits?: Partial<Limits> | undefined;
  /** Most milliseconds that one picture may take once its turn has come, 1…2,147,483,647. Default: 15,000. */
  deadlineMs?: number | undefined;
  /** Where the parts are. Default: beside this module. */
  assets?: Assets | undefined;
  /** Ed25519 public keys, 64 hexadecimal digits each, of those whose hash lists are taken. Default: nobody's. */
  trustedIssuers?: readonly string[] | undefined;
  /** Where lists are kept between visits. Default: nowhere, so that they are gone with the guard. */
  store?: ListStore | undefined;
  /**
   * What decides about contacts, as `createContacts` of `pausepoint/contact` makes it; for `guard.checkContact`. It is not
   * started by itself, as nothing is fetched that was not asked for.
   */
  contacts?: Pick<Contacts, 'decide'> | undefined;
  /**
   * What looks at conversations, as `createMessages` of `pausepoint/messages` makes it; for `guard.checkMessage`, and to be
   * told of explicit pictures of which `checkImage` was told whom they go to or come from.
   */
  messages?: Pick<Messages, 'check' | 'picture'> | undefined;
  /** Called while the parts load. An error that it throws is reported, and does not stop loading. */
  onProgress?: ((event: Progress) => void) | undefined;
  /** Gives up starting: `createGuard` rejects with its reason. Has no effect on a guard that has started. */
  signal?: AbortSignal | undefined;
}
