import { textsIn } from '../i18n/index.js';
import { ElementBase } from './base.js';
import { el } from './dom.js';
import { localeOf } from './locale.js';
import { adopt } from './sheet.js';
import { Stage } from './stage.js';
import { STYLE } from './style.js';
import { schemeOf } from './tokens.js';
import { inTurn, type Turns } from './turns.js';
import { button } from './view.js';

/** A question with two answers. */
export interface Question {
  question: string;
  /** What Escape means as well. */
  yes: string;
  no: string;
}

/** `<pausepoint-question>`: a small question that has to be answered before something goes on. Both answers look the same. */
export class PausepointQuestion extends ElementBase {
  readonly #turns: Turns = { last: Promise.resolve() };
  #stage: Stage | null = null;
  #answer: (yes: boolean) => void = () => {};

  /** Asks: whether the answer was yes. Rejects with the signal's reason. */
  ask({ question, yes, no }: Question, signal?: AbortSignal): Promise<boolean> {
    return inTurn(this.#turns, signal, async () => {
      this.#stage ??= this.#build();
      const { language, direction } = textsIn(localeOf(this));
      const answered = new Promise<boolean>((resolve) => (this.#answer = resolve));
      const onAbort = () => this.#answer(true);
      signal?.addEventListener('abort', onAbort);
      this.#stage.open();
      const row = el('div', { class: 'row' }, button(yes, () => this.#answer(true)), button(no, () => this.#answer(false)));
      this.#stage.show({ heading: question, body: [row], ways: [] }, { language, direction, scheme: schemeOf(this), back: null }, false);
      const isYes = await answered;
      signal?.removeEventListener('abort', onAbort);
      this.#stage.close();
      signal?.throwIfAborted();
      return isYes;
    });
  }

  /** @internal */
  disconnectedCallback(): void {
    this.#answer(true);
  }

  #build(): Stage {
    const root = this.attachShadow({ mode: 'open' });
    adopt(root, STYLE);
    return new Stage(root, () => this.#answer(true), () => this.#answer(true));
  }
}
