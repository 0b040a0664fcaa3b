import type { Decision } from '../decision.js';
import type { Pause } from '../pause.js';
import type { Sendable } from '../options.js';

/** What every way out of a page is held with. */
export interface Hold {
  /** Where pictures are held: the page, or a part of it. */
  readonly root: Node;
  /** The root's window: its listeners come first. */
  readonly window: Window & typeof globalThis;
  /** Ends everything. */
  readonly signal: AbortSignal;
  /** Whether it has been found that a file may go out to whoever it is for that was given it here. */
  isPassed(file: Blob, target: EventTarget | null): boolean;
  /** Says which files may go out. */
  judge<F extends Blob>(files: readonly F[], via: Decision['via'], target: EventTarget | null, signal?: AbortSignal): Promise<Sendable<F>>;
  /** Hands an event on to the page: it is not held again. */
  handOn(target: EventTarget, event: Event): boolean;
  /** Whether an event is one that was handed on. */
  isHandedOn(event: Event): boolean;
  /** Whether an event came to something within the root. */
  concerns(event: Event): boolean;
}

/** Holds what goes out of a part of a page. */
export class PageHold implements Hold {
  readonly root: Node;
  readonly window: Window & typeof globalThis;
  readonly signal: AbortSignal;
  readonly #pause: Pause;
  readonly #peerOf: (target: EventTarget | null) => string | undefined;
  readonly #handedOn = new WeakSet<Event>();

  constructor(pause: Pause, root: Node, peerOf: (target: EventTarget | null) => string | undefined, signal: AbortSignal) {
    const document = root.nodeType === Node.DOCUMENT_NODE ? (root as Document) : root.ownerDocument;
    const window = document?.defaultView;
    if (window === null || window === undefined) throw new TypeError('root/no-window');
    this.#pause = pause;
    this.root = root;
    this.window = window;
    this.#peerOf = peerOf;
    this.signal = signal;
  }

  isPassed(file: Blob, target: EventTarget | null): boolean {
    return this.#pause.isPassed(file, this.#peerOf(target));
  }

  judge<F extends Blob>(files: readonly F[], via: Decision['via'], target: EventTarget | null, signal: AbortSignal = this.signal): Promise<Sendable<F>> {
    return this.#pause.beforeSend({ files, via, peer: this.#peerOf(target), signal });
  }

  handOn(target: EventTarget, event: Event): boolean {
    this.#handedOn.add(event);
    return target.dispatchEvent(event);
  }

  isHandedOn(event: Event): boolean {
    return this.#handedOn.has(event);
  }

  concerns(event: Event): boolean {
    return event.composedPath().includes(this.root);
  }
}

/** Stops an event before the page sees it, and what the browser would do. */
export function stop(event: Event): void {
  event.stopImmediatePropagation();
  event.preventDefault();
}
