// The glue that wasm-bindgen makes for all builds, as a function: every call gives a fresh copy with its own instance.
// `build.mjs` makes this module.

declare module 'pausepoint-glue' {
  export function createGlue(): import('./engine.js').Glue;
}
