import { byId, el } from '../dom.js';
import type { Programme } from './director.js';
import { icon } from './icons.js';
import { isStill } from './pace.js';
import { SCENES, TEXT, type SceneName } from './text.js';

const list = byId('scenes', HTMLElement);
const progress = byId('progress', HTMLElement);
const stopButton = byId('stop', HTMLButtonElement);
const device = byId('device', HTMLElement);

const names = Object.keys(SCENES) as SceneName[];
const cards = new Map<SceneName, { button: HTMLButtonElement; met: HTMLElement }>();

/** Fills the rail with a card for each protection. */
export function startRail(play: (name: SceneName) => void, stop: () => void): void {
  for (const name of names) {
    const { title, text } = SCENES[name];
    const met = el('span', { class: 'met', hidden: true }, icon('met'), el('span', { class: 'visually-hidden' }, TEXT.rail.met));
    const button = el('button', { type: 'button', class: 'scene', 'data-scene': name }, el('span', { class: 'scene-icon' }, icon(name), met), el('span', {}, el('strong', {}, title), el('small', {}, text)));
    button.addEventListener('click', () => {
      // On a phone it plays below the cards.
      if (device.offsetTop > list.offsetTop + list.offsetHeight) device.scrollIntoView({ block: 'start', behavior: isStill() ? 'instant' : 'smooth' });
      play(name);
    });
    cards.set(name, { button, met });
    list.append(el('li', {}, button));
  }
  stopButton.addEventListener('click', () => {
    const playing = list.querySelector<HTMLElement>('.scene[aria-current]');
    stop();
    // The button is gone with what it stopped.
    playing?.focus();
  });
  showProgramme({ playing: null, met: new Set() });
}

export function showProgramme({ playing, met }: Programme): void {
  for (const [name, card] of cards) {
    if (name === playing) card.button.setAttribute('aria-current', 'step');
    else card.button.removeAttribute('aria-current');
    card.met.hidden = !met.has(name);
  }
  stopButton.hidden = playing === null;
  progress.textContent = TEXT.rail.progress(met.size, names.length);
}
