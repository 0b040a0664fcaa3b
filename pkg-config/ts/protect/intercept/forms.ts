import { type Hold, stop } from './hold.js';
import { type Inputs, isFileInput } from './inputs.js';
import { replace } from './replace.js';

/** Holds forms that are submitted while something in them is held, or with files that nobody has looked at. */
export class Forms {
  readonly #hold: Hold;
  readonly #inputs: Inputs;
  readonly #waiting = new WeakSet<HTMLFormElement>();

  constructor(hold: Hold, inputs: Inputs) {
    this.#hold = hold;
    this.#inputs = inputs;
    const { window, signal } = hold;
    hold.listen('submit', (event) => this.#onSubmit(event as SubmitEvent));
    replace<HTMLFormElement, [], void>(window.HTMLFormElement.prototype, 'submit', signal, (original) => (form) => {
      if (!this.#isHeld(form)) original(form);
      else void this.#after(form, () => original(form));
    });
  }

  #onSubmit(event: SubmitEvent): void {
    const form = event.composedPath()[0];
    if (!(form instanceof this.#hold.window.HTMLFormElement) || !this.#isHeld(form)) return;
    stop(event);
    const { submitter } = event;
    void this.#after(form, () => form.requestSubmit(submitter !== null && form.contains(submitter) ? submitter : undefined));
  }

  /** Whether it has to wait; holds what nobody has looked at, which is what the page put into an input by itself. */
  #isHeld(form: HTMLFormElement): boolean {
    if (!this.#hold.has(form)) return false;
    const inputs = inputsOf(form, this.#hold.window);
    for (const input of inputs) this.#inputs.take(input);
    return inputs.some((input) => this.#inputs.held(input) !== undefined);
  }

  /** Goes on when nothing is held any more; not where all that was to be sent stays. */
  async #after(form: HTMLFormElement, go: () => void): Promise<void> {
    // Pressed again meanwhile: it goes on once.
    if (this.#waiting.has(form)) return;
    this.#waiting.add(form);
    const held = inputsOf(form, this.#hold.window).flatMap((input) => this.#inputs.held(input) ?? []);
    const handedOn = await Promise.all(held);
    this.#waiting.delete(form);
    if (!this.#hold.signal.aborted && handedOn.includes(true)) go();
  }
}

function inputsOf(form: HTMLFormElement, window: Window & typeof globalThis): HTMLInputElement[] {
  return Array.from(form.elements).filter((element): element is HTMLInputElement => isFileInput(element, window));
}
