import type { StepName } from '../path.js';
import type { Scope, View } from '../view.js';
import { choicesView } from './choices.js';
import { confirmView } from './confirm.js';
import { conversationView } from './conversation.js';
import { guardianView } from './guardian.js';
import { helpView } from './help.js';
import { noticedView } from './noticed.js';
import { pressedView } from './pressed.js';
import { sentMineView } from './sent-mine.js';
import { someoneElseView } from './someone-else.js';
import { supportView } from './support.js';

/** The views by the names of their steps. */
export const VIEWS: Readonly<Record<StepName, (scope: Scope) => View>> = {
  noticed: noticedView,
  pressed: pressedView,
  support: supportView,
  choices: choicesView,
  'confirm-send': confirmView,
  'confirm-show': confirmView,
  guardian: guardianView,
  conversation: conversationView,
  help: helpView,
  'sent-mine': sentMineView,
  'someone-else': someoneElseView,
};
