import { parseArgs } from 'node:util';
import type { AgeBand, ModelName } from '../node/index.js';

/** What the command line asks for. */
export type Command =
  | { name: 'help' }
  | { name: 'version' }
  | { name: 'check'; json: boolean; policy: AgeBand | { file: string }; model: ModelName; files: string[] }
  | { name: 'hash'; json: boolean; orientations: boolean; files: string[] };

/** The command line is not one that there is. The message is for its author. */
export class UsageError extends Error {}

const AGE_BANDS: readonly string[] = ['under-13', '13-15', '16-17', 'adult'] satisfies AgeBand[];
const MODELS: readonly string[] = ['mid', 'small'] satisfies ModelName[];

export const USAGE = `Usage: pausepoint check [--json] [--policy P] [--model mid|small] FILE…
       pausepoint hash [--json] [--all-orientations] FILE…

check looks at pictures on this machine and prints one verdict a file. hash
prints what removal services ask for: SHA-256 and MD5 of each file, and of a
picture its PDQ in both families, 512-nearest and full-size.

  --json               one JSON object a line
  --policy P           age band (under-13, 13-15, 16-17, adult) or a JSON policy
                       file; default: under-13, the strictest
  --model M            mid (default, more accurate) or small (less memory, time)
  --all-orientations   the PDQ of the picture turned and mirrored, too
  FILE                 a file; - is standard input
  --help               this text
  --version            the version

Exit status: 0 all allowed (some perhaps with a notice) or hashed, 1 something
warned or blocked, 2 something could not be checked or hashed, 64 wrong usage.
`;

/** Options of one command only. */
const BELONGS = { policy: 'check', model: 'check', 'all-orientations': 'hash' } as const;

/** Reads the arguments. Throws `UsageError`. */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help) return { name: 'help' };
  if (values.version) return { name: 'version' };

  const [name, ...files] = positionals;
  if (name === undefined) throw new UsageError('a command is missing');
  if (name !== 'check' && name !== 'hash') throw new UsageError(`there is no command "${name}"`);
  if (files.length === 0) throw new UsageError('a file is missing');
  for (const [option, command] of Object.entries(BELONGS)) {
    if (command !== name && option in values) throw new UsageError(`--${option} belongs to ${command}`);
  }
  if (name === 'hash') return { name, json: values.json ?? false, orientations: values['all-orientations'] ?? false, files };
  const { model = 'mid', policy = 'under-13' } = values;
  if (!isModel(model)) throw new UsageError(`there is no model "${model}"`);
  return { name, json: values.json ?? false, policy: isAgeBand(policy) ? policy : { file: policy }, model, files };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        policy: { type: 'string' },
        model: { type: 'string' },
        'all-orientations': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'V' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'arguments not understood');
  }
}

function isAgeBand(value: string): value is AgeBand {
  return AGE_BANDS.includes(value);
}

function isModel(value: string): value is ModelName {
  return MODELS.includes(value);
}
