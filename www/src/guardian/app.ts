import type { Guardian } from 'pausepoint/guardian';
import type { Rules } from './rules.js';

export type ViewName = 'settings' | 'shared' | 'ask' | 'answer';

/** What every view needs. */
export interface App {
  guardian: Guardian;
  rules: Rules;
  /** Shows another view. */
  go(view: ViewName): void;
  /** Draws the view again, as what it shows has changed. What was typed and the focus stay. */
  refresh(): void;
  /** Puts something else in the view's place, such as the next step, and the focus on its heading. */
  show(...content: Node[]): void;
}

/** A part of the page. `draw` gives what it shows now; where it is in the middle of something, it gives nothing. */
export interface View {
  draw(): Node[] | null;
  /** It is left. */
  leave?(): void;
}
