import type { AgeBand } from '../client/options.js';
import { textsIn } from '../i18n/index.js';
import { ElementBase } from './base.js';
import { icon } from './drawing.js';
import { countryCode, localeOf, regionOf } from './locale.js';
import type { Choice, HelpTopic, Occasion } from './occasion.js';
import type { StepName } from './path.js';
import { Session } from './session.js';
import { adopt } from './sheet.js';
import { Stage } from './stage.js';
import { STYLE } from './style.js';
import { schemeOf } from './tokens.js';
import { inTurn, type Turns } from './turns.js';
import type { Verify } from './verify.js';
import { button, type Scope } from './view.js';
import { VIEWS } from './views/index.js';

export type { Verify } from './verify.js';

/** Options of `ask`. */
export interface AskOptions {
  /** Takes the question back: `ask` rejects with its reason, and the dialog closes. */
  signal?: AbortSignal | undefined;
  /** Checks a guardian's code. Without it, `wayOn: 'guardian'` is no way on. */
  verify?: Verify | undefined;
}

const BANDS: readonly AgeBand[] = ['under-13', '13-15', '16-17', 'adult'];
const TOPICS: Readonly<Record<HelpTopic, StepName>> = { 'sent-mine': 'sent-mine', 'someone-else': 'someone-else', pressed: 'support', help: 'help' };

/**
 * `<pausepoint-intervention>`: the pause itself. It shows no picture, keeps nothing and sends nothing; it asks, and says what
 * the person chose.
 *
 * @example
 * ```ts
 * const choice = await document.querySelector('pausepoint-intervention').ask(occasion);
 * if (choice === 'go-on') send(picture);
 * ```
 */
export class PausepointIntervention extends ElementBase {
  static readonly observedAttributes = ['locale', 'country', 'theme', 'age-band'];

  readonly #turns: Turns = { last: Promise.resolve() };
  #stage: Stage | null = null;
  #session: Session | null = null;
  /** Chosen in the help panel; forgotten with the element. */
  #chosen: { country: string | null } | null = null;

  /** The language of the texts, BCP 47. Default: the nearest `lang`, else the browser's. */
  get locale(): string {
    return localeOf(this);
  }
  set locale(locale: string) {
    this.setAttribute('locale', locale);
  }

  /** The country whose services are shown, ISO 3166-1. Default: that of the locale, if it names one. */
  get country(): string | null {
    return countryCode(this.getAttribute('country') ?? '') ?? regionOf(this.locale);
  }
  set country(country: string | null) {
    if (country === null) this.removeAttribute('country');
    else this.setAttribute('country', country);
  }

  /** Whose wording `openHelp` has; with `ask` the occasion says it. Default: `13-15`. */
  get ageBand(): AgeBand {
    return BANDS.find((band) => band === this.getAttribute('age-band')) ?? '13-15';
  }
  set ageBand(ageBand: AgeBand) {
    this.setAttribute('age-band', ageBand);
  }

  /** Whether it is shown. Reflected, for styles. */
  get open(): boolean {
    return this.#session !== null;
  }

  /**
   * Asks, and resolves with what the person chose. Several questions are asked one after another.
   *
   * @throws the signal's reason, if it is aborted; `InvalidStateError`, if the element is not in a document.
   */
  ask(occasion: Occasion, { signal, verify }: AskOptions = {}): Promise<Choice> {
    return inTurn(this.#turns, signal, async () => {
      const choice = await this.#run(new Session(occasion, null, occasion.ageBand, verify ?? null), signal);
      return choice ?? 'stop';
    });
  }

  /** Opens help by itself, from a button of the page; resolves when it is closed. */
  async openHelp(topic: HelpTopic = 'help'): Promise<void> {
    await inTurn(this.#turns, undefined, () => this.#run(new Session(null, TOPICS[topic], this.ageBand, null), undefined));
  }

  /** @internal */
  attributeChangedCallback(name: string): void {
    if (name === 'country') this.#chosen = null;
    if (this.#session !== null) this.#draw(true);
  }

  /** Whatever is taken away is not gone on with. @internal */
  disconnectedCallback(): void {
    this.#session?.end(null);
  }

  async #run(session: Session, signal: AbortSignal | undefined): Promise<Choice | null> {
    if (!this.isConnected) throw new DOMException('not in a document', 'InvalidStateError');
    this.#stage ??= this.#build();
    const onAbort = () => session.end(null);
    signal?.addEventListener('abort', onAbort);
    this.#session = session;
    this.#stage.open();
    this.toggleAttribute('open', true);
    this.#tell('open', { about: session.occasion?.about ?? 'help' });
    this.#draw(false);
    this.#tell('step', { step: session.step });
    const choice = await session.ended;
    signal?.removeEventListener('abort', onAbort);
    this.#session = null;
    this.#stage.close();
    this.toggleAttribute('open', false);
    this.#tell('close', { choice });
    signal?.throwIfAborted();
    return choice;
  }

  #build(): Stage {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    adopt(root, STYLE);
    return new Stage(
      root,
      () => this.#requestClose(),
      () => this.#session?.end(this.#session.occasion === null ? null : 'stop'),
    );
  }

  /** Escape never goes on; a page may want to keep it open. */
  #requestClose(): void {
    if (this.#session === null || !this.#tell('request-close', { step: this.#session.step })) return;
    this.#session.end(this.#session.occasion === null ? null : 'stop');
  }

  #draw(again: boolean): void {
    const session = this.#session;
    if (session === null || this.#stage === null) return;
    const scope = this.#scopeOf(session);
    const { texts } = scope;
    const back = session.canGoBack ? button(texts.back, () => scope.back()) : null;
    back?.classList.add('back');
    back?.prepend(icon('back'));
    const look = { language: texts.language, direction: texts.direction, scheme: schemeOf(this), back };
    this.#stage.show(VIEWS[session.step](scope), look, again);
  }

  #scopeOf(session: Session): Scope {
    const move = (how: () => void) => {
      how();
      this.#draw(false);
      this.#tell('step', { step: session.step });
    };
    return {
      texts: textsIn(this.locale),
      ageBand: session.ageBand,
      occasion: session.occasion,
      verify: session.verify,
      country: this.#chosen === null ? this.country : this.#chosen.country,
      get pressed() {
        return session.pressed;
      },
      set pressed(answer) {
        session.pressed = answer;
      },
      go: (step) => move(() => session.go(step)),
      next: () => move(() => session.next()),
      back: () => move(() => session.back()),
      choose: (choice) => session.end(choice),
      close: () => session.end(null),
      chooseCountry: (country) => {
        this.#chosen = { country };
        this.#draw(true);
      },
    };
  }

  /** Tells the page, in codes only. Gives whether nobody objected. */
  #tell(what: 'open' | 'step' | 'close' | 'request-close', detail: Readonly<Record<string, string | null>>): boolean {
    return this.dispatchEvent(
      new CustomEvent(`pausepoint-${what}`, { detail, bubbles: true, composed: true, cancelable: what === 'request-close' }),
    );
  }
}
