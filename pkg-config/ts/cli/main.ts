#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { createContacts } from '../contact/node.js';
import { createHasher } from '../hash/node.js';
import { createMetadataTool } from '../metadata/node.js';
import { createMessages, createPackTools } from '../messages/node.js';
import { createGuard } from '../node/index.js';
import { run } from './run.js';
import { STATUS } from './status.js';

// The reader may have had enough, as `head` has. What it did not read must not count as allowed.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(STATUS.unchecked);
});

process.exitCode = await run(process.argv.slice(2), {
  createGuard,
  createHasher,
  createContacts,
  createMetadataTool,
  createMessages,
  createPackTools,
  version: () => {
    const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
    return (JSON.parse(text) as { version: string }).version;
  },
  now: () => new Date(),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
});
