/** Node's entry of `pausepoint/store`. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ListStore } from '../client/lists.js';

export type { ListStore } from '../client/lists.js';

/**
 * Keeps lists in a folder, one file each, readable by its owner only.
 *
 * @param folder - is made where there is none
 */
export function fileStore(folder: string): ListStore {
  // Any key becomes a name that any file system takes.
  const pathOf = (key: string) => join(folder, `${Buffer.from(key).toString('hex')}.list`);
  const absent = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return null;
  };
  return {
    keys: async () => {
      const names = (await readdir(folder).catch(absent)) ?? [];
      return names.filter((name) => /^([0-9a-f]{2})+\.list$/.test(name)).map((name) => Buffer.from(name.slice(0, -5), 'hex').toString());
    },
    get: async (key) => readFile(pathOf(key)).catch(absent),
    set: async (key, bytes) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // Whole or not at all, even if the machine stops meanwhile.
      const unfinished = `${pathOf(key)}.${process.pid}`;
      await writeFile(unfinished, bytes, { mode: 0o600, flush: true } as object);
      await rename(unfinished, pathOf(key));
    },
    delete: (key) => rm(pathOf(key), { force: true }),
  };
}
