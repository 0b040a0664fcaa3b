import type { Guard } from '../client/index.js';
import type { Choice } from '../elements/occasion.js';
import type { MessageOutlook } from '../messages/messages.js';
import type { Protection, ProtectOptions, Sendable, SendContext } from './options.js';
import type { Shield, ShieldOptions } from './shield-options.js';

/** What the pause adds to a guard. */
export interface Protecting {
  /**
   * Holds pictures and videos on their way out of a page, or of a part of it: those chosen in file inputs, dropped, pasted,
   * picked by `showOpenFilePicker`, taken from a camera, and in forms that are submitted. What may go out is handed on with
   * the same events, in their order; what may not is never seen by the page. Also covers `<pausepoint-image>` within.
   *
   * Call it before the page's own listeners are added to `window`, as those of a kind are called in their order.
   *
   * @throws TypeError `root/no-window` for a document without a window.
   */
  protect(root: Document | Element | ShadowRoot, options?: ProtectOptions): Protection;
  /**
   * Says which of these may go out, after asking the person where the policy says so. For what `protect` does not see: a
   * recording, a picture that the app makes.
   *
   * @throws The signal's reason, if it was aborted.
   */
  beforeSend<F extends Blob>(files: F | readonly F[], context?: SendContext): Promise<Sendable<F>>;
  /** Covers an `<img>` until it was looked at, and as long as the policy says. */
  shield(img: HTMLImageElement, options?: ShieldOptions): Shield;
  /** Speaks up about a conversation that has turned: when `checkMessage` says `raised`, at `caution` or `warn`. */
  speakUp(peer: string, outlook: MessageOutlook, options?: { signal?: AbortSignal | undefined }): Promise<Choice>;
  /** Opens the help by itself, for a button of the app that is always there. */
  openHelp(topic?: 'sent-mine' | 'someone-else' | 'pressed' | 'help'): Promise<void>;
}

/** A guard with the pause. */
export type ProtectingGuard = Guard & Protecting;
