import { defineElements } from './define.js';
import { PausepointImage } from './image.js';
import { PausepointQuestion } from './question.js';
import { PausepointVeil } from './veil.js';

/** Makes all elements known to the page, also those that only work with a guard. Does nothing the second time. */
export function defineAllElements(): void {
  defineElements();
  const registry = globalThis.customElements;
  if (registry === undefined) return;
  const own = { 'pausepoint-question': PausepointQuestion, 'pausepoint-veil': PausepointVeil, 'pausepoint-image': PausepointImage };
  for (const [name, element] of Object.entries(own)) if (registry.get(name) === undefined) registry.define(name, element);
}
