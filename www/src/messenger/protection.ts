import { GuardError, protect, type Guard, type PageProtection, type Progress, type ProtectPageOptions } from 'pausepoint/protect';
import type { GuardState } from '../guard-session.js';
import { stage } from './staged-verdicts.js';
import type { Age, Language } from './text.js';

export interface Protected {
  age: Age;
  language: Language;
}

/** What the messenger gives `protect`, whatever the age. */
export type Surroundings = Pick<ProtectPageOptions, 'peer' | 'messages' | 'metadata' | 'guardian' | 'onBlock' | 'onSomeone' | 'onDecision'>;

/** The protection in force. It holds from the first call of `start`, also while its guard loads. */
export class Protection {
  readonly #onState: (state: GuardState) => void;
  #page: PageProtection | null = null;
  #guard: Guard | null = null;
  /** What guards before this one had counted when last asked. */
  #pastRequests = 0;
  #requests = 0;

  constructor(onState: (state: GuardState) => void) {
    this.#onState = onState;
  }

  get page(): PageProtection {
    if (this.#page === null) throw new Error('not protected yet');
    return this.#page;
  }

  get guard(): Promise<Guard> {
    return this.page.guard;
  }

  /** Protects the page in place of the last protection; what that one held is given up. */
  start({ age, language }: Protected, surroundings: Surroundings): void {
    this.#page?.dispose();
    this.#guard = null;
    this.#pastRequests += this.#requests;
    this.#requests = 0;

    const tell = (state: GuardState) => {
      if (page === this.#page) this.#onState(state);
    };
    const onProgress = (progress: Progress) => tell({ phase: 'loading', progress });
    const page = protect(document, { ...surroundings, ageBand: age, locale: language, onProgress });
    this.#page = page;
    tell({ phase: 'loading', progress: null });
    page.guard.then(
      (guard) => {
        if (page !== this.#page) return;
        stage(guard, age);
        this.#guard = guard;
        tell({ phase: 'ready', info: guard.info() });
      },
      (error: unknown) => tell({ phase: 'failed', code: error instanceof GuardError ? error.code : 'engine/failed' }),
    );
  }

  /** Network requests that the workers made while they were ready. */
  async requests(): Promise<number> {
    const guard = this.#guard;
    const diagnostics = await guard?.diagnostics().catch(() => undefined);
    if (diagnostics !== undefined && guard === this.#guard) this.#requests = diagnostics.requestsSinceReady;
    return this.#pastRequests + this.#requests;
  }
}
