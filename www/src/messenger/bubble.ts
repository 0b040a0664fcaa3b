import type { ExplainedSpan, MessageOutlook } from 'pausepoint/messages';
import { el } from '../dom.js';
import type { Item } from './conversation.js';
import { icon } from './icons.js';
import { incomingPicture } from './incoming.js';
import type { Person } from './people.js';
import { ADVICE, LOOKS, sign, TEXT } from './text.js';

/** How much advice fits before nobody reads it. */
const MOST_ADVICE = 3;

/** One entry of a thread. */
export function bubble(item: Item, person: Person): HTMLLIElement {
  switch (item.is) {
    case 'text':
      return el('li', { class: `bubble from-${item.from}` }, by(item.from, person), marked(item.text, item.spans));
    case 'media':
      return el('li', { class: `bubble media from-${item.from}` }, by(item.from, person), media(item, person));
    case 'live':
      return el('li', { class: 'bubble media from-peer' }, by('peer', person), item.element);
    case 'line':
      return el('li', { class: 'thread-line' }, icon('pause'), el('span', {}, item.text));
    case 'caution':
      return el('li', { class: 'caution', 'data-level': item.outlook.level ?? '' }, ...caution(item.outlook));
  }
}

/** Who wrote it, for those who do not see on which side it stands. */
const by = (from: 'peer' | 'self', { name }: Person): HTMLElement => el('span', { class: 'visually-hidden' }, `${from === 'peer' ? name : TEXT.thread.you}: `);

/** The text, with its signs marked; the style sheet shows the marks once the conversation has turned. */
function marked(text: string, spans: readonly ExplainedSpan[]): HTMLParagraphElement {
  const line = el('p');
  let at = 0;
  for (const { start, end, signal } of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    // Signs overlap, and the longest of those that begin first says enough.
    if (start < at) continue;
    line.append(text.slice(at, start), el('mark', { title: sign(signal) }, text.slice(start, end)));
    at = end;
  }
  line.append(text.slice(at));
  return line;
}

function media({ from, file }: Extract<Item, { is: 'media' }>, person: Person): HTMLElement {
  if (from === 'peer') return incomingPicture(file, person.id, person.name);
  // Kept for as long as the page: a thread is short, and a picture may be looked at again.
  const src = URL.createObjectURL(file);
  return file.type.startsWith('video/')
    ? el('video', { src, controls: true, muted: true, playsinline: true, 'aria-label': TEXT.thread.videoByYou })
    : el('img', { src, alt: TEXT.thread.pictureByYou });
}

function caution({ level, pattern, advice, reasons }: MessageOutlook): Node[] {
  const title = el('strong', {}, pattern === null ? '' : `${LOOKS[pattern]}.`);
  // A notice changes what is nearby and asks for no attention.
  const shown = advice.slice(0, level === 'notice' ? 1 : MOST_ADVICE);
  return [
    icon('pause'),
    el(
      'div',
      {},
      el('p', {}, title),
      el('ul', {}, ...shown.map((code) => el('li', {}, ADVICE[code]))),
      ...(level === 'notice' ? [] : [el('p', { class: 'why' }, `${TEXT.list.why} ${phrase(reasons)}`)]),
    ),
  ];
}

const phrase = (reasons: readonly string[]): string => {
  const said = reasons.slice(0, 4).map(sign).join(', ');
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
};
