import type { AgeBand } from '../client/options.js';
import type { Choice, Occasion } from './occasion.js';
import { pathOf, type StepName } from './path.js';
import type { Verify } from './verify.js';

/** One opening of the dialog: what it is about, and where in it the person is. */
export class Session {
  readonly occasion: Occasion | null;
  readonly ageBand: AgeBand;
  readonly verify: Verify | null;
  /** What it ended with; `null` for a help flow, and for one that was taken away. */
  readonly ended: Promise<Choice | null>;
  pressed: 'yes' | 'no' | 'unsure' | null = null;
  readonly #path: readonly StepName[];
  #trail: StepName[];
  #end!: (choice: Choice | null) => void;

  constructor(occasion: Occasion | null, first: StepName | null, ageBand: AgeBand, verify: Verify | null) {
    this.occasion = occasion;
    this.ageBand = ageBand;
    this.verify = verify;
    this.#path = occasion === null ? [] : pathOf(occasion);
    this.#trail = [first ?? this.#path[0] ?? 'help'];
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  get step(): StepName {
    return this.#trail.at(-1) ?? 'help';
  }

  get canGoBack(): boolean {
    return this.#trail.length > 1;
  }

  /** A step that one comes back to is not gone to twice. */
  go(step: StepName): void {
    const earlier = this.#trail.indexOf(step);
    this.#trail = earlier === -1 ? [...this.#trail, step] : this.#trail.slice(0, earlier + 1);
  }

  next(): void {
    const following = this.#path[this.#path.indexOf(this.step) + 1];
    if (following !== undefined) this.go(following);
  }

  back(): void {
    if (this.canGoBack) this.#trail = this.#trail.slice(0, -1);
  }

  /** The first end is the end. */
  end(choice: Choice | null): void {
    this.#end(choice);
  }
}
