import { type Scope, text, tile, type View } from '../view.js';
import { allWays } from './ways.js';
import { el } from '../dom.js';

/** All that can be done, alike. */
export function choicesView(scope: Scope): View {
  const { texts, ageBand } = scope;
  return {
    heading: texts.choices.heading,
    body: [
      text(texts.choices.lead[ageBand], 'lead'),
      ...allWays(scope),
      el('div', { class: 'tiles aside' }, tile(texts.ways.alreadySent, 'sent', () => scope.go('sent-mine'))),
    ],
    ways: [],
  };
}
