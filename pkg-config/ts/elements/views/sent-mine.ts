import { button, type Scope, text, type View } from '../view.js';
import { helpWays, servicesOf } from './help.js';
import { adviceList } from './support.js';

/** For somebody who already sent something. */
export function sentMineView(scope: Scope): View {
  const { texts, ageBand } = scope;
  return {
    heading: texts.sentMine.heading,
    scene: 'harbour',
    body: [
      text(texts.sentMine.lead[ageBand], 'lead'),
      ...adviceList(['do-not-pay', 'stop-replying', 'keep-messages', 'block-and-report', 'tell-someone', 'removal-services'], texts),
      ...servicesOf('removal', scope),
    ],
    ways: [...helpWays(scope), button(texts.ways.help, () => scope.go('help'), 'out')],
  };
}
