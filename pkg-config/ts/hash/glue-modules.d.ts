// As `worker/glue-modules.d.ts`, for what hashing needs.

declare module 'pausepoint-hash-glue:hash-simd128' {
  export function createGlue(): import('./engine.js').HashGlue;
}

declare module 'pausepoint-hash-glue:hash-portable' {
  export function createGlue(): import('./engine.js').HashGlue;
}
