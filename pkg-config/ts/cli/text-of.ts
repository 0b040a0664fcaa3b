import { readFileSync } from 'node:fs';

/** A file as text; `-` is standard input. `null` if it cannot be read. */
export function textOf(file: string): string | null {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch {
    return null;
  }
}
