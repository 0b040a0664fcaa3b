import { localStore } from 'pausepoint/store';

/** A pairing key that this device answers with. */
export interface Pairing {
  name: string;
  key: string;
}

/** The request that waits for an answer on this device, so that closing the page does not lose it. */
export interface Asked {
  code: string;
  text: string;
  contact: string;
  label: string;
  /** Milliseconds since 1970. */
  at: number;
}

const store = localStore('pausepoint-pairings');

/** The pairing keys of this device, the guardian's. */
export const readPairings = (): Promise<Pairing[]> => read<Pairing[]>('pairings').then((found) => found ?? []);
export const writePairings = (pairings: readonly Pairing[]): Promise<void> => write('pairings', pairings);

export const readAsked = (): Promise<Asked | null> => read<Asked>('asked');
export const writeAsked = (asked: Asked | null): Promise<void> => (asked === null ? store.delete('asked').then(() => {}) : write('asked', asked));

/** A code that is shown once. */
export type CodeName = 'recovery' | 'pairing';

/**
 * Codes that were shown, and of which nobody has said that they are written down: the page may have been closed meanwhile.
 */
export const readUnconfirmed = (): Promise<CodeName[]> => read<CodeName[]>('unconfirmed').then((found) => found ?? []);

/** Remembers or forgets that codes are not written down. Where nothing can be stored, nobody is reminded. */
export async function setUnconfirmed(names: readonly CodeName[], isUnconfirmed: boolean): Promise<void> {
  const others = (await readUnconfirmed()).filter((name) => !names.includes(name));
  await write('unconfirmed', isUnconfirmed ? [...others, ...names] : others).catch(() => {});
}

async function read<T>(key: string): Promise<T | null> {
  try {
    const bytes = await store.get(key);
    return bytes === null ? null : (JSON.parse(new TextDecoder().decode(bytes)) as T);
  } catch {
    // What cannot be read is not there; it can be typed again.
    return null;
  }
}

const write = async (key: string, value: unknown): Promise<void> => {
  await store.set(key, new TextEncoder().encode(JSON.stringify(value)));
};
