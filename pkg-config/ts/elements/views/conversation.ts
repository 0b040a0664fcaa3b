import { el } from '../dom.js';
import { type Scope, text, tile, type View } from '../view.js';
import { adviceList } from './support.js';

/** A conversation that has turned. It can always go on; the other ways are right beside that. */
export function conversationView(scope: Scope): View {
  const { texts, ageBand, occasion } = scope;
  const { ways } = texts;
  const { pattern = null, advice = ['tell-someone', 'get-help'] } = occasion?.outlook ?? {};
  const seen = texts.conversation[pattern ?? 'unclear'];
  return {
    heading: seen.title,
    scene: 'talk',
    body: [
      text(seen.text, 'lead'),
      ...adviceList(advice, texts),
      el(
        'div',
        { class: 'tiles' },
        tile(ways.help, 'help', () => scope.go('help')),
        ...(occasion?.offers.someone === true ? [tile(ways.someone, 'someone', () => scope.choose('someone'))] : []),
        ...(occasion?.offers.block === true ? [tile(ways.block, 'block', () => scope.choose('block'))] : []),
        tile(ways.keepChatting, 'on', () => scope.choose('go-on')),
      ),
      text(texts.conversationLead[ageBand], 'quiet'),
    ],
    ways: [],
  };
}
