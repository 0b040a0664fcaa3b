import type { Reason } from '../client/verdict.js';
import type { Choice } from '../elements/occasion.js';

/** What became of files that were about to go out. No name, no score, nothing of what they show. */
export interface Decision {
  /** How they came: what the person did, or `call` for `beforeSend`. */
  via: 'input' | 'drop' | 'paste' | 'picker' | 'camera' | 'form' | 'call';
  /** Your name for whom they go to. */
  peer: string | undefined;
  /** How many may go out. */
  passed: number;
  /** How many may not. */
  withheld: number;
  /** Why some were paused, as codes of a verdict. */
  reasons: readonly Reason[];
  /** What the person chose, if they were asked. */
  choice: Choice | null;
  /** What was removed from how many files before they may go out; `unable`: from which it could not be. */
  metadata: { cleaned: number; unable: number };
}
