// The glue that wasm-bindgen makes for a build, as a function: every call gives a fresh copy with its own instance.
// `build.mjs` makes these modules.

declare module 'pausepoint-glue:relaxed' {
  export function createGlue(): import('./engine.js').Glue;
}

declare module 'pausepoint-glue:simd128' {
  export function createGlue(): import('./engine.js').Glue;
}

declare module 'pausepoint-glue:portable' {
  export function createGlue(): import('./engine.js').Glue;
}
