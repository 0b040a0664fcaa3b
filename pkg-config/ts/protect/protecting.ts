import { defineAllElements } from '../elements/define-all.js';
import { COVER_READY, COVER_REQUEST, type CoverMaker } from '../elements/image.js';
import type { Protecting } from './guard.js';
import { Incoming } from './incoming.js';
import type { Pause } from './pause.js';
import { protectWith } from './protect.js';
import { LiveShield } from './shield.js';
import type { Shield, ShieldOptions } from './shield-options.js';

/** What the pause does, for one guard. */
export function protecting(pause: Pause, canBlock: boolean): Protecting {
  const incoming = new Incoming(pause, canBlock);
  const shield = (img: HTMLImageElement, options: ShieldOptions = {}, onEnd?: () => void) => new LiveShield(img, pause, incoming, options, onEnd);
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
    shield: (img, options) => shield(img, options),
    speakUp: (peer, outlook, { signal } = {}) => pause.speakUp(peer, outlook, signal),
    openHelp: (topic) => pause.screen.help(topic),
  };
}

/** Answers the elements within that ask to be covered, those that are there already first. */
function coverImages(
  root: Document | Element | ShadowRoot,
  shield: (img: HTMLImageElement, options: ShieldOptions, onEnd: () => void) => Shield,
  signal: AbortSignal,
): void {
  const maker: CoverMaker = (img, { peer, file, ended }) => shield(img, { peer, file, signal }, ended);
  const answer = (event: Event) => {
    event.stopPropagation();
    (event as CustomEvent<(maker: CoverMaker) => void>).detail(maker);
  };
  root.addEventListener(COVER_REQUEST, answer, { signal });
  defineAllElements();
  (root.ownerDocument ?? root).dispatchEvent(new CustomEvent(COVER_READY));
}
