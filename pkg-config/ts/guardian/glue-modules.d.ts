// As `worker/glue-modules.d.ts`, for guardian settings.

declare module 'pausepoint-guardian-glue' {
  export function createGlue(): import('./engine.js').GuardianGlue;
}
