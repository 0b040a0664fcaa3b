import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import type { FileNames } from '../kit/index.js';
import type { AgeBand, ModelName } from '../node/index.js';
import type { ContactCommand } from './contact.js';
import type { Language } from '../messages/options.js';
import { LIST_OPTIONS, type ListCommand, listCommand, type MatchCommand, matchCommand } from './list-args.js';
import type { MessagesCommand } from './messages.js';
import type { PackCommand } from './pack.js';
import { PACK_OPTIONS, packCommand } from './pack-args.js';
import type { PolicyCommand } from './policy.js';
import { type StripCommand, stripCommand } from './strip.js';
import { UsageError } from './usage-error.js';

export { UsageError } from './usage-error.js';

/** What the command line asks for. */
export type Command =
  | { name: 'help' }
  | { name: 'version' }
  | { name: 'check'; json: boolean; policy: AgeBand | { file: string }; model: ModelName; files: string[] }
  | { name: 'hash'; json: boolean; orientations: boolean; files: string[] }
  | StripCommand
  | ContactCommand
  | MessagesCommand
  | PolicyCommand
  | KitCommand
  | MatchCommand
  | ListCommand
  | PackCommand;

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

const AGE_BANDS: readonly string[] = ['under-13', '13-15', '16-17', 'adult'] satisfies AgeBand[];
const MODELS: readonly string[] = ['mid', 'small'] satisfies ModelName[];
const LANGUAGE_NAMES: readonly string[] = ['en', 'es', 'de', 'fr'] satisfies Language[];
const FORMATS: readonly string[] = ['csv', 'json', 'html'] satisfies KitFormat[];
const FILE_NAMES: readonly string[] = ['page', 'all', 'none'] satisfies FileNames[];

export const USAGE = `Usage: pausepoint check [--json] [--policy P] [--model mid|small] FILE…
       pausepoint hash [--json] [--all-orientations] FILE…
       pausepoint strip [--json] FILE --output FILE [--force]
       pausepoint kit [--country CC] [--adult] [--format csv|json|html]
                      [--names page|all|none] [--output FILE [--force]] FILE…
       pausepoint contact [--json] [--policy P] [--profile R]… FILE…
       pausepoint messages [--json] [--policy P] [--lang L] FILE…
       pausepoint policy show [--profile R]… BAND|FILE
       pausepoint policy check [--json] [--profile R]… BAND|FILE
       pausepoint match --list LIST --trust KEY [--json] [--all-orientations]
                        FILE…
       pausepoint list keygen --output KEY
       pausepoint list build --key KEY --name NAME --list-version N
                      --expires DATE|DAYSd [--family F] [--threshold BITS]
                      --output LIST [--force] TEXT
       pausepoint list verify --trust KEY [--after N] [--json] LIST
       pausepoint list inspect [--json] LIST
       pausepoint pack build --key KEY --name NAME --pack-version N
                      --expires DATE|DAYSd --output PACK [--force] TEXT
       pausepoint pack verify --trust KEY [--after N] [--json] PACK
       pausepoint pack inspect [--json] PACK

check looks at pictures on this machine and prints one verdict a file. hash
prints what removal services ask for: SHA-256 and MD5 of each file, and of a
picture its PDQ in both families, 512-nearest and full-size. strip writes a
picture without its metadata, such as where it was taken, and prints what that
was; the pixels stay as they are. kit makes a page
with the hashes and what to do when pictures were shared without consent: who
helps, step by step. Nothing is sent anywhere. contact reads facts about
contacts, one JSON object a line, and prints what may happen and why; messages
reads conversations, one JSON object a line, and prints at which turn to speak
up; policy
prints a policy, or which clauses of regulators it meets. match tells which pictures are
in a signed list of hashes; list makes such lists and looks into them. pack makes
signed language packs for messages and looks into them.

  --json               one JSON object a line
  --policy P           age band (under-13, 13-15, 16-17, adult) or a JSON policy
                       file; default: under-13, the strictest, or for contact
                       and messages what the lines say
  --profile R          what a regulator asks for, over the policy: ofcom-icu,
                       eu-dsa-28, ico-children, or a file; more than once, if
                       need be
  --lang L             en, es, de or fr: the only language that is looked for
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
  --list LIST          the list that is searched
  --trust KEY          the issuer whose lists are believed: 64 hexadecimal digits,
                       or a file with the public key
  --key KEY            the issuer's private key (Ed25519, PEM); keygen makes one
  --list-version N     which issue it is; each is to have a higher one
  --pack-version N     the same of a language pack
  --expires WHEN       a date, or a number of days such as 90d
  --family F           512-nearest (default) or full-size
  --threshold BITS     in how many bits a match may differ, 0 to 31 (default)
  --after N            refuses all but later issues than this one
  TEXT                 a hash a line, perhaps with a comma and a label; or CSV with
                       the columns hash, label, quality, family; or what
                       pausepoint hash --json prints; for pack the rules, see
                       docs/packs.md
  FILE                 a file; - is standard input
  --help               this text
  --version            the version

Exit status: 0 all allowed (some perhaps with a notice), hashed or written,
1 something warned, blocked, not simply allowed or not met, 2 something could not
be checked, hashed, cleaned or understood, 64 wrong usage.
`;

/** The options that each command takes. */
const OPTIONS: Record<string, readonly string[]> = {
  check: ['json', 'policy', 'model'],
  hash: ['json', 'all-orientations'],
  strip: ['json', 'output', 'force'],
  contact: ['json', 'policy', 'profile'],
  messages: ['json', 'policy', 'lang'],
  'policy show': ['profile'],
  'policy check': ['json', 'profile'],
  kit: ['country', 'adult', 'format', 'names', 'output', 'force'],
  ...LIST_OPTIONS,
  ...PACK_OPTIONS,
};

/** Reads the arguments. Throws `UsageError`. */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help) return { name: 'help' };
  if (values.version) return { name: 'version' };

  const [first, second = ''] = positionals;
  if (first === undefined) throw new UsageError('a command is missing');
  const hasTwoWords = first === 'list' || first === 'policy' || first === 'pack';
  const name = hasTwoWords ? `${first} ${second}` : first;
  const files = positionals.slice(hasTwoWords ? 2 : 1);
  const options = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
  if (options === undefined) throw new UsageError(`there is no command "${name.trim()}"`);
  for (const option of Object.keys(values)) {
    if (!options.includes(option)) throw new UsageError(`--${option} belongs to ${commandsWith(option)}`);
  }
  if (name.startsWith('list ')) return listCommand(name, values, files);
  if (name.startsWith('pack ')) return packCommand(name, values, files);
  if (name.startsWith('policy ')) return policyCommand(name, values, files);
  if (files.length === 0) throw new UsageError('a file is missing');
  if (name === 'strip') return stripCommand(values, files);
  if (name === 'match') return matchCommand(values, files);
  if (name === 'kit') return kitCommand(values, files);
  if (name === 'hash') return { name, json: values.json ?? false, orientations: values['all-orientations'] ?? false, files };
  if (name === 'contact') {
    const { json = false, policy, profile: profiles = [] } = values;
    return { name, json, policy: policy === undefined ? undefined : whose(policy), profiles, files };
  }
  if (name === 'messages') {
    const { json = false, policy, lang } = values;
    if (lang !== undefined && !isLanguage(lang)) throw new UsageError(`there is no language "${lang}"`);
    return { name, json, language: lang, policy: policy === undefined ? undefined : whose(policy), files };
  }
  const { model = 'mid', policy = 'under-13' } = values;
  if (!isModel(model)) throw new UsageError(`there is no model "${model}"`);
  return { name: 'check', json: values.json ?? false, policy: whose(policy), model, files };
}

function policyCommand(name: string, values: ReturnType<typeof parse>['values'], files: string[]): PolicyCommand {
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) throw new UsageError('one age band or policy file is wanted');
  const { json = false, profile: profiles = [] } = values;
  return { name: name === 'policy show' ? 'policy-show' : 'policy-check', json, policy: whose(file), profiles };
}

function whose(policy: string): AgeBand | { file: string } {
  return isAgeBand(policy) ? policy : { file: policy };
}

function commandsWith(option: string): string {
  const commands = Object.entries(OPTIONS).flatMap(([name, options]) => (options.includes(option) ? [name] : []));
  return [commands.slice(0, -1).join(', '), commands.at(-1)].filter(Boolean).join(' and ');
}

function kitCommand(values: ReturnType<typeof parse>['values'], files: string[]): KitCommand {
  const { country, adult = false, output, force = false, names: fileNames = 'page' } = values;
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
        lang: { type: 'string' },
        profile: { type: 'string', multiple: true },
        'all-orientations': { type: 'boolean' },
        country: { type: 'string' },
        adult: { type: 'boolean' },
        format: { type: 'string' },
        names: { type: 'string' },
        list: { type: 'string' },
        trust: { type: 'string' },
        key: { type: 'string' },
        name: { type: 'string' },
        'list-version': { type: 'string' },
        'pack-version': { type: 'string' },
        expires: { type: 'string' },
        family: { type: 'string' },
        threshold: { type: 'string' },
        after: { type: 'string' },
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

function isLanguage(value: string): value is Language {
  return LANGUAGE_NAMES.includes(value);
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
