// As `worker/glue-modules.d.ts`, for what hashing needs.

declare module 'pausepoint-hash-glue' {
  export function createGlue(): import('./engine.js').HashGlue;
}
