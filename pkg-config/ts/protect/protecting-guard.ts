import type { Guard } from '../client/index.js';
import { defineAllElements } from '../elements/define-all.js';
import { COVER_READY, COVER_REQUEST, type CoverMaker } from '../elements/image.js';
import type { Choice } from '../elements/occasion.js';
import type { MessageOutlook } from '../messages/messages.js';
import { Incoming } from './incoming.js';
import type { Protection, ProtectOptions, Sendable, SendContext } from './options.js';
import type { Pause } from './pause.js';
import { protectWith } from './protect.js';
import { LiveShield, type Shield, type ShieldOptions } from './shield.js';

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

/** What the pause does, for one guard. */
export function protecting(pause: Pause, canBlock: boolean): Protecting {
  const incoming = new Incoming(pause, canBlock);
  const shield = (img: HTMLImageElement, options: ShieldOptions = {}) => new LiveShield(img, pause, incoming, options);
  return {
    protect(root, options = {}) {
      const protection = protectWith(pause, root, options);
      coverImages(root, shield, protection.signal);
      return protection;
    },
    async beforeSend(files, { peer, signal } = {}) {
      const all = files instanceof Blob ? [files] : [...files];
      return pause.beforeSend({ files: all, via: 'call', peer, signal });
    },
    shield,
    speakUp: (peer, outlook, { signal } = {}) => pause.speakUp(peer, outlook, signal),
    openHelp: (topic) => pause.screen.help(topic),
  };
}

/** Answers the elements within that ask to be covered, those that are there already first. */
function coverImages(root: Document | Element | ShadowRoot, shield: Protecting['shield'], signal: AbortSignal): void {
  const maker: CoverMaker = (img, options) => shield(img, { ...options, signal });
  const answer = (event: Event) => {
    event.stopPropagation();
    (event as CustomEvent<(maker: CoverMaker) => void>).detail(maker);
  };
  root.addEventListener(COVER_REQUEST, answer, { signal });
  defineAllElements();
  (root.ownerDocument ?? root).dispatchEvent(new CustomEvent(COVER_READY));
}
