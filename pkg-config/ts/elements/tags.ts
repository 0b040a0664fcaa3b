import type { PausepointImage } from './image.js';
import type { PausepointIntervention } from './intervention.js';
import type { PausepointStatus } from './status.js';

/** The elements by their names in a page. */
export interface PausepointElements {
  'pausepoint-intervention': PausepointIntervention;
  'pausepoint-status': PausepointStatus;
  'pausepoint-image': PausepointImage;
}

/** What can be written on `<pausepoint-image>`. */
export interface ImageAttributes {
  src?: string | undefined;
  alt?: string | undefined;
  peer?: string | undefined;
}

/** What can be written on `<pausepoint-intervention>`. */
export interface InterventionAttributes {
  locale?: string | undefined;
  country?: string | undefined;
  theme?: 'light' | 'dark' | undefined;
  'age-band'?: 'under-13' | '13-15' | '16-17' | 'adult' | undefined;
}

/** What can be written on `<pausepoint-status>`. */
export interface StatusAttributes {
  locale?: string | undefined;
  theme?: 'light' | 'dark' | undefined;
}

declare global {
  interface HTMLElementTagNameMap extends PausepointElements {}
}
