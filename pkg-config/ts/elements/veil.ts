import { textsIn, type Texts } from '../i18n/index.js';
import { ElementBase } from './base.js';
import { el } from './dom.js';
import { localeOf } from './locale.js';
import type { Finding } from './occasion.js';
import { withFiles } from './phrases.js';
import { adopt } from './sheet.js';
import { schemeOf, tokens } from './tokens.js';

/** What a veil is there for. */
export type VeilState =
  /** The picture is being looked at. */
  | { is: 'checking' }
  /** It is covered. `mayShow`: whether there is a way to see it; `canBlock`: whether the app can block who sent it. */
  | { is: 'covered'; finding: Finding; mayShow: boolean; canRetry: boolean; canBlock: boolean }
  /** It is shown, and can be covered again. What was noticed is said, unless somebody chose to see it. */
  | { is: 'shown'; noticed: Finding | null };

/** What a person wants of a covered picture. */
export type VeilWish = 'show' | 'hide' | 'block' | 'help' | 'retry';

/** Smaller than this, a veil has room for one button only. In CSS pixels. */
const ROOM = { width: 200, height: 150 };

const STYLE = `
:host { display: block; contain: layout paint; }
:host([hidden]) { display: none; }
.veil { box-sizing: border-box; display: flex; flex-direction: column; align-items: center; gap: .75rem;
  width: 100%; height: 100%; padding: .75rem; overflow: auto; border-radius: inherit; text-align: center;
  font: 400 .9375rem/1.4 system-ui, sans-serif; color: var(--_ink); background: var(--_glow); }
.veil > :first-child { margin-top: auto; }
.veil > :last-child { margin-bottom: auto; }
.veil.clear > :last-child { margin-bottom: 0; }
.veil.clear { background: none; align-items: flex-end; padding: .5rem; pointer-events: none; }
p { margin: 0; max-width: 34ch; text-wrap: balance; }
.ways { display: flex; flex-wrap: wrap; gap: .5rem; justify-content: center; }
button { min-height: 44px; min-width: 44px; padding: .375rem .875rem; border: 1px solid var(--_edge); border-radius: 999px; font: inherit;
  font-weight: 550; color: var(--_ink); background: var(--_surface); cursor: pointer; pointer-events: auto; }
button:hover { border-color: var(--_accent); }
button:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
.dots { width: 2.25rem; height: .5rem; background: radial-gradient(circle closest-side, var(--_accent) 92%, #0000) 0 / calc(100% / 3) 100%; animation: wait 1.2s infinite; }
.clear p { padding: .25rem .75rem; border-radius: 1rem; background: var(--_surface); text-align: start; }
@keyframes wait { 50% { opacity: .35; } }
@media (prefers-reduced-motion: reduce) { .dots { animation: none; } }
.small { padding: .25rem; gap: 0; }
.small p, .small .dots + p { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.small button { padding: .25rem .5rem; font-size: .8125rem; }
@media (forced-colors: active) { .veil { background: Canvas; } .veil > :first-child { margin-top: auto; }
.veil > :last-child { margin-bottom: auto; }
.veil.clear > :last-child { margin-bottom: 0; }
.veil.clear { background: none; } }
${tokens('.veil')}`;

/**
 * What lies over a picture that came, until it was looked at and as long as it stays covered. It is made by
 * `<pausepoint-image>` and `guard.shield`; a page has no need to make one.
 */
export class PausepointVeil extends ElementBase {
  #state: VeilState = { is: 'checking' };
  #onWish: (wish: VeilWish) => void = () => {};
  #size: ResizeObserver | null = null;
  #isSmall = false;

  /** What the person wants is told to this. */
  set onWish(listener: (wish: VeilWish) => void) {
    this.#onWish = listener;
  }

  /** What it is there for. */
  set state(state: VeilState) {
    this.#state = state;
    this.#draw();
  }

  /** @internal */
  connectedCallback(): void {
    if (this.shadowRoot === null) adopt(this.attachShadow({ mode: 'open', delegatesFocus: true }), STYLE);
    this.#size ??= new ResizeObserver(() => this.#measure());
    this.#size.observe(this);
    this.#draw();
  }

  /** @internal */
  disconnectedCallback(): void {
    this.#size?.disconnect();
  }

  #measure(): void {
    const { clientWidth, clientHeight } = this;
    const isSmall = clientWidth < ROOM.width || clientHeight < ROOM.height;
    if (isSmall === this.#isSmall) return;
    this.#isSmall = isSmall;
    this.#draw();
  }

  #draw(): void {
    const root = this.shadowRoot;
    if (root === null) return;
    const texts = textsIn(localeOf(this));
    const isFocused = root.activeElement !== null;
    const veil = el('div', { class: `veil${this.#isSmall ? ' small' : ''}`, part: 'veil', role: 'group', lang: texts.language, dir: texts.direction });
    veil.dataset['scheme'] = schemeOf(this);
    veil.append(...this.#content(veil));
    root.replaceChildren(...Array.from(root.querySelectorAll('style')), veil);
    // Who pressed a button is not thrown out of the page with it.
    if (isFocused) veil.querySelector('button')?.focus();
  }

  #content(veil: HTMLElement): HTMLElement[] {
    const texts = textsIn(localeOf(this));
    const way = (label: string, wish: VeilWish) => {
      const made = el('button', { type: 'button', part: 'button' }, label);
      made.addEventListener('click', () => this.#onWish(wish));
      return made;
    };
    const state = this.#state;
    switch (state.is) {
      case 'checking':
        veil.setAttribute('aria-label', texts.imageChecking);
        return [el('span', { class: 'dots', 'aria-hidden': 'true' }), el('p', { part: 'text' }, texts.imageChecking)];
      case 'shown':
        veil.classList.add('clear');
        veil.setAttribute('aria-label', texts.imageHide);
        return [...(state.noticed === null ? [] : [el('p', { part: 'text' }, noticed(state.noticed, texts))]), way(texts.imageHide, 'hide')];
      case 'covered': {
        const says = state.finding === 'unchecked' ? texts.imageUnchecked : texts.imageCovered[state.finding];
        veil.setAttribute('aria-label', says);
        const all = [
          ...(state.canRetry ? [way(texts.imageRetry, 'retry')] : []),
          ...(state.mayShow ? [way(texts.imageShow, 'show')] : []),
          ...(state.canBlock ? [way(texts.imageBlock, 'block')] : []),
          way(texts.imageHelp, 'help'),
        ];
        // Where there is room for one only, it leads to where all of them are.
        const ways = this.#isSmall ? [way(texts.imageHelp, 'show')] : all;
        return [el('p', { part: 'text' }, says), el('div', { class: 'ways' }, ...ways)];
      }
    }
  }
}

/** What was noticed, of one picture. */
function noticed(finding: Finding, texts: Texts): string {
  return withFiles(texts.noticed[finding], { media: 'picture', count: 1, of: 1 }, texts);
}
