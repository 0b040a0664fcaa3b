import { writeFileSync } from 'node:fs';
import { UsageError } from './usage-error.js';

/** Writes a file for nobody else on this machine to read; never over one that is there, unless forced. */
export function writeOwn(output: string, content: string | Uint8Array, force: boolean): void {
  try {
    writeFileSync(output, content, { flag: force ? 'w' : 'wx', mode: 0o600 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new UsageError(`"${output}" is there already`);
    throw new UsageError(`"${output}" cannot be written (${code})`);
  }
}
