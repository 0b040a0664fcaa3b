import { announce } from './announcer.js';
import { byId } from './dom.js';
import type { Picture } from './picture.js';
import { type CardCheck, PictureCard } from './picture-card.js';
import { added, TEXT } from './text.js';

const section = byId('pictures', HTMLElement);
const list = byId('picture-list', HTMLElement);
const clearButton = byId('clear', HTMLButtonElement);
const chooser = byId('choose', HTMLInputElement);

/** The pictures brought to the page, newest first. The guard looks at one after the other. */
export class PictureList {
  readonly #check: CardCheck & { ready(): boolean; judged(): void };
  readonly #cards = new Set<PictureCard>();
  /** Cards without a verdict, in the order of their turns. */
  readonly #pending = new Set<PictureCard>();

  constructor(check: CardCheck & { ready(): boolean; judged(): void }) {
    this.#check = check;
    clearButton.addEventListener('click', () => {
      for (const card of this.#cards) this.#remove(card);
      announce(TEXT.pictures.cleared);
    });
  }

  add(pictures: Picture[]): void {
    const cards = pictures.map((picture) => {
      const card: PictureCard = new PictureCard(picture, this.#check, () => this.#remove(card));
      return card;
    });
    for (const card of cards) this.#cards.add(card);
    list.prepend(...cards.map(({ element }) => element));
    section.hidden = false;
    announce(added(cards.length));
    for (const card of cards) this.#start(card);
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    cards[0]?.element.scrollIntoView({ block: 'nearest', behavior: calm ? 'instant' : 'smooth' });
  }

  /** Has every picture checked again, because what decides has changed. */
  checkAgain(): void {
    for (const card of this.#cards) this.#start(card);
  }

  /** Shows whose turn it is. */
  showTurns(): void {
    const [first] = this.#pending;
    for (const card of this.#pending) card.showPending(card === first && this.#check.ready());
  }

  #start(card: PictureCard): void {
    this.#pending.delete(card);
    this.#pending.add(card);
    void card.check().then((judged) => {
      if (!judged) return;
      this.#pending.delete(card);
      this.showTurns();
      this.#check.judged();
    });
    this.showTurns();
  }

  #remove(card: PictureCard): void {
    const hadFocus = card.element.contains(document.activeElement) || document.activeElement === clearButton;
    const next = (card.element.nextElementSibling ?? card.element.previousElementSibling)?.querySelector('button');
    card.remove();
    this.#cards.delete(card);
    this.#pending.delete(card);
    this.showTurns();
    section.hidden = this.#cards.size === 0;
    // Whoever works by keyboard is not thrown back to the top of the page.
    if (hadFocus) (next ?? chooser).focus();
  }
}
