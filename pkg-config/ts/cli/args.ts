import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import type { FileNames } from '../kit/index.js';
import type { AgeBand, ModelName } from '../node/index.js';

/** What the command line asks for. */
export type Command =
  | { name: 'help' }
  | { name: 'version' }
  | { name: 'check'; json: boolean; policy: AgeBand | { file: string }; model: ModelName; files: string[] }
  | { name: 'hash'; json: boolean; orientations: boolean; files: string[] }
  | KitCommand;

/** `kit`: a removal kit of some files. Without `output` it is printed. */
export interface KitCommand {
  name: 'kit';
  country: string | undefined;
  adult: boolean;
  format: KitFormat;
  fileNames: FileNames;
  output: string | undefined;
  force: boolean;
  files: string[];
}

/** The forms of a removal kit. */
export type KitFormat = 'csv' | 'json' | 'html';

/** The command line is not one that there is. The message is for its author. */
export class UsageError extends Error {}

const AGE_BANDS: readonly string[] = ['under-13', '13-15', '16-17', 'adult'] satisfies AgeBand[];
const MODELS: readonly string[] = ['mid', 'small'] satisfies ModelName[];
const FORMATS: readonly string[] = ['csv', 'json', 'html'] satisfies KitFormat[];
const FILE_NAMES: readonly string[] = ['page', 'all', 'none'] satisfies FileNames[];

export const USAGE = `Usage: pausepoint check [--json] [--policy P] [--model mid|small] FILE…
       pausepoint hash [--json] [--all-orientations] FILE…
       pausepoint kit [--country CC] [--adult] [--format csv|json|html]
                      [--names page|all|none] [--output FILE [--force]] FILE…

check looks at pictures on this machine and prints one verdict a file. hash
prints what removal services ask for: SHA-256 and MD5 of each file, and of a
picture its PDQ in both families, 512-nearest and full-size. kit makes a page
with the hashes and what to do when pictures were shared without consent: who
helps, step by step. Nothing is sent anywhere.

  --json               one JSON object a line
  --policy P           age band (under-13, 13-15, 16-17, adult) or a JSON policy
                       file; default: under-13, the strictest
  --model M            mid (default, more accurate) or small (less memory, time)
  --all-orientations   the PDQ of the picture turned and mirrored, too
  --country CC         two letters, such as IE: who helps there
  --adult              for somebody of 18 or over; default: for both, minors first
  --format F           html (a page to read and print; default), or only the hashes
                       as csv or json; the ending of the output's name will do, too
  --names N            whether the files' names are given: on the page only
                       (default), in csv and json as well (all), or none
  --output FILE        where it is written, for its owner only; default: printed
  --force              even if that file is there already
  FILE                 a file; - is standard input
  --help               this text
  --version            the version

Exit status: 0 all allowed (some perhaps with a notice) or hashed, 1 something
warned or blocked, 2 something could not be checked or hashed, 64 wrong usage.
`;

/** Options of one command only. */
const BELONGS = {
  policy: 'check',
  model: 'check',
  'all-orientations': 'hash',
  country: 'kit',
  adult: 'kit',
  format: 'kit',
  names: 'kit',
  output: 'kit',
  force: 'kit',
} as const;

/** Reads the arguments. Throws `UsageError`. */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help) return { name: 'help' };
  if (values.version) return { name: 'version' };

  const [name, ...files] = positionals;
  if (name === undefined) throw new UsageError('a command is missing');
  if (name !== 'check' && name !== 'hash' && name !== 'kit') throw new UsageError(`there is no command "${name}"`);
  if (files.length === 0) throw new UsageError('a file is missing');
  for (const [option, command] of Object.entries(BELONGS)) {
    if (command !== name && option in values) throw new UsageError(`--${option} belongs to ${command}`);
  }
  if (name === 'kit') return kitCommand(values, files);
  if (name === 'hash') return { name, json: values.json ?? false, orientations: values['all-orientations'] ?? false, files };
  const { model = 'mid', policy = 'under-13' } = values;
  if (!isModel(model)) throw new UsageError(`there is no model "${model}"`);
  return { name, json: values.json ?? false, policy: isAgeBand(policy) ? policy : { file: policy }, model, files };
}

function kitCommand(values: ReturnType<typeof parse>['values'], files: string[]): KitCommand {
  const { country, adult = false, output, force = false, names: fileNames = 'page' } = values;
  if (values.json) throw new UsageError('--json belongs to check and hash; kit has --format json');
  if (country !== undefined && !/^[A-Za-z]{2}$/.test(country)) throw new UsageError(`"${country}" is not a country's two letters`);
  if (!isFileNames(fileNames)) throw new UsageError(`there is no --names ${fileNames}`);
  const ending = output === undefined ? '' : extname(output).slice(1).toLowerCase();
  const format = values.format ?? (isFormat(ending) ? ending : 'html');
  if (!isFormat(format)) throw new UsageError(`there is no format "${format}"`);
  return { name: 'kit', country, adult, format, fileNames, output, force, files };
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
        country: { type: 'string' },
        adult: { type: 'boolean' },
        format: { type: 'string' },
        names: { type: 'string' },
        output: { type: 'string', short: 'o' },
        force: { type: 'boolean' },
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

function isFormat(value: string): value is KitFormat {
  return FORMATS.includes(value);
}

function isFileNames(value: string): value is FileNames {
  return FILE_NAMES.includes(value);
}
