import { HashError } from '../hash/hash-error.js';
import type { Orientation, Pdq, PdqHashes } from '../hash/hashes.js';
import type { OpenList } from '../hash/list-tools.js';
import type { Hasher } from '../hash/node.js';
import { type Hashed, hashOne, isWhole } from './hash.js';
import { publicKey } from './keys.js';
import { read } from './list.js';
import type { MatchCommand } from './list-args.js';
import { printable } from './print.js';
import type { World } from './run.js';
import { STATUS } from './status.js';
import { UsageError } from './usage-error.js';

/** Below it, hashes are those of nearly nothing. */
const LEAST_QUALITY = 50;

/** One entry of a list that a file seems to be. */
interface Hit {
  label: string | null;
  position: number;
  distance: number;
  orientation: Orientation | 'upright';
}

/** Prints which files are in a list; gives the exit status. */
export async function match(command: MatchCommand, world: World): Promise<number> {
  const hasher = await world.createHasher();
  try {
    const list = open(hasher, command, world);
    let status: number = STATUS.allowed;
    for (const file of command.files) {
      const hashed = await hashOne(hasher, file, command.orientations);
      const hits = hitsOf(list, hashed);
      if (!isWhole(hashed)) status = STATUS.unchecked;
      else if (hits.length > 0 && status === STATUS.allowed) status = STATUS.stopped;
      world.out(command.json ? `${JSON.stringify({ file, matches: hits, unhashed: hashed.unhashed })}\n` : lines(file, hashed, hits));
    }
    list.close();
    return status;
  } finally {
    hasher.dispose();
  }
}

function open(hasher: Hasher, { list, trust }: MatchCommand, world: World): OpenList {
  try {
    return hasher.openList(read(list), [publicKey(trust)], Math.floor(world.now().getTime() / 1000));
  } catch (error) {
    if (error instanceof HashError) throw new UsageError(`"${list}" is refused: ${error.code}`);
    throw error;
  }
}

/** The nearest of each entry, nearest first. */
function hitsOf(list: OpenList, { picture }: Hashed): Hit[] {
  if (picture === null) return [];
  const laid: [Hit['orientation'], PdqHashes][] = [['original', picture.pdq]];
  if (picture.upright !== null) laid.push(['upright', picture.upright]);
  laid.push(...(Object.entries(picture.orientations ?? {}) as [Orientation, PdqHashes][]));
  const family = list.about.family;
  const telling = laid.map(([name, hashes]): [Hit['orientation'], Pdq] => [name, hashes[family]]).filter(([, { quality }]) => quality >= LEAST_QUALITY);
  const found = list.matches(telling.map(([, { hash }]) => hash));
  const first = new Map([...found].reverse().map((hit) => [hit.position, hit]));
  return [...first.values()]
    .sort((a, b) => a.distance - b.distance || a.position - b.position)
    .map(({ label, position, distance, hash }) => ({ label, position, distance, orientation: telling[hash]?.[0] ?? 'original' }));
}

function lines(file: string, { unhashed }: Hashed, hits: readonly Hit[]): string {
  if (hits.length === 0) return `${printable(file)}: ${unhashed === null ? 'no match' : `not looked for (${unhashed})`}\n`;
  const line = ({ label, position, distance, orientation }: Hit) =>
    `  ${label === null ? `hash ${position + 1}` : printable(label)}: ${distance} bits${orientation === 'original' ? '' : ` (${orientation})`}\n`;
  return `${printable(file)}: ${hits.length === 1 ? 'a match' : `${hits.length} matches`}\n${hits.map(line).join('')}`;
}
