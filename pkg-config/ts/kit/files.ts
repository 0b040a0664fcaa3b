import type { UncheckedReason } from '../client/verdict.js';
import type { FileHashes } from '../hash/hashes.js';
import { type HashRow, rowsOf } from './rows.js';
import { visible } from './visible.js';

/** A file that the kit is about. */
export interface KitItem {
  /** Its name, without folders. */
  name: string;
  /** From `hasher.hash`. */
  hashes: FileHashes;
  /** A remark. It goes into every form of the kit. */
  note?: string | undefined;
  /** Whether it is a video. Services take the MD5 of videos, by a name of its own. */
  video?: boolean | undefined;
}

/**
 * Which forms of the kit have the names of the files. They can say who and where, and a service has no use for them; to
 * find one's own files again they are needed. So the page for oneself has them by default, and CSV and JSON have numbers.
 */
export type FileNames = 'page' | 'all' | 'none';

/** A file, as the forms of the kit show it. */
export interface KitFile {
  number: number;
  /** What CSV and JSON call it. */
  label: string;
  /** What the page calls it, beside its number. */
  name: string | null;
  note: string | null;
  rows: HashRow[];
  unhashed: UncheckedReason | null;
}

/** Numbers the files and decides what they are called where. */
export function filesOf(items: readonly KitItem[], names: FileNames): KitFile[] {
  return items.map(({ name, hashes, note, video = false }, index) => ({
    number: index + 1,
    label: names === 'all' ? visible(name) : String(index + 1),
    name: names === 'none' ? null : visible(name),
    note: note === undefined ? null : visible(note),
    rows: rowsOf(hashes, video),
    unhashed: hashes.unhashed,
  }));
}
