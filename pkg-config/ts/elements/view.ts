import type { AgeBand } from '../client/options.js';
import type { Texts } from '../i18n/texts.js';
import { el } from './dom.js';
import { drawing, icon, type IconName, type Scene } from './drawing.js';
import type { Choice, Occasion } from './occasion.js';
import type { StepName } from './path.js';
import type { Verify } from './verify.js';

/** What the intervention shows at a time. */
export interface View {
  heading: string;
  scene?: Scene;
  /** Below the heading. */
  body: readonly Node[];
  /** Buttons that stay in sight. */
  ways: readonly HTMLElement[];
  /** Ends what the view began, when another one takes its place. */
  leave?: () => void;
}

/** What views are made from, and what they can do. */
export interface Scope {
  readonly texts: Texts;
  readonly ageBand: AgeBand;
  /** `null` in a help flow that was opened by itself. */
  readonly occasion: Occasion | null;
  readonly verify: Verify | null;
  readonly country: string | null;
  /** What was answered to whether somebody presses. */
  pressed: 'yes' | 'no' | 'unsure' | null;
  go(step: StepName): void;
  /** To the step that follows on the occasion's path. */
  next(): void;
  back(): void;
  choose(choice: Choice): void;
  /** Ends a help flow that was opened by itself. */
  close(): void;
  chooseCountry(country: string | null): void;
}

/** A paragraph. */
export function text(content: string, kind: 'lead' | 'quiet' | 'plain' = 'plain'): HTMLElement {
  return el('p', { class: kind, part: 'text' }, content);
}

/** A button of a row. Ways out are filled, all alike. */
export function button(label: string, run: () => void, kind: 'out' | 'other' = 'other'): HTMLElement {
  const made = el('button', { type: 'button', class: kind, part: kind === 'out' ? 'button button-primary' : 'button' }, label);
  made.addEventListener('click', run);
  return made;
}

/** A choice among others, none of which is larger or brighter. */
export function tile(label: string, symbol: IconName, run: () => void): HTMLElement {
  const made = el('button', { type: 'button', class: 'tile', part: 'button button-choice' }, icon(symbol), el('span', {}, label));
  made.addEventListener('click', run);
  return made;
}

/** The heading and what is below it. The heading takes the focus, so that the step is read from its beginning. */
export function article({ heading, scene, body, ways }: View): HTMLElement {
  return el(
    'div',
    // Where the choices are below the text, the drawing leaves them room.
    { class: ways.length === 0 ? 'body compact' : 'body', part: 'body' },
    ...(scene === undefined ? [] : [drawing(scene)]),
    el('h2', { id: 'heading', part: 'heading', tabindex: '-1', autofocus: true }, heading),
    ...body,
  );
}
