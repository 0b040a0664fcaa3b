// Times decisions about contacts through the package, in Node: `node wasm.mjs FILE`, on the facts in FILE, one a line.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { root } from '../paths.mjs';
import { median } from '../statistics.mjs';

const ROUNDS = 21;
/** So many until the optimising compiler has seen it. */
const WARMING = 5;

const { createContacts } = await import(pathToFileURL(join(root, 'pkg-config/dist/node-contact.js')).href);
const contacts = await createContacts({ ageBand: 'adult' });
const facts = readFileSync(process.argv[2], 'utf8').trim().split('\n').map((line) => JSON.parse(line));

function perSecond(work) {
  const times = [];
  for (let round = 0; round < ROUNDS + WARMING; round++) {
    const start = performance.now();
    work();
    if (round >= WARMING) times.push(performance.now() - start);
  }
  return ((facts.length / median(times)) * 1000).toFixed(0);
}

console.log(`| wasm, all at once, objects in and out | ${perSecond(() => contacts.decideAll(facts))} |`);
console.log(`| wasm, one by one, objects in and out | ${perSecond(() => facts.forEach((one) => contacts.decide(one)))} |`);
