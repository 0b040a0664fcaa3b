// A folder served under the strict policy that the package promises to work under.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { serve } from '../../www/server.mjs';
import { dist, hooked } from './paths.mjs';

export const STRICT_CSP =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; img-src 'self' blob:; style-src 'self'";

/**
 * Serves a fresh folder with the built package in `pausepoint/` and the given files beside it.
 * `overrides` maps URL paths to other files on disk.
 */
export async function site({ files = {}, folders = {}, overrides, csp = STRICT_CSP } = {}) {
  const root = mkdtempSync(join(tmpdir(), 'pausepoint-site-'));
  cpSync(dist, join(root, 'pausepoint'), { recursive: true });
  for (const [name, source] of Object.entries(folders)) cpSync(source, join(root, name), { recursive: true });
  // Browsers ask for it unasked.
  writeFileSync(join(root, 'favicon.ico'), '');
  for (const [name, content] of Object.entries(files)) writeFileSync(join(root, name), content);
  const requests = [];
  const server = await serve({ root, port: 0, csp, overrides, onRequest: (path) => requests.push(path) });
  return {
    url: server.url,
    requests,
    async close() {
      await server.close();
      rmSync(root, { recursive: true });
    },
  };
}

/** Puts the builds with hooks in the place of those that a browser chooses from. */
export const HOOKED_BUILDS = new Map(
  ['relaxed', 'simd128'].map((build) => [`/pausepoint/wasm/${build}.wasm`, join(hooked, build, 'pausepoint_bg.wasm')]),
);

/** For a page's script: `load` starts a build that lies in a folder, `bytes` fetches a file. */
export const LOADER = `
const load = async (folder) => {
  const glue = await import(folder + '/pausepoint.js');
  glue.initSync({ module: await WebAssembly.compileStreaming(fetch(folder + '/pausepoint_bg.wasm')) });
  return glue;
};
const bytes = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());
`;

/** A page whose errors, console errors and refused policies fail the test that looks at `problems`. */
export async function openPage(browser, url) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const problems = [];
  const requested = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  context.on('request', (request) => requested.push(request.url()));
  await page.goto(url);
  return { page, context, problems, requested };
}

/** Opens a page and waits until its script says that it is ready. */
export async function openReady(browser, url) {
  const opened = await openPage(browser, url);
  await opened.page.waitForFunction(() => window.ready);
  return opened;
}
