import { byId } from './dom.js';

const lines = byId('announcer', HTMLElement);

/** Says something to those who use a screen reader, once they have finished listening to what is being said. */
export function announce(text: string): void {
  // A line of its own each time: replacing the text would swallow the first of two verdicts that come together.
  const line = document.createElement('p');
  line.textContent = text;
  lines.append(line);
  if (lines.childElementCount > 5) lines.firstElementChild?.remove();
}
