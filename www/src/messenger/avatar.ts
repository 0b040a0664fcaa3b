import { el } from '../dom.js';
import type { Person } from './people.js';

/** The first letter on a tint. The name stands beside it. */
export const avatar = ({ name, tint }: Person): HTMLElement => el('span', { class: `avatar tint-${tint}`, 'aria-hidden': 'true' }, name.charAt(0).toUpperCase());
