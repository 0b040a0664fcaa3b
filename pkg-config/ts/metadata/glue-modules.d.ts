// As `worker/glue-modules.d.ts`, for metadata.

declare module 'pausepoint-metadata-glue' {
  export function createGlue(): import('./engine.js').MetadataGlue;
}
