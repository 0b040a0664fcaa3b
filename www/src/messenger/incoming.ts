import { el } from '../dom.js';
import { TEXT, type Language } from './text.js';

/** A place for a picture, and what belongs there. */
interface Slot {
  slot: HTMLElement;
  file: File;
  peer: string;
  name: string;
}

/** Pictures that came, so that they can be covered anew when the protection is exchanged. */
export class Incoming {
  readonly #slots: Slot[] = [];
  #language: Language = 'en';

  /** A place for a picture that came. It stays empty until a guard covers it. */
  slot(file: File, peer: string, name: string): HTMLElement {
    const made = { slot: el('div', { class: 'cover' }), file, peer, name };
    this.#slots.push(made);
    this.#fill(made);
    return made.slot;
  }

  /** Takes all pictures away: with the protection that covers them, their covers go. */
  clear(): void {
    for (const { slot } of this.#slots) slot.replaceChildren();
  }

  /** Puts them back, for the protection that is there now. */
  fill(language: Language): void {
    this.#language = language;
    for (const one of this.#slots) this.#fill(one);
  }

  #fill({ slot, file, peer, name }: Slot): void {
    const image = Object.assign(document.createElement('pausepoint-image'), { file });
    image.setAttribute('peer', peer);
    image.setAttribute('alt', TEXT.thread.pictureFrom(name));
    // A cover speaks the language of its place in the page.
    image.lang = this.#language;
    slot.replaceChildren(image);
  }
}
