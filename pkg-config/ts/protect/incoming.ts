import type { ImageSource } from '../client/source.js';
import type { Choice } from '../elements/occasion.js';
import type { VeilState } from '../elements/veil.js';
import { canRetry, effect, type Finding, nameOf } from './finding.js';
import type { Pause } from './pause.js';

/** A picture that came, as far as it was looked at. */
export interface Arrived {
  /** What lies over it; `null` where nothing does. */
  veil: VeilState | null;
  finding: Finding;
}

/** Looks at pictures that came, and asks before one is shown that the policy covers. */
export class Incoming {
  readonly #pause: Pause;
  readonly #canBlock: boolean;

  constructor(pause: Pause, canBlock: boolean) {
    this.#pause = pause;
    this.#canBlock = canBlock;
  }

  /** Looks at a picture. Rejects only with the signal's reason. */
  async look(picture: ImageSource, peer: string | undefined, signal: AbortSignal): Promise<Arrived> {
    const file = picture instanceof Blob ? picture : new Blob();
    const found = (verdict: Finding['verdict']): Finding => ({ file, place: 0, kind: 'picture', verdict });
    let finding: Finding;
    try {
      const guard = await this.#pause.guard();
      signal.throwIfAborted();
      finding = found(await guard.checkImage(picture, { direction: 'incoming', peer, signal }));
    } catch {
      signal.throwIfAborted();
      finding = found({ action: 'unchecked', reasons: ['not-ready'], fallback: this.#pause.rules.unchecked.incoming });
    }
    return { finding, veil: this.#veilOf(finding) };
  }

  /** Asks what is to become of it. */
  ask(finding: Finding, peer: string | undefined, signal: AbortSignal): Promise<Choice> {
    const occasion = { about: 'showing', finding: nameOf(finding), canRetry: canRetry(finding), wayOn: this.#pause.wayOn(finding) } as const;
    return this.#pause.ask(occasion, peer, signal);
  }

  #veilOf(finding: Finding): VeilState | null {
    if (effect(finding) === 'allow') return null;
    if (effect(finding) === 'notice') return { is: 'shown', noticed: nameOf(finding) };
    const mayShow = this.#pause.wayOn(finding) !== 'none';
    return { is: 'covered', finding: nameOf(finding), mayShow, canRetry: canRetry(finding), canBlock: this.#canBlock };
  }
}
