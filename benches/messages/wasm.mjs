// What a message costs through the package, with all language packs, in Node's WebAssembly; and what is kept of 10,000
// conversations. `cargo xtask bench --messages`.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

import { root } from '../paths.mjs';
import { quantile } from '../statistics.mjs';

const dist = join(root, 'pkg-config/dist');
const { createMessages } = await import(pathToFileURL(join(dist, 'node-messages.js')).href);

const texts = (folder, field) => {
  const path = join(root, '../shared/data', folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(path, name), 'utf8').trim().split('\n').map((line) => JSON.parse(line)))
    .flatMap(field);
};
const sets = {
  'invented conversations': texts('conversations', ({ turns }) => turns.map(({ text }) => text)),
  'ordinary chat': texts('chat', ({ t }) => [t]),
  'one message of 1,000 characters': [readFileSync(join(root, 'README.md'), 'utf8').slice(0, 1000)],
};
const LEAST = 20_000;

for (const languages of [['en'], ['en', 'es', 'de', 'fr']]) {
  const started = performance.now();
  const messages = await createMessages({ ageBand: '13-15', languages });
  const start = performance.now() - started;
  console.log(`${languages.join(', ')}: started in ${start.toFixed(0)} ms`);
  for (const [name, all] of Object.entries(sets)) {
    if (all.length === 0) {
      console.log(`  skipped: ${name} is not here`);
      continue;
    }
    const micros = [];
    for (let i = 0; i < Math.max(LEAST, Math.min(all.length, 60_000)); i += 1) {
      const from = performance.now();
      messages.check(`p${i % 50}`, { from: 'peer', text: all[i % all.length], at: i * 1000 });
      micros.push((performance.now() - from) * 1000);
    }
    // The first ones are compiled while they run.
    const warm = micros.slice(LEAST / 10).sort((a, b) => a - b);
    const line = [0.5, 0.95, 0.99].map((share) => `p${share * 100} ${quantile(warm, share).toFixed(1)} µs`);
    console.log(`  ${name}: ${line.join(', ')}`);
  }
}

const messages = await createMessages({ ageBand: '13-15' });
for (const unit of ['send pic ', 'you you ', 'if you dont ', 's e n d ', 'a\u0301\u0302', 's🍀', '\ud800']) {
  const times = [1 << 14, 1 << 15, 1 << 16, 1 << 20].map((length) => {
    const text = unit.repeat(Math.ceil(length / unit.length));
    const from = performance.now();
    messages.check('hostile', { from: 'peer', text });
    return (performance.now() - from).toFixed(1);
  });
  console.log(`hostile, 16, 32, 64 and 1,024 KiB of ${JSON.stringify(unit)}: ${times.join(', ')} ms`);
}
messages.forget('hostile');
const memory = () => process.memoryUsage().arrayBuffers + process.memoryUsage().external;
messages.check('first', { from: 'peer', text: 'hi' });
for (let i = 0; i < 10_000; i += 1) messages.check(`peer-${i}`, { from: 'peer', text: 'are your parents home? send me a pic', at: i });
const full = memory();
for (let i = 10_000; i < 40_000; i += 1) messages.check(`peer-${i}`, { from: 'peer', text: 'are your parents home? send me a pic', at: i });
console.log(`state of one conversation: ${messages.state('peer-39999').length} bytes; remembered: ${messages.count}`);
console.log(`memory beside the heap: ${(full / 1e6).toFixed(1)} MB with 10,000 conversations, ${(memory() / 1e6).toFixed(1)} MB after 40,000`);

for (const name of ['packs/en.pppack', 'packs/es.pppack', 'packs/de.pppack', 'packs/fr.pppack', 'wasm/contact.wasm', 'messages.js']) {
  const bytes = readFileSync(join(dist, name));
  console.log(`${name}: ${statSync(join(dist, name)).size} bytes, ${brotliCompressSync(bytes).length} with brotli`);
}
