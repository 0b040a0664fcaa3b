// As `worker/glue-modules.d.ts`, for conversations.

declare module 'pausepoint-messages-glue' {
  export function createGlue(): import('./engine.js').MessagesGlue;
}
