import { createReadStream } from 'node:fs';
import { HashError } from '../hash/hash-error.js';
import type { FileHashes, PdqHashes } from '../hash/hashes.js';
import type { Hasher } from '../hash/node.js';
import type { Command } from './args.js';
import { printable } from './print.js';
import type { World } from './run.js';
import { STATUS } from './status.js';

type HashCommand = Extract<Command, { name: 'hash' }>;
/** A file that could not be read has none of its hashes. */
export type Hashed = FileHashes | (Omit<FileHashes, 'sha256' | 'md5'> & { sha256: null; md5: null });

/** Prints the hashes of files; gives the exit status. */
export async function hash(command: HashCommand, world: World): Promise<number> {
  const hasher = await start(world);
  let status: number = STATUS.allowed;
  for (const file of command.files) {
    const hashed = await hashOne(hasher, file, command.orientations);
    if (!isWhole(hashed)) status = STATUS.unchecked;
    world.out(command.json ? `${jsonLine(file, hashed, command.orientations)}\n` : humanLines(file, hashed));
  }
  hasher?.dispose();
  return status;
}

/** Starts a hasher, or tells why it did not start. */
export async function start(world: World): Promise<Hasher | null> {
  try {
    return await world.createHasher();
  } catch (error) {
    if (!(error instanceof HashError)) throw error;
    // The files still get their answer: nobody hashed them.
    world.err(`pausepoint: the engine did not start: ${error.code}\n`);
    return null;
  }
}

/** Hashes a file, or standard input for `-`. */
export async function hashOne(hasher: Hasher | null, file: string, orientations: boolean): Promise<Hashed> {
  const none = { size: 0, sha256: null, md5: null, picture: null, decoder: null } as const;
  if (hasher === null) return { ...none, unhashed: 'not-ready' };
  try {
    return await hasher.hash(file === '-' ? process.stdin : createReadStream(file), { orientations });
  } catch (error) {
    if (!(error instanceof HashError)) throw error;
    return { ...none, unhashed: error.code === 'source/not-readable' ? 'not-readable' : 'worker-failed' };
  }
}

/** What is no picture has its digests, and no other hashes to miss. */
export function isWhole({ sha256, unhashed }: Hashed): boolean {
  return sha256 !== null && (unhashed === null || unhashed === 'unknown-format' || unhashed === 'empty');
}

function jsonLine(file: string, { sha256, md5, picture, unhashed }: Hashed, orientations: boolean): string {
  const { pdq = null, upright = null } = picture ?? {};
  const laid = orientations ? { orientations: picture?.orientations ?? null } : {};
  return JSON.stringify({ file, sha256, md5, pdq, upright, ...laid, unhashed });
}

function humanLines(file: string, { sha256, md5, picture, unhashed }: Hashed): string {
  const lines = [`${printable(file)}:${unhashed === null ? '' : ` no PDQ (${unhashed})`}`];
  const add = (name: string, value: string) => lines.push(`  ${name.padEnd(26)}${value}`);
  const addPdq = (name: string, hashes: PdqHashes) => {
    for (const [family, { hash, quality }] of Object.entries(hashes)) add(`${name} ${family}`, `${hash}  quality ${quality}`);
  };
  if (sha256 !== null) add('SHA-256', sha256);
  if (md5 !== null) add('MD5', md5);
  if (picture !== null) {
    addPdq('PDQ', picture.pdq);
    if (picture.upright !== null) addPdq('upright', picture.upright);
    for (const [name, hashes] of Object.entries(picture.orientations ?? {})) addPdq(name, hashes);
  }
  return `${lines.join('\n')}\n`;
}
