import { el } from '../dom.js';
import { hills, kite, lighthouse, pretendAsk, pretendStay, torn } from './drawings.js';
import { icon } from './icons.js';
import { pretend } from './staged-verdicts.js';
import { TEXT } from './text.js';

/** A picture that comes with the demo. */
interface Offer {
  name: string;
  note: string;
  file: () => Promise<File>;
}

export const pretendThatAsks = async (): Promise<File> => pretend(await pretendAsk(), 'ask');
export const pretendThatStays = async (): Promise<File> => pretend(await pretendStay(), 'stay');

const OFFERS: readonly Offer[] = [
  { name: 'Hills', note: 'nothing special', file: hills },
  { name: 'Kite', note: 'nothing special', file: kite },
  { name: 'Beacon', note: 'knows its place', file: lighthouse },
  { name: 'Pretend', note: 'the pause asks', file: pretendThatAsks },
  { name: 'Pretend', note: 'a clear case', file: pretendThatStays },
  { name: 'Torn file', note: 'cannot be checked', file: torn },
];

/** The demo's own pictures, drawn when the tray is first opened. */
export class Tray {
  readonly element: HTMLElement;
  readonly #list = el('ul', {});
  readonly #onChoice: (file: File) => void;

  constructor(onChoice: (file: File) => void) {
    this.#onChoice = onChoice;
    const notes = [el('p', { class: 'quiet' }, TEXT.composer.trayNote), el('p', { class: 'quiet' }, TEXT.composer.pretend)];
    this.element = el('div', { class: 'tray', hidden: true }, this.#list, ...notes);
  }

  toggle(): boolean {
    this.element.hidden = !this.element.hidden;
    if (!this.element.hidden && this.#list.childElementCount === 0) this.#list.append(...OFFERS.map((offer) => el('li', {}, this.#button(offer))));
    return !this.element.hidden;
  }

  close(): void {
    this.element.hidden = true;
  }

  #button({ name, note, file }: Offer): HTMLButtonElement {
    const picture = el('span', { class: 'tray-picture' });
    const made = el('button', { type: 'button', class: 'tray-offer' }, picture, el('span', {}, name), el('small', {}, note));
    const drawn = file();
    made.addEventListener('click', () => void drawn.then(this.#onChoice));
    void drawn.then(async (one) => {
      const bitmap = await createImageBitmap(one, { resizeWidth: 160, resizeHeight: 120 }).catch(() => null);
      // There is nothing to be seen of a torn file.
      if (bitmap === null) return picture.append(icon('never'));
      const canvas = el('canvas', { width: '160', height: '120' });
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
      picture.append(canvas);
    });
    return made;
  }
}
