import { el } from '../dom.js';
import { button, type Scope, text, type View } from '../view.js';
import { stopLabel } from './ways.js';

/** One more calm question before it goes on. Both answers look the same. */
export function confirmView(scope: Scope): View {
  const { texts, ageBand, occasion } = scope;
  const { heading, lead, yes } = occasion?.about === 'showing' ? texts.confirmShow : texts.confirmSend;
  return {
    heading,
    scene: 'pause',
    body: [
      text(lead[ageBand], 'lead'),
      el('div', { class: 'row' }, button(stopLabel(scope), () => scope.choose('stop')), button(yes, () => scope.choose('go-on'))),
    ],
    ways: [button(texts.ways.help, () => scope.go('help'), 'out')],
  };
}
