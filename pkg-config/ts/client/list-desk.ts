import { captureBytes } from './capture-bytes.js';
import { GuardError } from './error.js';
import type { Captured } from './host.js';
import type { HashListInfo, HashLists, ListStore, OwnList, RefusedList } from './lists.js';
import type { Limits } from './options.js';
import type { KeptLists, ListAnswer, ListCall } from '../worker/protocol.js';

type Bytes = Blob | ArrayBuffer | ArrayBufferView;

/** A call that lacks its time. */
type Untimed<Call> = Call extends ListCall ? Omit<Call, 'now'> : never;

/** How the engine is asked. Rejects with `GuardError`. */
export type AskEngine = (call: ListCall, transfer: Transferable[]) => Promise<ListAnswer>;

const OWN_KEY = 'own';
/** Where an own list that cannot be read is put aside, for whoever may still make something of it. */
const BROKEN_KEY = 'own-broken';
const ISSUED_PREFIX = 'list:';
/** Lists are limited by their number of hashes; this only keeps what is no list from being read. */
const MAX_LIST_BYTES = 1 << 30;

/** Keeps the lists: for every further engine, and in the store for the next visit. One thing at a time. */
export class ListDesk {
  readonly #ask: AskEngine;
  readonly #store: ListStore | null;
  /** By key in the store. */
  readonly #issued = new Map<string, { bytes: ArrayBuffer; takenAt: number }>();
  #own: ArrayBuffer | null = null;
  #inUse: readonly HashListInfo[] = [];
  #names: readonly string[] = [];
  #refused: readonly RefusedList[] = [];
  #problem: string | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #stopListening: (() => void) | undefined;

  constructor(ask: AskEngine, store: ListStore | undefined) {
    this.#ask = ask;
    this.#store = store ?? null;
  }

  /** What every further engine is to have. */
  get kept(): KeptLists {
    return { own: this.#own, issued: [...this.#issued.values()] };
  }

  /** Hands the engine what the store has. Throws `GuardError`. */
  async restore(): Promise<void> {
    const store = this.#store;
    if (store === null) return;
    const keys = await reading(store.keys());
    for (const key of keys.filter((key) => key.startsWith(ISSUED_PREFIX)).sort()) {
      const bytes = await reading(store.get(key));
      const code = bytes === null ? null : await this.#hand(bufferOf(bytes)).then(() => null, listCode);
      if (code !== null) this.#refused = [...this.#refused, { key, code }];
      // Every further engine is to know as well that none older may come.
      if (bytes !== null && code === 'list/expired') this.#issued.set(key, { bytes: bufferOf(bytes), takenAt: now() });
    }
    await this.#reload();
    this.#stopListening = store.onChange?.((key) => {
      // What cannot be read now is read before the next change.
      if (key === OWN_KEY) void this.#inTurn(() => this.#reload()).catch(() => {});
    });
  }

  close(): void {
    this.#stopListening?.();
  }

  /** What callers see of issued lists. */
  issuedLists(limits: Limits): HashLists {
    const take = (list: Bytes) => {
      const captured = captureBytes(list, { ...limits, maxBytes: MAX_LIST_BYTES });
      if (captured === null) throw new TypeError('source/not-a-file');
      return this.#inTurn(async () => this.#take(await bytesOf(captured)));
    };
    const lists = { take: async (list: Bytes) => take(list), drop: (issuer: string, name: string) => this.#inTurn(() => this.#drop(issuer, name)) };
    return Object.defineProperties(lists as HashLists, {
      inUse: { get: () => this.#inUse },
      refused: { get: () => this.#refused },
    });
  }

  /** What callers see of their own list. `capture` takes a picture as it is at that moment. */
  ownList<Source>(capture: (source: Source) => Promise<Captured>): OwnList<Source> {
    const list = {
      add: async (source: Source, name: string) => {
        const captured = capture(source);
        return this.#inTurn(async () => this.#add(await captured, name));
      },
      remove: (name: string) => this.#inTurn(() => this.#remove(name)),
    };
    return Object.defineProperties(list as OwnList<Source>, {
      names: { get: () => this.#names },
      problem: { get: () => this.#problem },
    });
  }

  async #take(bytes: ArrayBuffer): Promise<'new' | 'newer' | 'same'> {
    const { key, done } = await this.#hand(bytes);
    if (done !== 'same') await this.#write(key, bytes);
    return done;
  }

  /** Hands the engine an issued list, and keeps it for the next engine. */
  async #hand(bytes: ArrayBuffer): Promise<{ key: string; done: 'new' | 'newer' | 'same' }> {
    const before = new Map(this.#inUse.map((list) => [keyOf(list), list.version]));
    const { done, takenAt } = await this.#call({ what: 'take', bytes });
    const result = done as 'new' | 'newer' | 'same';
    const changed = this.#inUse.find((list) => before.get(keyOf(list)) !== list.version);
    if (changed === undefined) return { key: '', done: result };
    const key = keyOf(changed);
    this.#issued.set(key, { bytes, takenAt });
    return { key, done: result };
  }

  async #drop(issuer: string, name: string): Promise<void> {
    await this.#call({ what: 'drop', issuer, name });
    const key = keyOf({ issuer, name });
    this.#issued.delete(key);
    await writing(this.#store?.delete(key));
  }

  async #add(captured: Captured, name: string): Promise<'new' | 'known'> {
    if ('unchecked' in captured) throw new GuardError(`picture/${captured.unchecked}`);
    const { picture, transfer } = captured;
    const { done } = await this.#change({ what: 'add-own', picture, name }, transfer);
    return done as 'new' | 'known';
  }

  async #remove(name: string): Promise<void> {
    await this.#change({ what: 'remove-own', name });
  }

  /** Changes the own list as the store has it, and not as it was here. */
  #change(call: Untimed<ListCall>, transfer: Transferable[] = []): Promise<{ done: unknown }> {
    const work = async () => {
      await this.#reload();
      const answer = await this.#call(call, transfer);
      await this.#writeOwn();
      return answer;
    };
    return this.#store?.alone?.(work) ?? work();
  }

  /** Takes over what is in the store: another page may have changed it. */
  async #reload(): Promise<void> {
    if (this.#store === null) return;
    const bytes = await reading(this.#store.get(OWN_KEY));
    if (bytes === null) return;
    try {
      await this.#call({ what: 'load-own', bytes: bufferOf(bytes) });
    } catch (error) {
      // Only a list that is itself broken: one that the engine failed on is still as good as it was.
      this.#problem = listCode(error);
      await writing(this.#store.set(BROKEN_KEY, bytes));
      await writing(this.#store.delete(OWN_KEY));
    }
  }

  #writeOwn(): Promise<void> {
    return this.#own === null ? Promise.resolve() : this.#write(OWN_KEY, this.#own);
  }

  #write(key: string, bytes: ArrayBuffer): Promise<void> {
    return writing(this.#store?.set(key, new Uint8Array(bytes.slice(0))));
  }

  /** Asks the engine, and takes over how things stand then. Throws `GuardError` where it refuses. */
  async #call(call: Untimed<ListCall>, transfer: Transferable[] = []): Promise<{ done: unknown; takenAt: number }> {
    const takenAt = now();
    const { done, error, lists, names, own } = await this.#ask({ ...call, now: takenAt } as ListCall, transfer);
    this.#inUse = Object.freeze(lists);
    this.#names = Object.freeze(names);
    // An own list without a name in it is not worth keeping, unless it was emptied.
    if (names.length > 0 || this.#own !== null) this.#own = own;
    if (error !== null) throw new GuardError(error);
    return { done, takenAt };
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }
}

function keyOf({ issuer, name }: Pick<HashListInfo, 'issuer' | 'name'>): string {
  return `${ISSUED_PREFIX}${issuer}:${name}`;
}

/** What is wrong with a list. Throws what is wrong with anything else. */
function listCode(error: unknown): string {
  if (error instanceof GuardError && error.code.startsWith('list/')) return error.code;
  throw error;
}

/** In seconds since 1970. */
function now(): number {
  return Math.floor(Date.now() / 1000);
}

/** A buffer of its own, which can be handed over. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

async function bytesOf(captured: Captured): Promise<ArrayBuffer> {
  if ('unchecked' in captured) throw new GuardError('list/not-readable');
  const { picture } = captured;
  if (picture.kind === 'bytes') return picture.bytes;
  if (picture.kind !== 'blob') throw new GuardError('list/not-readable');
  if (picture.blob.size > MAX_LIST_BYTES) throw new GuardError('list/too-large');
  return picture.blob.arrayBuffer().catch(() => {
    throw new GuardError('list/not-readable');
  });
}

function reading<T>(promise: Promise<T>): Promise<T> {
  return promise.catch(() => {
    throw new GuardError('store/not-readable');
  });
}

function writing(promise: Promise<void> | undefined): Promise<void> {
  return (promise ?? Promise.resolve()).catch(() => {
    throw new GuardError('store/failed');
  });
}
