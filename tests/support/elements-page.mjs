// A page with the elements on it, under the strictest policy that they promise to work under.
import { site } from './browser.mjs';

export const ELEMENTS_CSP = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";

const SCRIPT = `
import { defineElements, textsIn } from './pausepoint/elements.js';
defineElements();
defineElements();
window.texts = textsIn;
window.pause = document.querySelector('pausepoint-intervention');
window.notice = document.querySelector('pausepoint-status');
window.events = [];
for (const name of ['open', 'step', 'close', 'request-close']) {
  document.addEventListener('pausepoint-' + name, ({ detail }) => events.push([name, ...Object.values(detail)].join(' ')));
}
window.ready = true;
`;

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>A chat</title>
<link rel="stylesheet" href="page.css">
<main><h1>A chat</h1><button>Attach</button><p>See you at the harbour on Saturday.</p><div></div></main>
<pausepoint-intervention></pausepoint-intervention>
<pausepoint-status></pausepoint-status>
<script type="module" src="page.js"></script>
</html>
`;

const STYLE = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; padding: 0 1rem; max-width: 40rem; }
div { height: 3000px; }
`;

export const elementsSite = () => site({ csp: ELEMENTS_CSP, files: { 'index.html': PAGE, 'page.js': SCRIPT, 'page.css': STYLE } });

/** Something to ask about; `change` says what is different. */
export const occasion = (change = {}) => ({
  about: 'sending',
  finding: 'explicit',
  media: 'picture',
  count: 1,
  of: 1,
  ageBand: '13-15',
  wayOn: 'deliberate',
  canRetry: false,
  offers: { block: true, someone: true },
  ...change,
});

/** Asks, and keeps the answer in `window.answer`. */
export async function ask(page, change = {}) {
  await page.evaluate((about) => {
    window.answer = undefined;
    window.pause.ask(about).then((choice) => (window.answer = choice));
  }, occasion(change));
  await page.locator('pausepoint-intervention[open]').waitFor({ state: 'attached' });
}
