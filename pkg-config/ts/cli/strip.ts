import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { MetadataError } from '../metadata/metadata-error.js';
import type { MetadataFinding, MetadataKept } from '../metadata/report.js';
import type { Command } from './args.js';
import { printable } from './print.js';
import { readPicture } from './read-picture.js';
import type { World } from './run.js';
import { STATUS } from './status.js';
import { UsageError } from './usage-error.js';
import { writeOwn } from './write-file.js';

/** `strip`: a picture without its metadata. */
export interface StripCommand {
  name: 'strip';
  json: boolean;
  output: string;
  force: boolean;
  file: string;
}

/** More than any picture may have that metadata is taken out of. */
const MOST_BYTES = 64 * 1024 * 1024;

type Line = { removed: MetadataFinding[]; kept: MetadataKept[]; error: null } | { removed: null; kept: null; error: string };

/** Reads what `strip` is given. Throws `UsageError`. */
export function stripCommand(
  { json = false, output, force = false }: { json?: boolean | undefined; output?: string | undefined; force?: boolean | undefined },
  files: readonly string[],
): StripCommand {
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) throw new UsageError('one picture is wanted');
  if (output === undefined) throw new UsageError('--output is missing');
  return { name: 'strip', json, output, force, file };
}

/** Writes a picture without its metadata, and says what that was; gives the exit status. */
export async function strip(command: Extract<Command, { name: 'strip' }>, world: World): Promise<number> {
  const { file, output, force, json } = command;
  // What was there before is not to be lost by a slip.
  if (file !== '-' && placeOf(file) === placeOf(output)) throw new UsageError('the output is the picture itself');
  const line = await stripOne(file, (bytes) => writeOwn(output, bytes, force), world);
  world.out(json ? `${JSON.stringify({ file, output: line.error === null ? output : null, ...line })}\n` : humanLines(file, output, line));
  return line.error === null ? STATUS.allowed : STATUS.unchecked;
}

async function stripOne(file: string, write: (bytes: Uint8Array) => void, world: World): Promise<Line> {
  const bytes = await readPicture(file, MOST_BYTES);
  try {
    if (bytes === null) throw new MetadataError('source/not-readable');
    const tool = await world.createMetadataTool();
    const { file: without, removed, kept } = await tool.strip(bytes);
    tool.dispose();
    write(without);
    return { removed, kept, error: null };
  } catch (error) {
    if (!(error instanceof MetadataError)) throw error;
    return { removed: null, kept: null, error: error.code };
  }
}

/** A file by all its names. */
function placeOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return resolve(file);
  }
}

function humanLines(file: string, output: string, { removed, kept, error }: Line): string {
  if (error !== null) return `${printable(file)}: nothing written (${error})\n`;
  const lines = [`${printable(file)}: ${removed.length === 0 ? 'nothing found; the same' : 'written without metadata'} to ${printable(output)}`];
  for (const { kind, bytes } of removed) lines.push(`  removed  ${kind.padEnd(15)}${bytes} bytes`);
  for (const what of kept) lines.push(`  kept     ${what}`);
  if (removed.some(({ kind }) => kind === 'c2pa')) lines.push('  Content credentials, which say where it comes from, were removed.');
  return `${lines.join('\n')}\n`;
}
