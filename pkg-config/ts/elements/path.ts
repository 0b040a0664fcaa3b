import type { Occasion } from './occasion.js';

/** A view of the intervention. */
export type StepName =
  | 'noticed'
  | 'pressed'
  | 'support'
  | 'choices'
  | 'confirm-send'
  | 'confirm-show'
  | 'guardian'
  | 'conversation'
  | 'help'
  | 'sent-mine'
  | 'someone-else';

/**
 * The steps of an occasion, in order; the last one has all choices. Only somebody young who is about to send something
 * intimate is asked whether somebody presses, and not if the conversation has said so already. All others choose at once.
 */
export function pathOf({ about, finding, ageBand, outlook }: Occasion): readonly StepName[] {
  if (about === 'conversation') return ['conversation'];
  if (about === 'showing' || (finding !== 'explicit' && finding !== 'suggestive')) return ['noticed'];
  if (outlook !== undefined && outlook.level !== 'notice') return ['noticed', 'support', 'choices'];
  return ageBand === 'adult' ? ['noticed'] : ['noticed', 'pressed', 'choices'];
}
