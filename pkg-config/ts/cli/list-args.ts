import { UsageError } from './usage-error.js';

/** `match`: which files are in a list. */
export interface MatchCommand {
  name: 'match';
  json: boolean;
  list: string;
  trust: string;
  orientations: boolean;
  files: string[];
}

/** `list …`: making lists of hashes, and looking into them. */
export type ListCommand =
  | { name: 'list-keygen'; output: string }
  | {
      name: 'list-build';
      key: string;
      title: string;
      version: number;
      expires: string;
      family: Family;
      threshold: number;
      output: string;
      force: boolean;
      file: string;
    }
  | { name: 'list-verify'; trust: string; after: number; json: boolean; file: string }
  | { name: 'list-inspect'; json: boolean; file: string };

export type Family = '512-nearest' | 'full-size';

/** The options that these commands know. */
export interface ListValues {
  json?: boolean | undefined;
  force?: boolean | undefined;
  'all-orientations'?: boolean | undefined;
  list?: string | undefined;
  trust?: string | undefined;
  key?: string | undefined;
  name?: string | undefined;
  'list-version'?: string | undefined;
  'pack-version'?: string | undefined;
  expires?: string | undefined;
  family?: string | undefined;
  threshold?: string | undefined;
  after?: string | undefined;
  output?: string | undefined;
}

/** What each of them takes. */
export const LIST_OPTIONS: Record<string, readonly (keyof ListValues)[]> = {
  match: ['json', 'list', 'trust', 'all-orientations'],
  'list keygen': ['output'],
  'list build': ['key', 'name', 'list-version', 'expires', 'family', 'threshold', 'output', 'force'],
  'list verify': ['trust', 'after', 'json'],
  'list inspect': ['json'],
};

const HIGHEST_THRESHOLD = 31;

/** Reads `match`. Throws `UsageError`. */
export function matchCommand(values: ListValues, files: string[]): MatchCommand {
  const { json = false, 'all-orientations': orientations = false } = values;
  return { name: 'match', json, list: wanted(values, 'list'), trust: wanted(values, 'trust'), orientations, files };
}

/** Reads `list KIND`. Throws `UsageError`. */
export function listCommand(kind: string, values: ListValues, files: string[]): ListCommand {
  if (kind === 'list keygen') {
    if (files.length > 0) throw new UsageError('list keygen takes no file');
    return { name: 'list-keygen', output: wanted(values, 'output') };
  }
  const [file, ...others] = files;
  if (file === undefined) throw new UsageError('a file is missing');
  if (others.length > 0) throw new UsageError(`${kind} takes one file`);
  const { json = false, force = false } = values;
  switch (kind) {
    case 'list build': {
      const { family = '512-nearest' } = values;
      if (family !== '512-nearest' && family !== 'full-size') throw new UsageError(`there is no family "${family}"`);
      return {
        name: 'list-build',
        key: wanted(values, 'key'),
        title: wanted(values, 'name'),
        version: whole(wanted(values, 'list-version'), 'list-version', 1, Number.MAX_SAFE_INTEGER),
        expires: wanted(values, 'expires'),
        family,
        threshold: whole(values.threshold ?? `${HIGHEST_THRESHOLD}`, 'threshold', 0, HIGHEST_THRESHOLD),
        output: wanted(values, 'output'),
        force,
        file,
      };
    }
    case 'list verify':
      return {
        name: 'list-verify',
        trust: wanted(values, 'trust'),
        after: whole(values.after ?? '0', 'after', 0, Number.MAX_SAFE_INTEGER),
        json,
        file,
      };
    default:
      return { name: 'list-inspect', json, file };
  }
}

/** An option that has to be there. Throws `UsageError`. */
export function wanted(values: ListValues, option: Exclude<keyof ListValues, 'json' | 'force' | 'all-orientations'>): string {
  const value = values[option];
  if (value === undefined) throw new UsageError(`--${option} is missing`);
  return value;
}

/** A whole number. Throws `UsageError`. */
export function whole(text: string, option: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) throw new UsageError(`--${option} is a whole number from ${least} to ${most}`);
  return value;
}
