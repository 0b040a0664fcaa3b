import { button, type Scope, text, type View } from '../view.js';
import { helpWays, servicesOf } from './help.js';
import { stepList } from './support.js';

/** For somebody who got or has a picture of somebody else. */
export function someoneElseView(scope: Scope): View {
  const { texts, ageBand } = scope;
  return {
    heading: texts.someoneElse.heading,
    scene: 'harbour',
    body: [text(texts.someoneElse.lead[ageBand], 'lead'), stepList(texts.someoneElse.steps), ...servicesOf('report', scope)],
    ways: [...helpWays(scope), button(texts.ways.help, () => scope.go('help'), 'out')],
  };
}
