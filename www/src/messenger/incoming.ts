import { el } from '../dom.js';
import { TEXT } from './text.js';

/** A place for a picture that came. It stays empty until a guard covers it, and is covered anew by the next one. */
export function incomingPicture(file: File, peer: string, name: string): HTMLElement {
  const image = Object.assign(document.createElement('pausepoint-image'), { file });
  image.setAttribute('peer', peer);
  image.setAttribute('alt', TEXT.thread.pictureFrom(name));
  return el('div', { class: 'cover' }, image);
}
