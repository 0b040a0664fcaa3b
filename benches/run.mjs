// The benchmark: `cargo xtask bench [--quick]`. README.md says what is measured and how to read it.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { serve } from '../www/server.mjs';
import { measureAll } from './measuring.mjs';
import { out, unpacked } from './paths.mjs';
import { writeReport } from './report.mjs';
import { CSP, OWN_FILES, kept, makeSite, paintPictures, site } from './site.mjs';
import { median, quantile } from './statistics.mjs';
import { SUBJECTS } from './subjects.mjs';
import { wireBytes } from './wire.mjs';

const quick = process.argv.includes('--quick');

async function main() {
  if (!existsSync(unpacked)) throw new Error('the package is not packed: run `cargo xtask bench`');
  const photographs = await makeSite();
  const subjects = SUBJECTS.filter(({ needs }) => existsSync(join(kept, needs)));
  const missing = SUBJECTS.filter((subject) => !subjects.includes(subject)).map(({ label, needs }) => ({ label, needs }));
  for (const { label, needs } of missing) console.log(`  ${label} is left out: there is no ${needs}`);

  const requests = [];
  const takeRequests = () => requests.splice(0);
  const server = await serve({ root: site, port: 0, csp: CSP, onRequest: (path) => requests.push(path) });
  let measured;
  try {
    const paint = (context) => paintPictures(context, server.url, photographs);
    measured = await measureAll({ url: server.url, subjects, photographs, paint, takeRequests, quick });
  } finally {
    await server.close();
  }
  const { multiplyAdds, millis } = JSON.parse(readFileSync(join(out, 'native.json'), 'utf8'));
  writeReport({
    date: new Date().toISOString().slice(0, 10),
    machine: { processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length },
    chromium: measured.chromium,
    node: process.version,
    quick,
    multiplyAdds,
    results: Object.fromEntries(Object.entries(measured.results).map(([id, r]) => [id, summary(r)])),
    elsewhere: { ...(await inNode()), ...natively(millis) },
    roofline: Object.fromEntries(Object.entries(measured.roofline).map(([name, rates]) => [name, median(rates)])),
    many: measured.many,
    chosen: measured.chosen,
    missing,
  });
}

const spread = (times) => ({ median: median(times), p95: quantile(times, 0.95), count: times.length });

function summary({ coldStart, coldStartKept, photograph, network, large, pauses, fetched, ...rest }) {
  if (rest.unable !== undefined) return rest;
  return {
    ...rest,
    photograph: spread(photograph),
    network: spread(network),
    coldStart: spread(coldStart),
    ...(coldStartKept && { coldStartKept: spread(coldStartKept) }),
    large: spread(large),
    longestPause: median(pauses),
    ...wire(fetched),
  };
}

/** What the first visit fetched, but for the benchmark's own page, script and pictures. */
function wire(fetched) {
  const files = [...new Set(fetched)].filter((path) => !OWN_FILES.test(path)).map((path) => join(site, path));
  const bytes = (list) => wireBytes(list, join(out, 'brotli'));
  return { wire: bytes(files), wireWithoutModel: bytes(files.filter((path) => !path.endsWith('.ppmodel'))) };
}

/** The same package in Node, on the same photographs. */
async function inNode() {
  const { createGuard } = await import(pathToFileURL(join(unpacked, 'dist/node.js')).href);
  const results = {};
  for (const model of ['mid', 'small']) {
    const guard = await createGuard({ ageBand: '13-15', model });
    const times = [];
    for (let round = 0; round <= (quick ? 2 : 8); round++) {
      for (const file of readdirSync(join(kept, 'pictures')).filter((name) => /^\d/.test(name))) {
        const bytes = readFileSync(join(kept, 'pictures', file));
        const start = performance.now();
        const { action, reasons } = await guard.checkImage(bytes);
        const elapsed = performance.now() - start;
        if (action === 'unchecked') throw new Error(`unchecked: ${reasons}`);
        // The first round warms up.
        if (round > 0) times.push(elapsed);
      }
    }
    results[`node-${model}`] = { label: `Pausepoint ${model}, Node, ${guard.info().build}`, own: true, photograph: spread(times) };
    guard.dispose();
  }
  return results;
}

/** What `xtask` timed. */
function natively(millis) {
  return Object.fromEntries(
    Object.entries(millis).map(([model, times]) => [`native-${model}`, { label: `Pausepoint ${model}, native`, own: true, photograph: spread(times) }]),
  );
}

await main();
