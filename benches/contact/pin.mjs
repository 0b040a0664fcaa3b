// Times what a PIN costs in WebAssembly, in Node: `node pin.mjs`. Argon2id (RFC 9106) with several parameters; those of the
// presets first.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { root } from '../paths.mjs';
import { median } from '../statistics.mjs';

const ROUNDS = 7;
const PARAMETERS = [undefined, ...[[8, 1], [19, 2], [32, 1], [32, 3], [46, 1], [64, 1], [64, 3]].map(([mib, passes]) => ({ memory: mib * 1024, passes, lanes: 1 }))];

const folder = join(root, 'target/stage/wasm/contact');
const glue = await import(pathToFileURL(join(folder, 'pausepoint.js')).href);
glue.initSync({ module: new WebAssembly.Module(readFileSync(join(folder, 'pausepoint_bg.wasm'))) });
const sizes = JSON.parse(glue.randomBytes());

console.log('| Argon2id | set up, ms |');
console.log('| --- | --- |');
for (const stretch of PARAMETERS) {
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    const engine = new glue.Guardianship();
    const random = crypto.getRandomValues(new Uint8Array(sizes.setUp));
    const start = performance.now();
    engine.setUp(JSON.stringify({ age_band: '13-15', ...(stretch && { stretch }) }), '294817', random, 1_795_000_000);
    times.push(performance.now() - start);
    engine.free();
  }
  const name = stretch ? `${stretch.memory / 1024} MiB, ${stretch.passes} passes` : 'the default';
  console.log(`| ${name} | ${median(times).toFixed(0)} |`);
}
