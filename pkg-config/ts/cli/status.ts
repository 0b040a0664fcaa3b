import type { Action } from '../node/index.js';

/** Exit statuses of the command. */
export const STATUS = { allowed: 0, stopped: 1, unchecked: 2, usage: 64 } as const;

/** The status for all the verdicts together. What nobody looked at weighs more than what was seen and stopped. */
export function statusOf(actions: readonly Action[]): number {
  if (actions.includes('unchecked')) return STATUS.unchecked;
  return actions.includes('warn') || actions.includes('block') ? STATUS.stopped : STATUS.allowed;
}
