import type { ListStore } from '../client/lists.js';
import { reportError } from '../client/report-error.js';
import type { GuardianGlue } from './engine.js';
import type { AnswerOutcome, Guardian, GuardianChange, GuardianState, Holds, Secret, Wish } from './guardian.js';
import { GuardianError } from './guardian-error.js';
import { carefully, type Operation, perform, type Performed } from './perform.js';
import { type RecordName, type Records, RECORDS } from './records.js';

/** Does what takes a PIN somewhere else, as it takes a second. */
export interface Desk {
  perform(stored: Records, operation: Operation): Promise<Performed>;
  dispose(): void;
}

const KEY = 'guardian-';
/** After these, a try has been made, or may have been. */
const TRIED = new Set(['guardian/pin-wrong', 'engine/failed', 'guardian/memory']);

/** Guardian settings in their stores. */
export class LiveGuardian implements Guardian {
  readonly #glue: GuardianGlue;
  readonly #store: ListStore;
  readonly #anchor: ListStore;
  readonly #desk: Desk | null;
  readonly #listeners = new Set<(state: GuardianState) => void>();
  readonly #deaf: (() => void)[] = [];
  #records: Records = {};
  #state: GuardianState = { is: 'not-set-up' };
  #last: Promise<unknown> = Promise.resolve();

  static {
    // Older browsers have no `using`, and no symbol for it.
    if ('dispose' in Symbol) Object.defineProperty(this.prototype, Symbol.dispose, { value: this.prototype.dispose });
  }

  declare [Symbol.dispose]: () => void;

  constructor(glue: GuardianGlue, store: ListStore, anchor: ListStore, desk: Desk | null) {
    this.#glue = glue;
    this.#store = store;
    this.#anchor = anchor;
    this.#desk = desk;
    for (const one of new Set([store, anchor])) {
      const deaf = one.onChange?.((key) => key.startsWith(KEY) && void this.open().catch(reportError));
      if (deaf !== undefined) this.#deaf.push(deaf);
    }
  }

  /** Reads what is stored. */
  open(): Promise<void> {
    return this.#alone(async () => {});
  }

  get state(): GuardianState {
    return this.#state;
  }

  holds({ ageBand = 'under-13', managed }: Parameters<Guardian['holds']>[0] = {}): Holds {
    const asked: Operation = { do: 'layers', unset: ageBand, managed: managed === undefined ? undefined : JSON.stringify(managed) };
    const { managed_by: managedBy, ...holds } = JSON.parse(this.#now(asked)) as Omit<Holds, 'managedBy'> & { managed_by: string | null };
    return { ...holds, managedBy };
  }

  onChange(listener: (state: GuardianState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async pinWait(): Promise<number> {
    return this.#alone(async () => {
      // Looked at and not kept: a try that nobody makes must not count. A wait that begins in this moment must.
      const begun = this.#look({ do: 'begin' });
      if (begun === null) return 0;
      const { seconds } = JSON.parse(begun.value ?? 'null') as { seconds: number };
      if (seconds > 0) await this.#keep(begun.store);
      return seconds;
    });
  }

  async setUp({ pin, ageBand, profiles = [] }: Parameters<Guardian['setUp']>[0]): Promise<{ recovery: string; pairing: string }> {
    const begin = JSON.stringify({ age_band: ageBand, profiles });
    return this.#alone(async () => JSON.parse(await this.#slowly({ do: 'setUp', begin, pin })) as { recovery: string; pairing: string });
  }

  async change(secret: Secret, change: GuardianChange): Promise<void> {
    await this.#guarded(secret, { do: 'change', secret: JSON.stringify(secret), change: JSON.stringify(change) });
  }

  async changePin(old: string, pin: string): Promise<void> {
    await this.#guarded({ pin: old }, { do: 'changePin', old, pin });
  }

  async recover(recovery: string, pin: string): Promise<{ recovery: string }> {
    return JSON.parse(await this.#guarded({ recovery }, { do: 'recover', code: recovery, pin })) as { recovery: string };
  }

  async pair(secret: Secret): Promise<{ pairing: string }> {
    return JSON.parse(await this.#guarded(secret, { do: 'pair', secret: JSON.stringify(secret) })) as { pairing: string };
  }

  async reinstate(secret: Secret): Promise<void> {
    await this.#guarded(secret, { do: 'reinstate', secret: JSON.stringify(secret) });
  }

  async confirm(secret: Secret): Promise<void> {
    await this.#guarded(secret, { do: 'confirm', secret: JSON.stringify(secret) });
  }

  async end(secret: Secret): Promise<void> {
    await this.confirm(secret);
    await this.#alone(async () => {
      // Without its anchor a file does not hold, so that what is interrupted here leaves the strictest rules.
      for (const name of [...RECORDS].reverse()) await this.#stored(() => this.#placeOf(name).delete(KEY + name));
      await this.#reload();
    });
  }

  async ask(wish: Wish): Promise<{ code: string; text: string }> {
    return this.#alone(async () => JSON.parse(await this.#quickly({ do: 'ask', wish: JSON.stringify(wish) })) as { code: string; text: string });
  }

  async accept(code: string, answer: string): Promise<AnswerOutcome> {
    return this.#alone(async () => JSON.parse(await this.#quickly({ do: 'accept', code, answer })) as AnswerOutcome);
  }

  readRequest(text: string): Wish & { code: string } {
    return JSON.parse(carefully(() => this.#glue.readRequest(text))) as Wish & { code: string };
  }

  answer(pairing: string, code: string, decision: 'approved' | 'denied'): string {
    return carefully(() => this.#glue.answerRequest(pairing, code, decision));
  }

  dispose(): void {
    this.#deaf.forEach((deaf) => deaf());
    this.#listeners.clear();
    this.#desk?.dispose();
  }

  /** Something with a PIN: its try is counted and stored before the PIN is looked at. */
  async #guarded(secret: Secret, operation: Operation): Promise<string> {
    return this.#alone(async () => {
      if (!('pin' in secret)) return this.#slowly(operation);
      if (this.#desk === null) throw new GuardianError('guardian/no-worker');
      const earlier = this.#records.attempts;
      const { seconds } = JSON.parse(await this.#quickly({ do: 'begin' })) as { seconds: number };
      if (seconds > 0) throw new GuardianError('guardian/wait', seconds);
      try {
        return await this.#slowly(operation);
      } catch (error) {
        // Whatever else was wrong was found before the PIN was looked at.
        if (earlier !== undefined && error instanceof GuardianError && !TRIED.has(error.code)) await this.#keep({ attempts: earlier });
        throw error;
      }
    });
  }

  async #slowly(operation: Operation): Promise<string> {
    if (this.#desk === null) throw new GuardianError('guardian/no-worker');
    const { value, store } = await this.#desk.perform(this.#records, operation);
    await this.#keep(store);
    return value ?? 'null';
  }

  async #quickly(operation: Operation): Promise<string> {
    const { value, store } = perform(this.#glue, this.#records, operation);
    await this.#keep(store);
    return value ?? 'null';
  }

  /** What comes of something, or nothing where the settings are not there or not readable. */
  #look(operation: Operation): Performed | null {
    try {
      return perform(this.#glue, this.#records, operation);
    } catch (error) {
      if (error instanceof GuardianError && error.code.startsWith('guardian/')) return null;
      throw error;
    }
  }

  /** What asks only. */
  #now(operation: Operation): string {
    return perform(this.#glue, this.#records, operation).value ?? 'null';
  }

  async #keep(store: Records): Promise<void> {
    for (const name of RECORDS) {
      const record = store[name];
      if (record === undefined) continue;
      await this.#stored(() => this.#placeOf(name).set(KEY + name, record));
      this.#records = { ...this.#records, [name]: record };
    }
    if (store.file !== undefined || store.granted !== undefined || store.anchor !== undefined) this.#see();
  }

  async #reload(): Promise<void> {
    const records: Records = {};
    for (const name of RECORDS) {
      const record = await this.#placeOf(name)
        .get(KEY + name)
        .catch(() => {
          throw new GuardianError('store/not-readable');
        });
      if (record !== null) records[name] = record;
    }
    this.#records = records;
    // Where the anchor was behind, it is moved on.
    const { store } = perform(this.#glue, records, { do: 'state' });
    if (store.anchor === undefined) this.#see();
    else await this.#keep(store);
  }

  #see(): void {
    const before = JSON.stringify(this.#state);
    this.#state = JSON.parse(this.#now({ do: 'state' })) as GuardianState;
    if (JSON.stringify(this.#state) === before) return;
    for (const listener of this.#listeners) {
      try {
        listener(this.#state);
      } catch (error) {
        reportError(error);
      }
    }
  }

  #placeOf(name: RecordName): ListStore {
    return name === 'anchor' ? this.#anchor : this.#store;
  }

  async #stored(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch {
      throw new GuardianError('store/failed');
    }
  }

  /** One after another, also among pages: two changes at once would make two files of one revision. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const fresh = async () => {
      await this.#reload();
      return work();
    };
    const done = this.#last.then(() => (this.#store.alone === undefined ? fresh() : this.#store.alone(fresh)));
    this.#last = done.catch(() => {});
    return done;
  }
}
