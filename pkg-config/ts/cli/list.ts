import { readFileSync } from 'node:fs';
import { HashError } from '../hash/hash-error.js';
import type { InspectedList } from '../hash/list-tools.js';
import type { Hasher } from '../hash/node.js';
import { EntryError, readEntries } from './entries.js';
import { dated, expiry } from './dates.js';
import { issuerIn, issuerOf, newKey, publicKey } from './keys.js';
import type { ListCommand } from './list-args.js';
import { printable } from './print.js';
import type { World } from './run.js';
import { STATUS } from './status.js';
import { UsageError } from './usage-error.js';
import { writeOwn } from './write-file.js';

type Of<Name> = Extract<ListCommand, { name: Name }>;

/** Makes, checks and explains lists; gives the exit status. */
export async function list(command: ListCommand, world: World): Promise<number> {
  if (command.name === 'list-keygen') return keygen(command, world);
  const hasher = await world.createHasher();
  try {
    switch (command.name) {
      case 'list-build':
        return build(command, world, hasher);
      case 'list-verify':
        return verify(command, world, hasher);
      case 'list-inspect':
        return inspect(command, world, hasher);
    }
  } finally {
    hasher.dispose();
  }
}

function keygen({ output }: Of<'list-keygen'>, world: World): number {
  const pem = newKey();
  writeOwn(output, pem, false);
  world.out(`${issuerOf(pem, output).id}\n`);
  return STATUS.allowed;
}

function build(command: Of<'list-build'>, world: World, hasher: Hasher): number {
  const issuer = issuerIn(command.key);
  const issued = Math.floor(world.now().getTime() / 1000);
  const expires = expiry(command.expires, issued);
  const { title: name, version, family, threshold: radius, file, output } = command;
  const text = read(file).toString('utf8');
  try {
    const entries = readEntries(text, family);
    const unsigned = hasher.draftList({ issuer: issuer.id, name, version, issued, expires, family, radius, entries });
    const bytes = Buffer.concat([unsigned, issuer.sign(unsigned)]);
    // Whatever signed it: nothing is written that readers would refuse.
    hasher.openList(bytes, [issuer.id], issued).close();
    writeOwn(output, bytes, command.force);
    world.out(describe(hasher.inspectList(bytes)));
    return STATUS.allowed;
  } catch (error) {
    if (error instanceof EntryError) throw new UsageError(`${file}: ${error.message}`);
    if (error instanceof HashError) throw new UsageError(`the list cannot be made: ${error.code}`);
    throw error;
  }
}

function verify({ trust, after, json, file }: Of<'list-verify'>, world: World, hasher: Hasher): number {
  const issuer = publicKey(trust);
  const bytes = read(file);
  let refused: string | null = null;
  try {
    const { about, close } = hasher.openList(bytes, [issuer], Math.floor(world.now().getTime() / 1000));
    close();
    if (about.version <= after) refused = 'list/older';
  } catch (error) {
    if (!(error instanceof HashError)) throw error;
    refused = error.code;
  }
  world.out(json ? `${JSON.stringify({ file, refused })}\n` : `${printable(file)}: ${refused ?? 'whole, rightly signed, in time'}\n`);
  return refused === null ? STATUS.allowed : STATUS.stopped;
}

function inspect({ json, file }: Of<'list-inspect'>, world: World, hasher: Hasher): number {
  try {
    const inspected = hasher.inspectList(read(file));
    world.out(json ? `${JSON.stringify({ file, ...inspected })}\n` : describe(inspected));
    return inspected.signature === null ? STATUS.allowed : STATUS.stopped;
  } catch (error) {
    if (!(error instanceof HashError)) throw error;
    world.out(json ? `${JSON.stringify({ file, refused: error.code })}\n` : `${printable(file)}: ${error.code}\n`);
    return STATUS.stopped;
  }
}

function describe({ about, signature }: InspectedList): string {
  const lines: [string, string][] = [
    ['name', printable(about.name)],
    ['issuer', about.issuer ?? 'none: somebody’s own list'],
    ['version', `${about.version}`],
    ['issued', dated(about.issued)],
    ['expires', about.expires === null ? 'never' : dated(about.expires)],
    ['hashes', `${about.entries}, PDQ ${about.family}${about.labelled ? ', with labels' : ''}`],
    ['threshold', `${about.radius} bits`],
    ['signature', signature ?? 'right'],
  ];
  return lines.map(([name, value]) => `${name.padEnd(11)}${value}\n`).join('');
}

/** A list or a text; `-` is standard input. Throws `UsageError`. */
export function read(file: string): Buffer {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch {
    throw new UsageError(`"${file}" cannot be read`);
  }
}
