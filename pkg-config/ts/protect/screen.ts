import type { AgeBand } from '../client/options.js';
import { defineAllElements } from '../elements/define-all.js';
import type { PausepointIntervention } from '../elements/intervention.js';
import type { Choice, Occasion } from '../elements/occasion.js';
import { withFiles } from '../elements/phrases.js';
import type { PausepointQuestion } from '../elements/question.js';
import type { PausepointStatus } from '../elements/status.js';
import type { Verify } from '../elements/verify.js';
import { counted, textsIn, type Texts } from '../i18n/index.js';
import type { PauseOptions } from './options.js';

/** How soon somebody is told that a picture is being looked at: most are done before. */
const PATIENCE_MS = 500;

interface Shown {
  'pausepoint-intervention': PausepointIntervention;
  'pausepoint-question': PausepointQuestion;
  'pausepoint-status': PausepointStatus;
}

/** What can be said without asking, of so many of so many files. */
export interface Said extends Pick<Occasion, 'media' | 'count' | 'of'> {
  remark: 'noticeSending' | 'couldNotCheck' | 'metadataRemoved' | 'contentCredentialsRemoved';
}

/** What the person sees of the pause: one question at a time, and a line at the edge. */
export class Screen {
  readonly #options: Pick<PauseOptions, 'locale' | 'country'>;
  readonly #ageBand: AgeBand;
  readonly #made: Partial<Shown> = {};

  constructor(options: Pick<PauseOptions, 'locale' | 'country'>, ageBand: AgeBand) {
    this.#options = options;
    this.#ageBand = ageBand;
  }

  /** The language that was asked for, if one was. */
  get locale(): string | undefined {
    return this.#options.locale;
  }

  /** Asks. Rejects with the signal's reason. */
  ask(occasion: Occasion, signal: AbortSignal | undefined, verify: Verify | undefined): Promise<Choice> {
    return this.#element('pausepoint-intervention').ask(occasion, { signal, verify });
  }

  /** Asks whether to remove metadata. Rejects with the signal's reason. */
  askToRemove(signal: AbortSignal | undefined): Promise<boolean> {
    const { question, remove, keep } = this.#texts.metadataAsk;
    return this.#element('pausepoint-question').ask({ question, yes: remove, no: keep }, signal);
  }

  /** Asks whether something stays that cannot lose its metadata. Rejects with the signal's reason. */
  askToKeep(about: Pick<Occasion, 'media' | 'count' | 'of'>, signal: AbortSignal | undefined): Promise<boolean> {
    const { metadataNotRemovable, ways } = this.#texts;
    const question = withFiles(metadataNotRemovable, about, this.#texts);
    return this.#element('pausepoint-question').ask({ question, yes: ways.stopSending, no: ways.sendAnyway }, signal);
  }

  /** Opens the help on its own. */
  help(topic?: Parameters<PausepointIntervention['openHelp']>[0]): Promise<void> {
    return this.#element('pausepoint-intervention').openHelp(topic);
  }

  /** Says something without asking. */
  say(said: readonly Said[]): void {
    if (said.length === 0) return;
    const texts = this.#texts;
    this.#element('pausepoint-status').show(said.map((one) => withFiles(texts[one.remark], one, texts)).join(' '));
  }

  /** Says that something is being looked at, if it takes long; gives what ends that. */
  looking(count: number): () => void {
    let isShown = false;
    const timer = setTimeout(() => {
      isShown = true;
      const { checking, checkingMany, language } = this.#texts;
      const text = count === 1 ? checking : counted(language, checkingMany, count);
      this.#element('pausepoint-status').show(text, { lasting: true });
    }, PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      if (isShown) this.#element('pausepoint-status').hide();
    };
  }

  get #texts(): Texts {
    return textsIn(this.#options.locale ?? (document.documentElement.lang || navigator.language));
  }

  #element<Name extends keyof Shown>(name: Name): Shown[Name] {
    defineAllElements();
    const element = (this.#made[name] ??= document.createElement(name) as Shown[Name]);
    const { locale, country } = this.#options;
    if (locale !== undefined) element.setAttribute('locale', locale);
    if (country !== undefined) element.setAttribute('country', country);
    if (name === 'pausepoint-intervention') element.setAttribute('age-band', this.#ageBand);
    // An app may have thrown the page's content away since.
    if (!element.isConnected) document.body.append(element);
    return element;
  }
}
