import { tokens } from './tokens.js';

/** How a notice looks: small, at the lower edge, over everything, in nobody's way. */
export const STATUS_STYLE = `
:host { display: contents; }
*, ::before, ::after { box-sizing: border-box; }
${tokens('.surface')}
.surface {
  position: fixed; inset: auto 0 max(1rem, env(safe-area-inset-bottom)) 0; z-index: 2147483647; inline-size: fit-content; max-inline-size: min(30rem, calc(100vw - 2rem));
  block-size: fit-content; margin: 0 auto; padding: .625rem .75rem .625rem 1.125rem; padding-inline: 1.125rem .75rem; border: 1px solid var(--_line); border-radius: var(--pausepoint-radius-small, 14px); overflow: visible;
  background: var(--_surface); color: var(--_ink); box-shadow: 0 8px 32px var(--_shade);
  font: 400 1rem/1.45 var(--pausepoint-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif); text-align: start;
}
.surface:not([hidden]) { display: flex; align-items: center; flex-wrap: wrap; gap: .375rem .75rem; }
.surface[hidden] { display: none; }
.said { flex: 1 1 auto; min-block-size: 2.75rem; display: flex; align-items: center; overflow-wrap: anywhere; max-inline-size: 100%; min-inline-size: 0; padding-inline-end: .375rem; }
.actions { display: flex; flex-wrap: wrap; gap: .375rem; }
button {
  min-block-size: 2.75rem; min-inline-size: 2.75rem; padding: .375rem .875rem; border: 1.5px solid var(--_edge); border-radius: var(--pausepoint-radius-small, 14px);
  background: transparent; color: var(--_ink); font: inherit; font-weight: 600; cursor: pointer;
}
button:hover { background: var(--_accent-soft); border-color: var(--_accent); }
:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
`;
