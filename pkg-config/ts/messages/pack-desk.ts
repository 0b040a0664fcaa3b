import type { ListStore } from '../client/lists.js';
import type { MessagesEngine } from './engine.js';
import { carefully } from './live-messages.js';
import { MessageError } from './message-error.js';
import type { LanguagePackInfo, LanguagePacks } from './messages.js';

const PREFIX = 'pack:';

/** Keeps signed packs in the store for the next visit. */
export class PackDesk implements LanguagePacks {
  readonly #engine: MessagesEngine;
  readonly #store: ListStore | undefined;
  #refused: readonly { key: string; code: string }[] = [];

  constructor(engine: MessagesEngine, store: ListStore | undefined) {
    this.#engine = engine;
    this.#store = store;
  }

  /** Hands the engine what the store has. One that has expired still keeps older ones out. Throws `MessageError`. */
  async restore(): Promise<void> {
    const store = this.#store;
    if (store === undefined) return;
    const keys = await reaching(store.keys());
    for (const key of keys.filter((key) => key.startsWith(PREFIX)).sort()) {
      const bytes = await reaching(store.get(key));
      const code = bytes === null ? null : this.#hand(bytes).error;
      if (code !== null) this.#refused = [...this.#refused, { key, code }];
    }
  }

  async take(pack: ArrayBuffer | Uint8Array): Promise<'new' | 'newer' | 'same'> {
    const before = new Map(this.inUse.map((info) => [keyOf(info), info.version]));
    // A copy: the caller's bytes may change.
    const bytes = new Uint8Array(pack).slice();
    const { taken, error } = this.#hand(bytes);
    if (taken === null) throw new MessageError(error ?? 'engine/failed');
    const changed = this.inUse.find((info) => before.get(keyOf(info)) !== info.version);
    if (changed !== undefined) await reaching(this.#store?.set(keyOf(changed), bytes));
    return taken;
  }

  async drop(issuer: string, name: string): Promise<void> {
    carefully(() => this.#engine.dropPack(issuer, name));
    await reaching(this.#store?.delete(keyOf({ issuer, name })));
  }

  get inUse(): readonly LanguagePackInfo[] {
    return JSON.parse(carefully(() => this.#engine.packs())) as LanguagePackInfo[];
  }

  get refused(): readonly { key: string; code: string }[] {
    return this.#refused;
  }

  #hand(bytes: Uint8Array): { taken: 'new' | 'newer' | 'same' | null; error: string | null } {
    const answer = carefully(() => this.#engine.takePack(bytes, Math.floor(Date.now() / 1000)));
    return JSON.parse(answer) as { taken: 'new' | 'newer' | 'same' | null; error: string | null };
  }
}

const keyOf = ({ issuer, name }: { issuer: string; name: string }) => `${PREFIX}${issuer}:${name}`;

async function reaching<T>(work: Promise<T>): Promise<T>;
async function reaching<T>(work: Promise<T> | undefined): Promise<T | undefined>;
async function reaching<T>(work: Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await work;
  } catch {
    throw new MessageError('store/failed');
  }
}
