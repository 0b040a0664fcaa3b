import { tokens } from './tokens.js';

/** How the intervention looks: a full page on a phone, a sheet elsewhere. Logical properties only, so that it turns. */
export const STYLE = `
:host { display: contents; }
*, ::before, ::after { box-sizing: border-box; }
${tokens('.surface')}
.surface {
  inline-size: min(34rem, calc(100vw - 3rem)); max-inline-size: none; max-block-size: min(46rem, calc(100vh - 3rem));
  margin: auto; padding: 0; border: 1px solid var(--_line); border-radius: var(--pausepoint-radius, 24px);
  background: var(--_surface); color: var(--_ink); overflow: auto; overscroll-behavior: contain; scroll-padding-block: 5rem 9rem;
  font: 400 1.0625rem/1.6 var(--pausepoint-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif);
  box-shadow: 0 24px 80px var(--_shade); text-align: start; text-size-adjust: 100%; -webkit-text-size-adjust: 100%;
}
.surface[open] { display: flex; flex-direction: column; }
.surface::backdrop { background: rgb(18 26 32 / 62%); }
.surface[open], .surface[open]::backdrop { animation: come 220ms ease-out; }
.body { animation: come 220ms ease-out; }
@keyframes come { from { opacity: 0; } }

.top { flex: none; display: flex; min-block-size: 2rem; padding: .5rem .75rem 0; }
.body { flex: 1 0 auto; display: grid; align-content: start; gap: 1.125rem; padding: .25rem clamp(1.125rem, 5vw, 2.25rem) 1.75rem; min-inline-size: 0; }
.body > * { min-inline-size: 0; }
h2, h3, h4, p, ul { margin: 0; padding: 0; }
h2, h3, h4 { line-height: 1.25; text-wrap: balance; letter-spacing: -.012em; }
:lang(ar) { letter-spacing: 0; }
h2 { font-size: clamp(1.5rem, 1.3rem + 1vw, 1.8125rem); font-weight: 700; outline: none; }
h3 { font-size: 1.125rem; font-weight: 700; margin-block-start: .5rem; }
h4 { font-size: 1.0625rem; font-weight: 650; }
h2, h3, h4, p, li, a, button { overflow-wrap: anywhere; }
.lead { font-size: 1.125rem; }
.quiet { color: var(--_ink-soft); font-size: .9375rem; }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.drawing { display: block; inline-size: min(100%, 22rem); block-size: auto; margin: 0 auto .75rem; }
.sky { fill: var(--_glow); } .sun { fill: var(--_warm); } .bar { fill: var(--_surface); }
.hill-far { fill: var(--_accent-soft); } .hill-near { fill: var(--_accent); opacity: .55; }
.bubble { fill: var(--_surface); stroke: var(--_accent); stroke-width: 2; } .bubble-back { fill: var(--_warm); } .heart { fill: var(--_accent); }
.beam { fill: var(--_warm); opacity: .45; } .tower { fill: var(--_accent); } .stripe { fill: var(--_surface); } .lamp { fill: var(--_warm); }
.wave { fill: none; stroke: var(--_accent); stroke-width: 2; stroke-linecap: round; opacity: .6; }
.icon { flex: none; inline-size: 1.5rem; block-size: 1.5rem; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
[dir='rtl'] .turns { transform: scaleX(-1); }

button, input, select { font: inherit; color: inherit; }
button {
  display: inline-flex; align-items: center; justify-content: center; gap: .75rem; min-block-size: 3rem; min-inline-size: 3rem;
  padding: .625rem 1.125rem; border: 1.5px solid var(--_edge); border-radius: var(--pausepoint-radius-small, 14px);
  background: transparent; color: var(--_ink); font-weight: 600; line-height: 1.3; text-align: center; cursor: pointer;
}
button:hover { background: var(--_accent-soft); border-color: var(--_accent); }
.out { border-color: var(--_accent); background: var(--_accent); color: var(--_on-accent); }
.out:hover { border-color: var(--_accent-strong); background: var(--_accent-strong); }
.tile { justify-content: flex-start; min-block-size: 3.5rem; border-color: var(--_line); background: var(--_ground); text-align: start; }
.tile .icon { color: var(--_accent); }
.back { gap: .375rem; min-block-size: 2.75rem; padding-inline: .5rem .875rem; border-color: transparent; color: var(--_accent-strong); }
[aria-disabled='true'] { opacity: .6; cursor: default; }
:focus-visible { outline: 3px solid var(--_accent); outline-offset: 3px; }
h2:focus-visible { outline: none; }
.out:focus-visible { outline-color: var(--_ink); }
a { color: var(--_accent-strong); text-underline-offset: .2em; }

.tiles { display: grid; gap: .625rem; }
.compact .drawing { inline-size: 12rem; }
.aside { margin-block-start: .5rem; padding-block-start: 1.25rem; border-block-start: 1px solid var(--_line); }
.row { display: grid; gap: .625rem; }
.ways {
  flex: none; display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); grid-auto-rows: 1fr; gap: .625rem;
  padding: 1rem clamp(1.125rem, 5vw, 2.25rem) max(1rem, env(safe-area-inset-bottom)); border-block-start: 1px solid var(--_line); background: var(--_surface);
}
.ways > :last-child:nth-child(odd) { grid-column: 1 / -1; }
@media (min-width: 480px) {
  .row { grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); }
}
@media (max-width: 340px) { .ways { padding-block: .75rem; gap: .5rem; } }
@media (min-height: 34rem) { .ways { position: sticky; inset-block-end: 0; } }

.steps { display: grid; gap: 1rem; list-style: none; }
.steps li { display: grid; gap: .125rem; padding-inline-start: 1.125rem; border-inline-start: 3px solid var(--_accent-soft); }
.steps span { color: var(--_ink-soft); }

.field, .code { display: grid; gap: .5rem; }
label { font-weight: 600; }
input, select {
  inline-size: 100%; min-block-size: 3rem; padding: .5rem .875rem; border: 1.5px solid var(--_edge); border-radius: var(--pausepoint-radius-small, 14px);
  background: var(--_surface); color: var(--_ink);
}
.problem { font-weight: 600; } .problem:empty, .code .quiet:empty { display: none; }
.emergency { padding: .875rem 1.125rem; border-radius: var(--pausepoint-radius-small, 14px); background: var(--_accent-soft); }
.services { display: grid; gap: .75rem; list-style: none; }
.services li { display: grid; gap: .125rem; padding: 1rem 1.125rem; border: 1px solid var(--_line); border-radius: var(--pausepoint-radius-small, 14px); background: var(--_ground); }
.services a[target] { justify-self: start; display: inline-flex; align-items: center; min-block-size: 2.75rem; }
.phone { display: inline-flex; align-items: center; min-block-size: 2.75rem; min-inline-size: 2.75rem; justify-content: center; margin-block: .125rem; padding: .25rem .875rem; border: 1.5px solid var(--_accent); border-radius: 999px; background: var(--_surface); font-weight: 700; text-decoration: none; white-space: nowrap; }
.overdue { font-weight: 600; }

@media (max-width: 640px) {
  .surface { inline-size: 100%; block-size: 100%; max-block-size: none; border: 0; border-radius: 0; }
  .top { padding-block-start: max(.5rem, env(safe-area-inset-top)); }
}
@media (prefers-reduced-motion: reduce) { .surface[open], .surface[open]::backdrop, .body { animation: none; } }
@media (forced-colors: active) {
  .out, .tile { border-color: ButtonText; } .drawing { display: none; } .emergency { border: 1px solid; } .icon { color: inherit; }
}
`;
