/** What an issued hash list says of itself. */
export interface HashListInfo {
  /** Its issuer's Ed25519 public key, in hexadecimal. */
  issuer: string;
  /** What its issuer calls it. */
  name: string;
  /** Which issue it is; later ones are higher. */
  version: number;
  /** When it was made, in seconds since 1970. */
  issued: number;
  /** From when on it is no longer taken, in seconds since 1970. */
  expires: number;
  /** The kind of its hashes. */
  family: '512-nearest' | 'full-size';
  /** Bits in which a match may differ. */
  radius: number;
  /** How many hashes it has. */
  entries: number;
  /** Whether its hashes have labels. */
  labelled: boolean;
}

/** A list that was kept, and is not taken any more. */
export interface RefusedList {
  /** Under which key it is kept. */
  key: string;
  /** Why, such as `list/expired`. */
  code: string;
}

/** Lists of hashes that organisations issue and sign. */
export interface HashLists {
  /**
   * Takes a list, of an issuer named in `trustedIssuers`. It counts at once, and in place of an older one of its issuer
   * and name, which stays in use where this one is refused.
   *
   * @returns `new`, `newer`, or `same` where it was in use already.
   * @throws GuardError `list/untrusted`, `list/signature`, `list/older`, `list/changed`, `list/expired`, `list/length`…;
   * `store/failed` if it is in use but could not be kept.
   */
  take(list: Blob | ArrayBuffer | ArrayBufferView): Promise<'new' | 'newer' | 'same'>;
  /**
   * Stops using a list, and keeps it no longer.
   *
   * @throws GuardError `list/unknown`; `store/failed` if it is still kept.
   */
  drop(issuer: string, name: string): Promise<void>;
  /** Those in use. */
  readonly inUse: readonly HashListInfo[];
  /** Those that were kept, and were refused when the guard started. */
  readonly refused: readonly RefusedList[];
}

/**
 * Pictures that their owner never wants to go out again. Kept are hashes, by which copies are known, also turned,
 * mirrored, reduced and compressed ones, not the pictures.
 */
export interface OwnList<Source> {
  /**
   * Adds a picture, under a name that is the caller's to choose: 1…255 bytes of UTF-8, each once.
   *
   * @returns `new`, or `known` where one like it is there already under another name.
   * @throws GuardError `list/too-plain` where there is too little in it to be told from others; `list/name-taken`,
   * `list/labels` (no such name can be), `list/too-large`; `picture/damaged`, `picture/deadline`… where it could not
   * be looked at; `store/failed` if it is in the list but could not be kept.
   */
  add(source: Source, name: string): Promise<'new' | 'known'>;
  /**
   * Takes a picture out.
   *
   * @throws GuardError `list/unknown`; `store/failed` as above.
   */
  remove(name: string): Promise<void>;
  /** The names, in the order in which the pictures were added. */
  readonly names: readonly string[];
  /** What was wrong with the list that was kept, if something was; it is kept aside, and a new one begun. */
  readonly problem: string | null;
}

/** Where a guard keeps its lists between visits. `pausepoint/store` has one. */
export interface ListStore {
  /** All keys. */
  keys(): Promise<string[]>;
  get(key: string): Promise<Uint8Array | null>;
  set(key: string, bytes: Uint8Array): Promise<void>;
  delete(key: string): Promise<void>;
  /** Does something that nobody else who uses this store does meanwhile. Optional. */
  alone?<T>(work: () => Promise<T>): Promise<T>;
  /** Calls back when somebody else has changed something; gives what ends that. Optional. */
  onChange?(changed: (key: string) => void): () => void;
}
