// As `worker/glue-modules.d.ts`, for what hashing needs.

declare module 'pausepoint-hash-glue:relaxed' {
  export function createGlue(): import('./engine.js').HashGlue;
}

declare module 'pausepoint-hash-glue:simd128' {
  export function createGlue(): import('./engine.js').HashGlue;
}

declare module 'pausepoint-hash-glue:portable' {
  export function createGlue(): import('./engine.js').HashGlue;
}
