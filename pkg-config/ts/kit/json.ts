import type { KitFile } from './files.js';

/**
 * The hashes as JSON. Country and age are left out: they are about the person, and nobody needs them to match a hash.
 */
export function jsonOf(files: readonly KitFile[], madeAt: Date, about: readonly string[]): string {
  const kit = {
    format: 'pausepoint-removal-kit',
    version: 1,
    madeAt: madeAt.toISOString(),
    about,
    files: files.map(({ label, rows, note, unhashed }) => ({ file: label, note, unhashed, hashes: rows })),
  };
  return `${JSON.stringify(kit, null, 2)}\n`;
}
