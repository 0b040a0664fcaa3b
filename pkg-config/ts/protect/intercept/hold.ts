import type { Decision } from '../decision.js';
import type { Sendable } from '../options.js';
import type { Pause } from '../pause.js';

/** What happens in an open shadow root before anything in it can be chosen or sent. */
const FIRST = ['click', 'focusin', 'pointerdown', 'dragenter'];

/** What every way out of a page is held with. */
export class Hold {
  /** Where pictures are held: the page, or a part of it. */
  readonly root: Node;
  /** The root's window: its listeners come first. */
  readonly window: Window & typeof globalThis;
  /** Ends everything. */
  readonly signal: AbortSignal;
  readonly #pause: Pause;
  readonly #peerOf: (target: EventTarget | null) => string | undefined;
  readonly #handedOn = new WeakSet<Event>();
  readonly #listeners: [string, (event: Event) => void][] = [];
  readonly #met = new WeakSet<EventTarget>();

  constructor(pause: Pause, root: Node, peerOf: (target: EventTarget | null) => string | undefined, signal: AbortSignal) {
    const document = root.nodeType === Node.DOCUMENT_NODE ? (root as Document) : root.ownerDocument;
    const window = document?.defaultView;
    if (window === null || window === undefined) throw new TypeError('root/no-window');
    this.#pause = pause;
    this.root = root;
    this.window = window;
    this.#peerOf = peerOf;
    this.signal = signal;
    this.#met.add(window);
    const meet = (event: Event) => {
      if (this.isHost(event.target)) for (const target of event.composedPath()) if (target instanceof window.ShadowRoot) this.meet(target);
    };
    for (const type of FIRST) window.addEventListener(type, meet, { capture: true, signal });
  }

  /**
   * Listens before the page does: in the window, and for what does not leave a shadow root (`change`, `submit`, `reset`) in
   * each of those as well.
   */
  listen(type: string, listener: (event: Event) => void): void {
    this.window.addEventListener(type, listener, { capture: true, signal: this.signal });
    this.#listeners.push([type, listener]);
  }

  /** Listens in a shadow root as well, or to an element that is in no page. */
  meet(target: EventTarget): void {
    if (this.#met.has(target)) return;
    this.#met.add(target);
    for (const [type, listener] of this.#listeners) target.addEventListener(type, listener, { capture: true, signal: this.signal });
  }

  /** Whether something has an open shadow root. */
  isHost(target: EventTarget | null): boolean {
    return target instanceof this.window.Element && target.shadowRoot !== null;
  }

  /** Whether something is within the root, shadow roots included. What is in no page belongs to whoever uses it, so it is. */
  has(node: Node): boolean {
    for (let at: Node | null = node; at !== null; at = at.parentNode ?? (at as ShadowRoot).host ?? null) {
      if (at === this.root) return true;
      if (at === node.ownerDocument) return false;
    }
    return true;
  }

  /** Whether an event came to something within the root. */
  concerns(event: Event): boolean {
    return event.composedPath().includes(this.root);
  }

  /** Whether it has been found that a file may go out to whoever it is for that was given it here. */
  isPassed(file: Blob, target: EventTarget | null): boolean {
    return this.#pause.isPassed(file, this.#peerOf(target));
  }

  /** Says which files may go out. */
  judge<F extends Blob>(files: readonly F[], via: Decision['via'], target: EventTarget | null, signal: AbortSignal = this.signal): Promise<Sendable<F>> {
    return this.#pause.beforeSend({ files, via, peer: this.#peerOf(target), signal });
  }

  /** Hands an event on to the page: it is not held again. */
  handOn(target: EventTarget, event: Event): boolean {
    this.#handedOn.add(event);
    return target.dispatchEvent(event);
  }

  /** Whether an event is one that was handed on. */
  isHandedOn(event: Event): boolean {
    return this.#handedOn.has(event);
  }
}

/** Stops an event before the page sees it, and what the browser would do. */
export function stop(event: Event): void {
  event.stopImmediatePropagation();
  event.preventDefault();
}
