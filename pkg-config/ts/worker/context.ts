import type { Direction } from '../client/check-options.js';

/** What the engine is told of a picture's circumstances, as JSON. */
export function contextOf(direction: Direction): string {
  return JSON.stringify({ direction });
}
