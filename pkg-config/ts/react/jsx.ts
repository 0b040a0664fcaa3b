import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { ImageAttributes, InterventionAttributes, StatusAttributes } from '../elements/tags.js';

type Of<Attributes> = DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement> & Attributes & { class?: string | undefined };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'pausepoint-image': Of<ImageAttributes & { file?: Blob | undefined }>;
      'pausepoint-intervention': Of<InterventionAttributes>;
      'pausepoint-status': Of<StatusAttributes>;
    }
  }
}
