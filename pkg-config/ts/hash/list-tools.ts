import type { HashListInfo } from '../client/lists.js';
import type { HashGlue } from './engine.js';
import { HashError } from './hash-error.js';

/** What a list is made of. */
export interface ListDraft extends Omit<HashListInfo, 'entries' | 'labelled'> {
  /** The hashes, 64 hexadecimal digits each, and their labels, of at most 255 bytes. */
  entries: readonly { hash: string; label: string }[];
}

/** What a list says of itself, whoever signed it. */
export interface InspectedList {
  /** `issuer` and `expires` are `null` in a user's own list. */
  about: Omit<HashListInfo, 'issuer' | 'expires'> & { issuer: string | null; expires: number | null };
  /** What is wrong with its signature, or `null`. */
  signature: string | null;
}

/** A hash of a list that is near enough to one that was looked for. */
export interface ListHit {
  /** Bits that differ. */
  distance: number;
  /** The hash's place in the list, from 0. */
  position: number;
  /** Its label, where it has one. */
  label: string | null;
  /** Which of the hashes that were looked for, from 0. */
  hash: number;
}

/** A list that is open for searching. */
export interface OpenList {
  /** What it says of itself. */
  readonly about: HashListInfo;
  /** What matches one of these hashes, 64 hexadecimal digits each, nearest first. They must be of the list's family. */
  matches(hashes: readonly string[]): ListHit[];
  /** Frees its memory. */
  close(): void;
}

/** Making lists and looking into them; in Node only. All throw `HashError` `list/…` for what is refused. */
export interface ListTools {
  /** The bytes of a list without its signature: what is to be signed, and what the 64 bytes are to be appended to. */
  draftList(draft: ListDraft): Uint8Array;
  /** Says what a list says of itself; not a ground for trust. */
  inspectList(bytes: Uint8Array): InspectedList;
  /** Opens a list that one of these issuers signed, and that has not expired `now`, in seconds since 1970. */
  openList(bytes: Uint8Array, trustedIssuers: readonly string[], now?: number): OpenList;
}

/**
 * The tools on an engine.
 *
 * @internal
 * @param engine - gives an instance that is well
 */
export function listTools(engine: () => HashGlue): ListTools {
  return {
    draftList({ entries, ...head }) {
      const bad = entries.findIndex(({ hash, label }) => !/^[0-9a-f]{64}$/i.test(hash) || label.includes('\n'));
      if (bad >= 0) throw new HashError('list/form');
      const hashes = Buffer.from(entries.map(({ hash }) => hash).join(''), 'hex');
      const labels = entries.some(({ label }) => label !== '') ? entries.map(({ label }) => label).join('\n') : '';
      return coded(() => engine().draftList(JSON.stringify(head), hashes, labels));
    },
    inspectList(bytes) {
      const { error, ...inspected } = JSON.parse(engine().inspectList(bytes)) as InspectedList & { error: string | null };
      if (error !== null) throw new HashError(error);
      return inspected;
    },
    openList(bytes, trustedIssuers, now = Math.floor(Date.now() / 1000)) {
      const list = coded(() => new (engine().HashList)(bytes, JSON.stringify(trustedIssuers), now));
      return {
        about: JSON.parse(list.about()) as HashListInfo,
        matches: (hashes) => JSON.parse(list.matches(Buffer.from(hashes.join(''), 'hex'))) as ListHit[],
        close: () => list.free(),
      };
    },
  };
}

/** What the engine refuses, it refuses with a code. */
function coded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    throw new HashError(message.startsWith('list/') ? message : 'engine/failed');
  }
}
