// As `worker/glue-modules.d.ts`, for contacts.

declare module 'pausepoint-contact-glue' {
  export function createGlue(): import('./engine.js').ContactGlue;
}
