import { svg } from './dom.js';

/** A scene above a step. None shows a person: whoever reads this is not depicted. */
export type Scene = 'pause' | 'talk' | 'harbour';

/** A calm drawing, for the eyes only. */
export function drawing(scene: Scene): SVGElement {
  return svg(
    'svg',
    { class: 'drawing', part: 'drawing', viewBox: '0 0 320 128', 'aria-hidden': 'true', focusable: 'false' },
    svg('path', { class: 'sky', d: 'M28 116C6 76 40 24 96 22c30-1 44-14 76-14 62 0 122 34 126 78 1 12-2 22-8 30Z' }),
    ...SCENES[scene](),
  );
}

const hills = () => [
  svg('path', { class: 'hill-far', d: 'M26 116c26-26 54-34 86-20 34-24 72-22 100-6 26-10 52-4 76 26Z' }),
  svg('path', { class: 'hill-near', d: 'M28 116c36-14 76-16 116-6 44-12 92-12 146 6Z' }),
];

const water = () => [
  svg('path', { class: 'hill-far', d: 'M26 106c22-8 44-8 66 0s44 8 66 0 44-8 66 0 44 8 68 0c0 4-1 7-2 10H28c-1-3-2-6-2-10Z' }),
  svg('path', { class: 'wave', d: 'M52 92c8-4 16-4 24 0s16 4 24 0M234 92c8-4 16-4 24 0' }),
];

const SCENES: Readonly<Record<Scene, () => SVGElement[]>> = {
  // A sun that pauses before it sets.
  pause: () => [
    svg('circle', { class: 'sun', cx: '160', cy: '58', r: '34' }),
    svg('rect', { class: 'bar', x: '147', y: '43', width: '8', height: '30', rx: '4' }),
    svg('rect', { class: 'bar', x: '165', y: '43', width: '8', height: '30', rx: '4' }),
    ...hills(),
  ],
  // Two who talk.
  talk: () => [
    ...hills(),
    svg('path', { class: 'bubble-back', d: 'M184 34h50a16 16 0 0 1 16 16v20a16 16 0 0 1-16 16h-6l2 14-18-14h-28a16 16 0 0 1-16-16V50a16 16 0 0 1 16-16Z' }),
    svg('path', { class: 'bubble', d: 'M92 18h64a18 18 0 0 1 18 18v24a18 18 0 0 1-18 18h-36l-20 16 3-16h-11a18 18 0 0 1-18-18V36a18 18 0 0 1 18-18Z' }),
    svg('path', { class: 'heart', d: 'M124 64c-14-8-18-15-18-21a9 9 0 0 1 18-4 9 9 0 0 1 18 4c0 6-4 13-18 21Z' }),
  ],
  // A light that shows the way.
  harbour: () => [
    svg('circle', { class: 'sun', cx: '84', cy: '46', r: '16' }),
    svg('path', { class: 'beam', d: 'm206 39 78-16v36l-78-12Z' }),
    svg('path', { class: 'tower', d: 'M186 54h26l6 54h-38Z' }),
    svg('path', { class: 'stripe', d: 'M184.4 68h29.2l1.8 16h-32.8Z' }),
    svg('rect', { class: 'lamp', x: '190', y: '34', width: '18', height: '20', rx: '3' }),
    svg('path', { class: 'tower', d: 'M186 34c2-9 6-13 13-15 7 2 11 6 13 15Z' }),
    ...water(),
  ],
};

/** What a choice is about, at a glance. */
export type IconName = 'stop' | 'someone' | 'block' | 'help' | 'retry' | 'back' | 'on' | 'key' | 'sent' | 'other';

const ICONS: Readonly<Record<IconName, string>> = {
  stop: 'M9 8v8M15 8v8M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z',
  someone: 'M20 12a7.5 7.5 0 0 1-7.5 7.5c-1.3 0-2.6-.3-3.7-.9L4 20l1.3-4.5A7.5 7.5 0 1 1 20 12ZM12.5 15.2c-2.6-1.5-3.3-2.8-3.3-3.9a1.65 1.65 0 0 1 3.3-.7 1.65 1.65 0 0 1 3.3.7c0 1.1-.7 2.4-3.3 3.9Z',
  block: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM5.7 5.7l12.6 12.6',
  help: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM5.7 5.7l3.8 3.8M14.5 14.5l3.8 3.8M18.3 5.7l-3.8 3.8M9.5 14.5l-3.8 3.8',
  retry: 'M20 11.5A8 8 0 1 0 18 17M20 5.5v6h-6',
  on: 'M5 12h14M13 6l6 6-6 6',
  back: 'M14.5 6l-6 6 6 6',
  key: 'M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM11 12.3 20 4M16.5 7.2 19 10',
  sent: 'M20 6 9.5 17 4 11.5',
  other: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM3 20c.5-3.5 2.8-5.5 6-5.5s5.5 2 6 5.5M15.5 4.3a3.5 3.5 0 0 1 0 6.4M17.5 14.9c2 .8 3.2 2.5 3.5 5.1',
};

export function icon(name: IconName): SVGElement {
  const shown = svg('svg', { class: name === 'on' || name === 'back' ? 'icon turns' : 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' });
  shown.append(svg('path', { d: ICONS[name] }));
  return shown;
}
