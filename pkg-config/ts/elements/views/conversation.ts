import { button, type Scope, text, type View } from '../view.js';
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
      text(texts.conversationLead[ageBand], 'quiet'),
    ],
    ways: [
      button(ways.help, () => scope.go('help')),
      ...(occasion?.offers.someone === true ? [button(ways.someone, () => scope.choose('someone'))] : []),
      ...(occasion?.offers.block === true ? [button(ways.block, () => scope.choose('block'))] : []),
      button(ways.keepChatting, () => scope.choose('go-on')),
    ],
  };
}
