import type { Direction, Scores, Verdict } from 'pausepoint';
import { el } from './dom.js';
import * as text from './text.js';
import { TEXT } from './text.js';

/** What a verdict says, in words and bars. `controls` are put below the words. */
export function verdictView(verdict: Verdict, direction: Direction, controls: Node[]): Node[] {
  return [
    el('p', { class: 'badge' }, text.BADGES[verdict.action]),
    el('p', { class: 'headline' }, text.headline(verdict)),
    ...text.reasonLines(verdict).map((line) => el('p', {}, line)),
    el('p', {}, text.whatNext(verdict, direction)),
    ...(controls.length > 0 ? [el('div', { class: 'actions' }, ...controls)] : []),
    ...(verdict.scores === null ? [] : [classTable(verdict.scores)]),
  ];
}

/** How the verdict came about. */
export function factsView(verdict: Verdict): Node[] {
  return [factList(verdict), rawVerdict(verdict)];
}

function classTable(scores: Scores): HTMLTableElement {
  const { porn, hentai, sexy } = scores;
  const classes = Object.entries(text.CLASSES) as [keyof Scores, string][];
  return el(
    'table',
    { class: 'classes' },
    el('caption', {}, TEXT.card.classes),
    el(
      'thead',
      { class: 'visually-hidden' },
      el('tr', {}, el('th', { scope: 'col' }, TEXT.card.className), el('td'), el('th', { scope: 'col' }, TEXT.card.classShare)),
    ),
    el('tbody', {}, ...classes.map(([name, label]) => classRow(label, scores[name]))),
    el(
      'tbody',
      { class: 'sums' },
      sumRow(TEXT.card.explicitSum, porn + hentai),
      sumRow(TEXT.card.suggestiveSum, sexy),
    ),
  );
}

function classRow(label: string, share: number): HTMLTableRowElement {
  const bar = el('div', { class: 'bar' });
  // Setting a single property is allowed where a style attribute is not.
  bar.style.setProperty('--share', String(share));
  return el(
    'tr',
    {},
    el('th', { scope: 'row' }, label),
    el('td', {}, el('div', { class: 'track', 'aria-hidden': 'true' }, bar)),
    el('td', {}, text.percent(share)),
  );
}

function sumRow(label: string, share: number): HTMLTableRowElement {
  return el('tr', {}, el('th', { scope: 'row', colspan: '2' }, label), el('td', {}, text.percent(share)));
}

function factList({ looked, scores, millis, model }: Verdict): HTMLElement {
  const facts: [string, string][] = [[TEXT.card.time, text.milliseconds(millis)]];
  if (looked !== null) facts.push([TEXT.card.format, text.formatName(looked.format)]);
  // Of a file that was not opened, the rest is not known.
  if (looked !== null && scores !== null) {
    facts.push(
      [TEXT.card.size, text.pixels(looked.width, looked.height)],
      [TEXT.card.frames, text.frames(looked.framesLooked, looked.framesTotal)],
      [TEXT.card.decoder, text.decoderName(looked.decoder)],
    );
  }
  if (model !== null) facts.push([TEXT.card.model, model]);
  return el(
    'dl',
    { class: 'facts', 'aria-label': TEXT.card.facts },
    ...facts.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))),
  );
}

function rawVerdict(verdict: Verdict): HTMLElement {
  // It scrolls sideways, and what scrolls must be reachable by keyboard.
  const json = el('pre', { tabindex: '0' }, JSON.stringify(verdict, null, 2));
  return el('details', { class: 'raw' }, el('summary', {}, TEXT.card.json), json);
}
