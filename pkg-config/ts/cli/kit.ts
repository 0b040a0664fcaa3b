import { lstatSync, realpathSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { createRemovalKit, type KitItem, type RemovalKit } from '../kit/index.js';
import { type KitCommand, UsageError } from './args.js';
import { type Hashed, hashOne, isWhole, start } from './hash.js';
import { printable } from './print.js';
import type { World } from './run.js';
import { STATUS } from './status.js';
import { writeOwn } from './write-file.js';

const VIDEOS = ['.3gp', '.avi', '.m4v', '.mkv', '.mov', '.mp4', '.mpeg', '.mpg', '.webm', '.wmv'];

/** Makes a removal kit of files; gives the exit status. */
export async function kit(command: KitCommand, world: World): Promise<number> {
  if (command.output !== undefined) checkOutput(command.output, command);
  const hasher = await start(world);
  const items: KitItem[] = [];
  let status: number = STATUS.allowed;
  for (const file of command.files) {
    const hashed = await hashOne(hasher, file, false);
    if (!isWhole(hashed)) {
      status = STATUS.unchecked;
      world.err(`pausepoint: ${printable(file)}: ${hashed.unhashed}\n`);
    }
    if (isDigested(hashed)) items.push({ name: nameOf(file), hashes: hashed, video: isVideo(file, hashed) });
  }
  hasher?.dispose();

  const { country, adult, fileNames, format, output } = command;
  const made = createRemovalKit(items, { country, ageGroup: adult ? 'adult' : undefined, fileNames, madeAt: world.now() });
  if (output === undefined) world.out(made[format]());
  else writeOwn(output, made[format](), command.force);
  // A table has no place for it.
  if (format === 'csv') world.err(aboutLines(made));
  return status;
}

type Digested = Extract<Hashed, { sha256: string }>;

function isDigested(hashed: Hashed): hashed is Digested {
  return hashed.sha256 !== null;
}

/** Folders say more about a person than a file's name does. */
function nameOf(file: string): string {
  return file === '-' ? 'stdin' : basename(file);
}

/** What is no picture and is called a video. Only what the hash is called depends on it. */
function isVideo(file: string, { picture }: Digested): boolean {
  return picture === null && VIDEOS.includes(extname(file).toLowerCase());
}

/** Before anything is hashed, so that nobody waits in vain. */
function checkOutput(output: string, { files, force }: KitCommand): void {
  if (lstatSync(output, { throwIfNoEntry: false }) === undefined) return;
  if (!force) throw new UsageError(`"${output}" is there already; --force replaces it`);
  // The picture may be the only one that there is.
  if (files.some((file) => isSame(file, output))) throw new UsageError(`"${output}" is one of the files`);
}

function isSame(one: string, other: string): boolean {
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    return false;
  }
}

function aboutLines({ about }: RemovalKit): string {
  return about.map((text) => `${text}\n`).join('');
}
