// The wasm module in Node, without the package around it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { stage } from './paths.mjs';

/** Loads one build of the bridge; `folder` is a stage's `wasm` folder or the hooked one. */
export async function loadBridge(build, folder = join(stage, 'wasm')) {
  const glue = await import(pathToFileURL(join(folder, build, 'pausepoint.js')).href);
  glue.initSync({ module: new WebAssembly.Module(readFileSync(join(folder, build, 'pausepoint_bg.wasm'))) });
  return glue;
}

/** An engine of one build with one published model. */
export async function loadEngine(build, model, options = {}) {
  const { Engine } = await loadBridge(build);
  return new Engine(readFileSync(join(stage, `models/${model}.ppmodel`)), JSON.stringify(options));
}
