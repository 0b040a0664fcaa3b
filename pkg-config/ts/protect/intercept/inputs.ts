import { type Hold, stop } from './hold.js';
import { replace } from './replace.js';

/** What is held of an input. */
interface Held {
  abort: AbortController;
  /** Resolves when it has been handed on or withheld: whether anything was handed on. */
  done: Promise<boolean>;
}

/**
 * Holds what is chosen in file inputs: also of several files, of folders, from a camera (`capture`), in open shadow
 * roots, and in inputs that never were in the page and are opened by `click()`.
 *
 * The input is emptied before any listener of the page runs, so that nobody can read it, and gets the very same files
 * back, with the same two events, when they may go out.
 */
export class Inputs {
  readonly #hold: Hold;
  readonly #held = new Map<HTMLInputElement, Held>();
  /** What was in it when it was opened, to put back where what was chosen then may not go out. */
  readonly #before = new WeakMap<HTMLInputElement, File[]>();

  constructor(hold: Hold) {
    this.#hold = hold;
    for (const type of ['input', 'change']) hold.listen(type, (event) => this.#onChoice(event));
    hold.listen('reset', (event) => this.#reset(event));
    // Before it is opened, so that it can be as it was.
    for (const type of ['click', 'dragenter']) hold.listen(type, (event) => isFileInput(event.target, hold.window) && this.#remember(event.target));
    this.#meetDetached();
  }

  /** Whether something of an input is held; resolves when it is not any more, to whether anything was handed on. */
  held(input: HTMLInputElement): Promise<boolean> | undefined {
    return this.#held.get(input)?.done;
  }

  /** Holds what is in an input, if any of it may not be known to go out. */
  take(input: HTMLInputElement): boolean {
    const files = Array.from(input.files ?? []);
    if (files.length === 0 || files.every((file) => this.#hold.isPassed(file, input))) return false;
    this.#begin(input, files);
    return true;
  }

  /** Gives files to an input, as if they had been chosen. */
  give(input: HTMLInputElement, files: readonly File[]): void {
    this.#put(input, files);
    const { Event } = this.#hold.window;
    this.#hold.handOn(input, new Event('input', { bubbles: true, composed: true }));
    this.#hold.handOn(input, new Event('change', { bubbles: true }));
  }

  /** An input that is in no page has no window that its events come to. */
  #meetDetached(): void {
    const { prototype } = this.#hold.window.HTMLInputElement;
    for (const name of ['click', 'showPicker']) {
      replace<HTMLInputElement, [], void>(prototype, name, this.#hold.signal, (original) => (input) => {
        if (input.type === 'file') {
          const root = input.getRootNode();
          if (root !== input.ownerDocument) this.#hold.meet(root instanceof this.#hold.window.ShadowRoot ? root : input);
          this.#remember(input);
        }
        original(input);
      });
    }
  }

  #remember(input: HTMLInputElement): void {
    if (!this.#held.has(input)) this.#before.set(input, Array.from(input.files ?? []));
  }

  #onChoice(event: Event): void {
    const { target } = event;
    // Most that happens in a page is neither.
    if (!isFileInput(target, this.#hold.window) && !this.#hold.isHost(target)) return;
    const [input] = event.composedPath();
    if (!isFileInput(input, this.#hold.window) || this.#hold.isHandedOn(event) || !this.#hold.has(input)) return;
    // `input` leaves a shadow root and comes first; `change` does not.
    const root = input.getRootNode();
    if (root !== input.ownerDocument) this.#hold.meet(root);
    if (this.take(input) || this.#held.has(input)) stop(event);
  }

  #begin(input: HTMLInputElement, files: readonly File[]): void {
    // Chosen again meanwhile: what was chosen before is nobody's wish any more.
    this.#held.get(input)?.abort.abort();
    const abort = new AbortController();
    const giveUp = () => abort.abort();
    this.#hold.signal.addEventListener('abort', giveUp);
    input.value = '';
    const done = this.#hold
      .judge(files, 'input', input, abort.signal)
      .then((sendable) => this.#end(input, sendable.files, abort))
      .catch(() => false)
      .finally(() => {
        this.#hold.signal.removeEventListener('abort', giveUp);
        if (this.#held.get(input)?.abort === abort) this.#held.delete(input);
      });
    this.#held.set(input, { abort, done });
  }

  #end(input: HTMLInputElement, files: File[], abort: AbortController): boolean {
    if (abort.signal.aborted) return false;
    this.#held.delete(input);
    if (files.length > 0) {
      this.give(input, files);
      return true;
    }
    const before = this.#before.get(input) ?? [];
    if (before.length > 0) this.#put(input, before);
    // As where a person closes the browser's own window for choosing.
    this.#hold.handOn(input, new this.#hold.window.Event('cancel', { bubbles: true }));
    return false;
  }

  #put(input: HTMLInputElement, files: readonly File[]): void {
    const transfer = new this.#hold.window.DataTransfer();
    for (const file of files) transfer.items.add(file);
    input.files = transfer.files;
  }

  #reset(event: Event): void {
    for (const [input, { abort }] of this.#held) if (input.form === event.target) abort.abort();
  }
}

/** Whether something is an input for files, of whichever page. */
export function isFileInput(target: EventTarget | undefined | null, window: Window & typeof globalThis): target is HTMLInputElement {
  return target instanceof window.HTMLInputElement && target.type === 'file';
}
