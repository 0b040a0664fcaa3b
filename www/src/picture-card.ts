import { GuardError, type Direction, type Verdict } from 'pausepoint';
import { announce } from './announcer.js';
import { el } from './dom.js';
import type { Picture } from './picture.js';
import * as text from './text.js';
import { TEXT } from './text.js';
import { veilOf } from './veil.js';
import { factsView, verdictView } from './verdict-view.js';

/** How a card has its picture checked. */
export interface CardCheck {
  check(picture: Picture, direction: Direction, signal: AbortSignal): Promise<Verdict>;
  direction(): Direction;
}

/** One picture with its verdict. The picture itself stands in the page only while it may be seen. */
export class PictureCard {
  readonly element: HTMLLIElement;
  readonly #picture: Picture;
  readonly #check: CardCheck;
  readonly #frame = el('div', { class: 'frame' });
  readonly #verdict = el('div', { class: 'verdict' });
  readonly #facts = el('div', { class: 'how' });
  #veil: Promise<HTMLCanvasElement | null> | null = null;
  /** Whether the browser may decode it: its decoder knows no limits, so the engine must have opened it within its own. */
  #mayDecode: boolean;
  #run = new AbortController();
  #address: string | null = null;

  constructor(picture: Picture, check: CardCheck, onRemove: () => void) {
    this.#picture = picture;
    this.#check = check;
    // What the camera took is pixels already.
    this.#mayDecode = picture.content instanceof HTMLCanvasElement;
    const remove = el('button', { type: 'button', class: 'remove', 'aria-label': text.removeLabel(picture.name) }, '×');
    remove.addEventListener('click', onRemove);
    this.element = el(
      'li',
      { class: 'card' },
      this.#frame,
      el('div', { class: 'side' }, el('h3', {}, picture.name), remove, this.#verdict),
      this.#facts,
    );
  }

  /** Covers the picture and has it checked. Gives `false` if that was given up for another check or the card's end. */
  async check(): Promise<boolean> {
    this.#run.abort();
    const { signal } = (this.#run = new AbortController());
    const direction = this.#check.direction();
    this.element.dataset['action'] = 'pending';
    this.element.setAttribute('aria-busy', 'true');
    this.#cover();
    this.#facts.replaceChildren();
    this.showPending(false);

    const verdict = await this.#ask(direction, signal);
    if (verdict === null || signal.aborted) return false;
    this.element.dataset['action'] = verdict.action;
    this.element.removeAttribute('aria-busy');
    this.#show(verdict, direction);
    announce(text.announcement(this.#picture.name, verdict));
    return true;
  }

  /** Says whether it is this picture's turn. */
  showPending(itsTurn: boolean): void {
    this.#verdict.replaceChildren(el('p', { class: 'pending' }, itsTurn ? TEXT.card.checking : TEXT.card.waiting));
  }

  remove(): void {
    this.#run.abort();
    this.#forget();
    this.element.remove();
  }

  async #ask(direction: Direction, signal: AbortSignal): Promise<Verdict | null> {
    try {
      return await this.#check.check(this.#picture, direction, signal);
    } catch (error) {
      if (signal.aborted) return null;
      // There is no guard: its error says what to treat the picture as.
      if (error instanceof GuardError) return error.verdict;
      throw error;
    }
  }

  #show(verdict: Verdict, direction: Direction): void {
    const { action } = verdict;
    this.#mayDecode ||= verdict.scores !== null;
    if (action === 'allow' || action === 'notice') this.#uncover();
    else this.#cover();

    const controls: Node[] = mayChoose(verdict) ? [this.#choice()] : [];
    if (action === 'warn' || action === 'block') controls.push(el('a', { href: '#help' }, TEXT.card.help));
    this.#verdict.replaceChildren(...verdictView(verdict, direction, controls));
    this.#facts.replaceChildren(...factsView(verdict));
  }

  #choice(): HTMLButtonElement {
    const button = el('button', { type: 'button' }, TEXT.card.showAnyway);
    button.addEventListener('click', () => {
      const covered = this.#frame.dataset['covered'] === 'true';
      if (covered) this.#uncover();
      else this.#cover();
      button.textContent = covered ? TEXT.card.cover : TEXT.card.showAnyway;
    });
    return button;
  }

  #cover(): void {
    this.#forget();
    this.#frame.dataset['covered'] = 'true';
    const label = el('p', { class: 'cover-label' }, TEXT.card.covered);
    this.#frame.replaceChildren(label);
    if (!this.#mayDecode) return;
    this.#veil ??= veilOf(this.#picture.content);
    void this.#veil.then((veil) => {
      if (veil !== null && this.#frame.dataset['covered'] === 'true') this.#frame.replaceChildren(veil, label);
    });
  }

  #uncover(): void {
    const { content, name } = this.#picture;
    this.#frame.dataset['covered'] = 'false';
    if (content instanceof HTMLCanvasElement) {
      content.setAttribute('role', 'img');
      content.setAttribute('aria-label', name);
      this.#frame.replaceChildren(content);
      return;
    }
    this.#address = URL.createObjectURL(content);
    const image = el('img', { src: this.#address, alt: name });
    image.addEventListener('error', () => image.replaceWith(el('p', { class: 'cover-label' }, TEXT.card.noPreview)));
    this.#frame.replaceChildren(image);
  }

  #forget(): void {
    if (this.#address !== null) URL.revokeObjectURL(this.#address);
    this.#address = null;
  }
}

/** Whether the person may uncover it. Not what was too large to open safely: showing would open it all the same. */
function mayChoose({ action, fallback, reasons }: Verdict): boolean {
  if (action === 'unchecked') return fallback !== 'block' && !reasons.some((reason) => reason.startsWith('too-'));
  return action === 'warn';
}
