import type { Told } from 'pausepoint/guardian';
import { byId, el } from '../dom.js';
import type { RuleLine } from './rules.js';
import { DECIDES, NEVER, SEES, TEXT } from './text.js';

/** The heading of a view, where the focus goes when it is shown. */
export function heading(text: string, before?: string): HTMLHeadingElement {
  return el('h1', { tabindex: '-1' }, ...(before === undefined ? [] : [el('span', { class: 'step' }, before), ' ']), text);
}

export const lead = (text: string): HTMLParagraphElement => el('p', { class: 'lead' }, text);
export const quiet = (text: string): HTMLParagraphElement => el('p', { class: 'quiet' }, text);
export const list = (items: readonly string[]): HTMLUListElement => el('ul', { class: 'plain-list' }, ...items.map((item) => el('li', {}, item)));
export const buttons = (...all: Node[]): HTMLDivElement => el('div', { class: 'buttons' }, ...all);

/**
 * While something is shown that cannot be shown again, or is about to be, the other parts of the page are out of reach.
 * Gives what ends that.
 */
export function holdParts(): () => void {
  const parts = byId('parts', HTMLElement);
  const stay = (event: BeforeUnloadEvent) => event.preventDefault();
  parts.inert = true;
  addEventListener('beforeunload', stay);
  return () => {
    parts.inert = false;
    removeEventListener('beforeunload', stay);
  };
}

export const areHeld = (): boolean => byId('parts', HTMLElement).inert;

/** A part of a view with its own heading; the focus can go there by `focus`. */
export function panel(title: string, focus: string, ...children: Node[]): HTMLElement {
  const id = `panel-${focus}`;
  return el('section', { class: 'panel', 'aria-labelledby': id }, el('h2', { id, tabindex: '-1', 'data-focus': focus }, title), ...children);
}

export function ruleList(lines: readonly RuleLine[]): HTMLDListElement {
  return el('dl', { class: 'rules' }, ...lines.map(({ what, then }) => el('div', {}, el('dt', {}, what), el('dd', {}, then))));
}

/** What a guardian sees, decides and never sees. Headings are of this level. */
export function toldLists({ sees, decides, never }: Told, level: 'h2' | 'h3' = 'h2'): HTMLElement {
  const part = <C extends string>(name: string, title: string, codes: readonly C[], texts: Record<C, { title: string; text: string }>, note?: string) =>
    el(
      'section',
      { class: `panel told told-${name}`, 'data-told': name },
      el(level, {}, title),
      ...(codes.length === 0
        ? [el('p', {}, TEXT.shared.nothing)]
        : [el('ul', { class: 'told-list' }, ...codes.map((code) => el('li', { 'data-code': code }, el('strong', {}, texts[code]?.title ?? code), el('span', {}, texts[code]?.text ?? ''))))]),
      ...(note === undefined ? [] : [quiet(note)]),
    );
  return el(
    'div',
    { class: 'told-all' },
    part('sees', TEXT.shared.sees, sees, SEES),
    part('decides', TEXT.shared.decides, decides, DECIDES),
    part('never', TEXT.shared.never, never, NEVER, TEXT.shared.neverNote),
  );
}
