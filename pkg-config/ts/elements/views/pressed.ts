import { el } from '../dom.js';
import { button, type Scope, text, type View } from '../view.js';
import { outAndHelp } from './ways.js';

/** Whether somebody presses: three answers, alike. */
export function pressedView(scope: Scope): View {
  const { texts, ageBand } = scope;
  const answer = (pressed: 'yes' | 'no' | 'unsure') => () => {
    scope.pressed = pressed;
    if (pressed === 'no') scope.next();
    else scope.go('support');
  };
  return {
    heading: texts.pressed.heading,
    scene: 'talk',
    body: [
      text(texts.pressed.lead[ageBand], 'lead'),
      el(
        'div',
        { class: 'row answers', role: 'group', 'aria-labelledby': 'heading' },
        button(texts.pressed.yes, answer('yes')),
        button(texts.pressed.no, answer('no')),
        button(texts.pressed.unsure, answer('unsure')),
      ),
    ],
    ways: outAndHelp(scope),
  };
}
