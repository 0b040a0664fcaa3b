import type { Step, Texts } from '../../i18n/texts.js';
import type { MessageAdvice } from '../../messages/messages.js';
import { el } from '../dom.js';
import { button, type Scope, text, type View } from '../view.js';
import { outAndHelp } from './ways.js';

const WHEN_PRESSED: readonly MessageAdvice[] = ['you-may-say-no', 'do-not-send', 'stop-replying', 'keep-messages', 'tell-someone', 'get-help'];
const WHEN_UNSURE: readonly MessageAdvice[] = ['you-may-say-no', 'do-not-send', 'tell-someone', 'get-help'];

/** That it is not their fault, and what helps: after what the person answered, or after what the conversation looks like. */
export function supportView(scope: Scope): View {
  const { texts, ageBand, occasion, pressed } = scope;
  const { support } = texts;
  const outlook = pressed === null ? occasion?.outlook : undefined;
  const seen = texts.conversation[outlook?.pattern ?? 'unclear'];
  const unsure = pressed === 'unsure';
  const advice = outlook?.advice ?? (unsure ? WHEN_UNSURE : WHEN_PRESSED);
  return {
    heading: outlook === undefined ? (unsure ? support.unsureHeading : support.pressedHeading) : seen.title,
    scene: 'talk',
    body: [
      text(outlook === undefined ? support[unsure ? 'unsure' : 'pressed'][ageBand] : seen.text, 'lead'),
      ...adviceList(advice, texts),
    ],
    ways: occasion === null ? helpOnly(scope) : [...outAndHelp(scope), button(texts.more, () => scope.go('choices'))],
  };
}

const helpOnly = (scope: Scope) => [
  button(scope.texts.ways.help, () => scope.go('help'), 'out'),
  button(scope.texts.close, () => scope.close(), 'out'),
];

/** What helps, in the order given, each once. That it is nobody's fault who reads this is said above. */
export function adviceList(advice: readonly MessageAdvice[], texts: Texts): Node[] {
  const codes = [...new Set(advice)].filter((code) => code !== 'not-your-fault' && Object.hasOwn(texts.advice, code));
  if (codes.length === 0) return [];
  return [el('h3', { part: 'subheading' }, texts.support.steps), stepList(codes.map((code) => texts.advice[code]))];
}

export function stepList(steps: readonly Step[]): HTMLElement {
  return el('ul', { class: 'steps', part: 'list' }, ...steps.map(({ title, text: how }) => el('li', {}, el('strong', {}, title), el('span', {}, how))));
}
