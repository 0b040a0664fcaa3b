/**
 * `pausepoint/vue`: types of the elements for Vue's templates. Import it once for its types; nothing of it runs. Vue has to be
 * told that they are elements: `compilerOptions.isCustomElement: (tag) => tag.startsWith('pausepoint-')`.
 */
import type { DefineComponent } from 'vue';
import type { ImageAttributes, InterventionAttributes, StatusAttributes } from '../elements/tags.js';

declare module 'vue' {
  interface GlobalComponents {
    'pausepoint-image': DefineComponent<ImageAttributes & { file?: Blob | undefined }>;
    'pausepoint-intervention': DefineComponent<InterventionAttributes>;
    'pausepoint-status': DefineComponent<StatusAttributes>;
  }
}
