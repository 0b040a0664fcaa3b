import { reportError } from '../client/report-error.js';
import { defineAllElements } from '../elements/define-all.js';
import type { PausepointVeil, VeilWish } from '../elements/veil.js';
import type { Incoming } from './incoming.js';
import { type Finding, nameOf } from './finding.js';
import type { Pause } from './pause.js';
import type { Shield, ShieldOptions } from './shield-options.js';

/** So much that what is behind it could be anything. */
const BLUR = 'blur(48px) saturate(0.4)';

/**
 * Covers an `<img>` until it was looked at, and as long as the policy says. It follows the element's place and source, and
 * covers each new picture before it is painted. Nothing of the element's own is changed for good.
 */
export class LiveShield implements Shield {
  readonly #img: HTMLImageElement;
  readonly #incoming: Incoming;
  readonly #pause: Pause;
  readonly #options: ShieldOptions;
  readonly #end = new AbortController();
  readonly #veil: PausepointVeil;
  readonly #own: { filter: string; clipPath: string; hidden: string | null };
  #look = new AbortController();
  /** What the element shows, where the app said it: until it shows something else. */
  #file: Blob | undefined;
  #finding: Finding | null = null;
  /** The address of the picture that was looked at. */
  #seen = '';
  #isSettled = false;
  #settle: (isShown: boolean) => void = () => {};
  settled: Promise<boolean>;

  readonly #onEnd: () => void;

  /** @param onEnd - called when it is removed, by whoever */
  constructor(img: HTMLImageElement, pause: Pause, incoming: Incoming, options: ShieldOptions, onEnd: () => void = () => {}) {
    defineAllElements();
    this.#img = img;
    this.#pause = pause;
    this.#incoming = incoming;
    this.#onEnd = onEnd;
    this.#options = options;
    this.#file = options.file;
    this.#own = { filter: img.style.filter, clipPath: img.style.clipPath, hidden: img.getAttribute('aria-hidden') };
    this.settled = this.#unsettled();
    this.#veil = img.ownerDocument.createElement('pausepoint-veil') as PausepointVeil;
    this.#veil.style.position = 'absolute';
    if (pause.screen.locale !== undefined) this.#veil.setAttribute('locale', pause.screen.locale);
    this.#veil.onWish = (wish) => void this.#grant(wish).catch((error: unknown) => this.#report(error));
    options.signal?.addEventListener('abort', () => this.remove(), { signal: this.#end.signal });
    this.#follow();
    this.#begin();
  }

  remove(): void {
    this.#end.abort();
    this.#look.abort();
    this.#uncover();
    this.#veil.remove();
    this.#settle(true);
    this.#onEnd();
  }

  #unsettled(): Promise<boolean> {
    this.#isSettled = false;
    return new Promise((resolve) => {
      this.#settle = (isShown) => {
        this.#isSettled = true;
        resolve(isShown);
      };
    });
  }

  /** Covers it anew whenever it may show something else, and keeps the veil where it is. */
  #follow(): void {
    const { signal } = this.#end;
    const source = new MutationObserver(() => {
      this.#file = undefined;
      this.#begin();
    });
    source.observe(this.#img, { attributes: true, attributeFilter: ['src', 'srcset'] });
    const place = new ResizeObserver(() => this.#place());
    place.observe(this.#img);
    // Another one of a set, for another size of the window.
    this.#img.addEventListener('load', () => this.#img.currentSrc !== this.#seen && this.#finding !== null && this.#begin(), { signal });
    this.#img.ownerDocument.defaultView?.addEventListener('resize', () => this.#place(), { signal });
    signal.addEventListener('abort', () => {
      source.disconnect();
      place.disconnect();
    });
  }

  #begin(): void {
    if (this.#end.signal.aborted) return;
    this.#look.abort();
    this.#look = new AbortController();
    this.#finding = null;
    if (this.#isSettled) this.settled = this.#unsettled();
    this.#cover();
    this.#veil.state = { is: 'checking' };
    this.#place();
    void this.#judge(this.#look.signal).catch((error: unknown) => this.#report(error));
  }

  async #judge(signal: AbortSignal): Promise<void> {
    const file = this.#file;
    if (file === undefined && !(await loaded(this.#img, signal))) {
      // There is no picture: what the page says instead is to be read.
      this.#uncover();
      this.#veil.hidden = true;
      this.#settle(false);
      return;
    }
    this.#seen = this.#img.currentSrc;
    const { finding, veil } = await this.#incoming.look(file ?? this.#img, this.#options.peer, signal);
    signal.throwIfAborted();
    // Not this one any more: a browser may change pictures by itself.
    if (file === undefined && this.#img.currentSrc !== this.#seen) return this.#begin();
    this.#finding = finding;
    if (veil === null) this.#veil.hidden = true;
    else this.#veil.state = veil;
    const isShown = veil === null || veil.is === 'shown';
    if (isShown) this.#uncover();
    this.#settle(isShown);
  }

  async #grant(wish: VeilWish): Promise<void> {
    const { signal } = this.#look;
    const finding = this.#finding;
    if (finding === null) return;
    switch (wish) {
      case 'retry':
        return this.#begin();
      case 'hide':
        this.#cover();
        this.#veil.state = { is: 'covered', finding: nameOf(finding), mayShow: true, canRetry: false, canBlock: false };
        return;
      case 'help':
        return this.#pause.screen.help('someone-else');
      case 'block':
        return this.#pause.carryOut('block', this.#options.peer);
      case 'show': {
        const choice = await this.#incoming.ask(finding, this.#options.peer, signal);
        if (signal.aborted) return;
        if (choice === 'retry') return this.#begin();
        if (choice !== 'go-on') return;
        this.#uncover();
        this.#veil.state = { is: 'shown', noticed: null };
      }
    }
  }

  /** Another picture has come, or the shield is gone: that is no mistake. */
  #report(error: unknown): void {
    const isGivenUp = error instanceof DOMException && error.name === 'AbortError';
    if (!isGivenUp) reportError(error);
  }

  #cover(): void {
    this.#veil.hidden = false;
    Object.assign(this.#img.style, { filter: BLUR, clipPath: 'inset(0)' });
    // Its text may say what it shows.
    this.#img.setAttribute('aria-hidden', 'true');
  }

  #uncover(): void {
    const { filter, clipPath, hidden } = this.#own;
    Object.assign(this.#img.style, { filter, clipPath });
    if (hidden === null) this.#img.removeAttribute('aria-hidden');
    else this.#img.setAttribute('aria-hidden', hidden);
  }

  #place(): void {
    const img = this.#img;
    if (img.isConnected && this.#veil.previousSibling !== img) img.after(this.#veil);
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = img;
    const px = (length: number) => `${length}px`;
    const { borderRadius } = getComputedStyle(img);
    Object.assign(this.#veil.style, { left: px(offsetLeft), top: px(offsetTop), width: px(offsetWidth), height: px(offsetHeight), borderRadius });
  }
}

/** Waits for something to look at: whether there is. */
async function loaded(img: HTMLImageElement, signal: AbortSignal): Promise<boolean> {
  if (img.complete && img.naturalWidth > 0) return true;
  await new Promise<void>((resolve) => {
    for (const type of ['load', 'error']) img.addEventListener(type, () => resolve(), { once: true, signal });
    signal.addEventListener('abort', () => resolve());
  });
  signal.throwIfAborted();
  return img.naturalWidth > 0;
}
