import type { KitFile } from './files.js';

const COLUMNS = ['type', 'indicator', 'family', 'view', 'hash', 'quality', 'caution'] as const;

/** The hashes as CSV (RFC 4180), one a line. */
export function csvOf(files: readonly KitFile[]): string {
  const lines = [['file', ...COLUMNS, 'note'].join(',')];
  for (const { label, rows, note } of files) {
    for (const row of rows) {
      lines.push([written(label), ...COLUMNS.map((column) => row[column] ?? ''), note === null ? '' : written(note)].join(','));
    }
  }
  return lines.map((line) => `${line}\r\n`).join('');
}

/**
 * What somebody else may have written, as a field. Spreadsheets run what begins like a formula, also after spaces and in
 * the wide characters of East Asian keyboards; an apostrophe before it makes it text.
 */
function written(text: string): string {
  const harmless = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/u.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
