import { byId } from '../dom.js';
import { DEMO_PIN } from './demo-guardian.js';

const note = byId('pin-note', HTMLElement);
const code = byId('pin-code', HTMLElement);

/** Six digits are read in threes. */
export const spaced = (pin: string): string => pin.replace(/(...)/, '$1 ');

/** Shows the demo's code over the pause, which lies over everything else; gives what ends that. */
export function showPin(): () => void {
  code.textContent = spaced(DEMO_PIN);
  const raise = () => {
    if (note.matches(':popover-open')) note.hidePopover();
    // What is shown last lies on top.
    if (document.querySelector('pausepoint-intervention[open]') !== null) note.showPopover();
  };
  const opened = new MutationObserver(raise);
  opened.observe(document.body, { subtree: true, attributes: true, attributeFilter: ['open'] });
  return () => {
    opened.disconnect();
    if (note.matches(':popover-open')) note.hidePopover();
  };
}
