import { el } from './dom.js';
import { article, type View } from './view.js';

/** Where views are shown: one modal dialog, which keeps the focus while it is open and gives it back. */
export class Stage {
  readonly #dialog = el('dialog', { class: 'surface', part: 'dialog', 'aria-labelledby': 'heading' });
  readonly #onEscape: () => void;
  readonly #onLost: () => void;
  #view: View | null = null;
  #before: { focus: Element | null; x: number; y: number } | null = null;

  /** `onEscape` is asked for by a key or a gesture; `onLost` says that the browser closed it all the same. */
  constructor(root: ShadowRoot, onEscape: () => void, onLost: () => void) {
    this.#onEscape = onEscape;
    this.#onLost = onLost;
    root.append(this.#dialog);
    // A key that is taken here asks; otherwise a browser closes at the second one without asking.
    this.#dialog.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat && !event.isComposing) this.#onEscape();
    });
    this.#dialog.addEventListener('cancel', (event) => {
      // That of a list of options in it bubbles up as well, in some browsers.
      if (event.target !== this.#dialog) return;
      event.preventDefault();
      this.#onEscape();
    });
    this.#dialog.addEventListener('close', () => {
      // It comes late: the dialog may be open again, for the next question.
      if (this.#before !== null && !this.#dialog.open) this.#onLost();
    });
  }

  open(): void {
    this.#before = { focus: focused(), x: scrollX, y: scrollY };
    this.#dialog.showModal();
  }

  /** Shows a view. The focus goes to its heading, unless it is the same view once more. */
  show(view: View, look: { language: string; direction: string; scheme: string; back: Node | null }, keepFocus: boolean): void {
    this.#view?.leave?.();
    this.#view = view;
    const kept = keepFocus ? this.#dialog.getRootNode() : null;
    const id = kept instanceof ShadowRoot ? kept.activeElement?.id : undefined;
    this.#dialog.lang = look.language;
    this.#dialog.dir = look.direction;
    this.#dialog.dataset['scheme'] = look.scheme;
    const top = el('div', { class: 'top', part: 'top' }, ...(look.back === null ? [] : [look.back]));
    const ways = view.ways.length === 0 ? [] : [el('div', { class: 'ways', part: 'actions' }, ...view.ways)];
    this.#dialog.replaceChildren(top, article(view), ...ways);
    const target = id ? this.#dialog.querySelector<HTMLElement>(`#${id}`) : null;
    (target ?? this.#dialog.querySelector('h2'))?.focus({ preventScroll: true });
    if (target === null) this.#dialog.scrollTop = 0;
  }

  close(): void {
    this.#view?.leave?.();
    this.#view = null;
    const before = this.#before;
    this.#before = null;
    this.#dialog.close();
    this.#dialog.replaceChildren();
    if (before === null) return;
    if (before.focus instanceof HTMLElement || before.focus instanceof SVGElement) before.focus.focus({ preventScroll: true });
    if (scrollX !== before.x || scrollY !== before.y) scrollTo({ left: before.x, top: before.y, behavior: 'auto' });
  }
}

/** What has the focus, also within shadow trees. */
function focused(): Element | null {
  let one = document.activeElement;
  while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  return one;
}
