import type { PausepointIntervention } from '../elements/intervention.js';
import { defineElements } from '../elements/define.js';
import type { Choice, Occasion } from '../elements/occasion.js';
import type { PausepointStatus } from '../elements/status.js';
import { textsIn, type Texts } from '../i18n/index.js';
import type { PauseOptions } from './options.js';

/** How soon somebody is told that a picture is being looked at: most are done before. */
const PATIENCE_MS = 500;

/** How a guardian's code is looked at. */
export type Verify = (code: string) => Promise<{ ok: true } | { ok: false; waitSeconds: number | null }>;

/** What the person sees of the pause: one question at a time, and a line at the edge. */
export class Screen {
  readonly #options: Pick<PauseOptions, 'locale' | 'country'>;
  #intervention: PausepointIntervention | null = null;
  #status: PausepointStatus | null = null;
  #busy = 0;

  constructor(options: Pick<PauseOptions, 'locale' | 'country'>) {
    this.#options = options;
  }

  /** Texts in the person's language. */
  get texts(): Texts {
    return textsIn(this.#options.locale ?? (document.documentElement.lang || navigator.language));
  }

  /** Asks. Rejects with the signal's reason. */
  ask(occasion: Occasion, signal: AbortSignal | undefined, verify: Verify | undefined): Promise<Choice> {
    return this.#dialog().ask(occasion, { signal, verify });
  }

  /** Opens the help on its own. */
  help(topic?: Parameters<PausepointIntervention['openHelp']>[0]): Promise<void> {
    return this.#dialog().openHelp(topic);
  }

  /** Says something without asking. */
  say(text: string): void {
    this.#line().show(text);
  }

  /** Says that something is being looked at, if it takes long; gives what ends that. */
  looking(count: number): () => void {
    this.#busy += 1;
    let isShown = false;
    const timer = setTimeout(() => {
      isShown = true;
      const { checking, checkingMany } = this.texts.status;
      this.#line().show(count === 1 ? checking : checkingMany, { lasting: true });
    }, PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      this.#busy -= 1;
      if (isShown && this.#busy === 0) this.#line().hide();
    };
  }

  #dialog(): PausepointIntervention {
    defineElements();
    this.#intervention ??= document.createElement('pausepoint-intervention') as PausepointIntervention;
    return this.#placed(this.#intervention);
  }

  #line(): PausepointStatus {
    defineElements();
    this.#status ??= document.createElement('pausepoint-status') as PausepointStatus;
    return this.#placed(this.#status);
  }

  /** An app may have thrown the page's content away since. */
  #placed<E extends HTMLElement>(element: E): E {
    const { locale, country } = this.#options;
    if (locale !== undefined) element.setAttribute('locale', locale);
    if (country !== undefined) element.setAttribute('country', country);
    if (!element.isConnected) document.body.append(element);
    return element;
  }
}
