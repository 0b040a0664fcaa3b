import { byId } from '../dom.js';

const title = byId('told-title', HTMLElement);
const text = byId('told-text', HTMLElement);

/** Says in plain words what just happened, and why. Read out by its live region. */
export function tell(what: string, why: string): void {
  title.textContent = what;
  text.textContent = why;
}
