import type { Family } from './list-args.js';

/** One hash of a list. */
export interface Entry {
  hash: string;
  label: string;
}

/** A line that is none of the kinds that are known. The message is for its author. */
export class EntryError extends Error {}

/** Below it, hashes are those of nearly nothing. */
const LEAST_QUALITY = 50;
const COLUMNS = ['hash', 'label', 'quality', 'family'];

/**
 * Reads hashes from text: one a line, with a label after a comma if there is one; CSV whose first row names the columns
 * `hash`, `label`, `quality`, `family`; or what `pausepoint hash --json` prints. Empty lines and those that begin with
 * `#` are left out. Throws `EntryError`.
 */
export function readEntries(text: string, family: Family): Entry[] {
  const entries: Entry[] = [];
  let columns: readonly string[] = ['hash', 'label'];
  for (const [at, line] of text.replace(/^\ufeff/, '').split(/\r?\n/).entries()) {
    const fail = (why: string): never => {
      throw new EntryError(`line ${at + 1}: ${why}`);
    };
    if (line.trim() === '' || line.startsWith('#')) continue;
    if (line.startsWith('{')) {
      const pdq = hashedIn(line)?.[family];
      entries.push(entryOf({ hash: pdq?.hash ?? fail(`no ${family} hash`), quality: `${pdq?.quality}` }, family, fail));
      continue;
    }
    const fields = fieldsOf(line) ?? fail('a quotation mark is missing');
    const isHeader = entries.length === 0 && fields.some((field) => field.trim().toLowerCase() === 'hash');
    if (isHeader) {
      columns = fields.map((field) => field.trim().toLowerCase());
      const unknown = columns.find((column) => !COLUMNS.includes(column));
      if (unknown !== undefined) fail(`there is no column "${unknown}"; there are ${COLUMNS.join(', ')}`);
      continue;
    }
    if (fields.length > columns.length) fail('too many fields');
    entries.push(entryOf(Object.fromEntries(fields.map((field, i) => [columns[i] ?? '', field])), family, fail));
  }
  return entries;
}

function entryOf(row: Record<string, string>, family: Family, fail: (why: string) => never): Entry {
  const hash = row['hash']?.trim().toLowerCase() ?? '';
  if (!/^[0-9a-f]{64}$/.test(hash)) fail('a hash has 64 hexadecimal digits');
  if (row['family'] && row['family'].trim() !== family) fail(`the list is of ${family} hashes`);
  if (row['quality'] && !(Number(row['quality']) >= LEAST_QUALITY)) {
    fail(`the quality is below ${LEAST_QUALITY}, so that it would match nearly anything`);
  }
  return { hash, label: row['label']?.trim() ?? '' };
}

function hashedIn(line: string): Record<string, { hash: string; quality: number }> | null {
  try {
    return (JSON.parse(line) as { pdq: Record<string, { hash: string; quality: number }> | null }).pdq;
  } catch {
    return null;
  }
}

/** A row of CSV (RFC 4180, without line breaks in fields); `null` if a quotation mark is left open. */
function fieldsOf(line: string): string[] | null {
  const fields: string[] = [];
  const field = /\s*"((?:[^"]|"")*)"\s*(?:,|$)|([^,"]*)(?:,|$)/y;
  while (field.lastIndex <= line.length) {
    const found = field.exec(line);
    if (found === null) return null;
    fields.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (!found[0].endsWith(',')) return fields;
  }
  return fields;
}
