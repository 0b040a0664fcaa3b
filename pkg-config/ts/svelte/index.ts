/** `pausepoint/svelte`: types of the elements for Svelte's templates. Import it once for its types; nothing of it runs. */
import type {} from 'svelte/elements';
import type { ImageAttributes, InterventionAttributes, StatusAttributes } from '../elements/tags.js';

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'pausepoint-image': HTMLAttributes<HTMLElement> & ImageAttributes & { file?: Blob | undefined };
    'pausepoint-intervention': HTMLAttributes<HTMLElement> & InterventionAttributes;
    'pausepoint-status': HTMLAttributes<HTMLElement> & StatusAttributes;
  }
}
