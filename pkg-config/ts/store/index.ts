/** The browser's entry of `pausepoint/store`. */
import { createStore, del, get, keys, set } from 'idb-keyval';
import type { ListStore } from '../client/lists.js';

export type { ListStore } from '../client/lists.js';

/**
 * Keeps lists in this browser, in IndexedDB, where all pages of this origin find them. Guards in other pages hear of
 * changes at once.
 *
 * @param name - of the database; one for each person, where several share a browser
 */
export function localStore(name = 'pausepoint'): ListStore {
  // Opened with the first use, so that importing and calling this is harmless on a server.
  let opened: ReturnType<typeof createStore> | null = null;
  const database = () => (opened ??= createStore(name, 'lists'));
  const tell = (key: string) => {
    const channel = new BroadcastChannel(`pausepoint-lists:${name}`);
    channel.postMessage(key);
    channel.close();
  };
  return {
    keys: async () => (await keys(database())).map(String),
    get: async (key) => (await get<Uint8Array>(key, database())) ?? null,
    set: async (key, bytes) => {
      await set(key, bytes, database());
      tell(key);
    },
    delete: async (key) => {
      await del(key, database());
      tell(key);
    },
    alone: (work) => navigator.locks.request(`pausepoint-lists:${name}`, work),
    onChange(changed) {
      const channel = new BroadcastChannel(`pausepoint-lists:${name}`);
      channel.onmessage = ({ data }: MessageEvent<string>) => changed(data);
      return () => channel.close();
    },
  };
}
