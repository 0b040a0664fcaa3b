import { type ListValues, wanted, whole } from './list-args.js';
import type { PackCommand } from './pack.js';
import { UsageError } from './usage-error.js';

/** What each of them takes. */
export const PACK_OPTIONS: Record<string, readonly (keyof ListValues)[]> = {
  'pack build': ['key', 'name', 'pack-version', 'expires', 'output', 'force'],
  'pack verify': ['trust', 'after', 'json'],
  'pack inspect': ['json'],
};

/** Reads `pack KIND`. Throws `UsageError`. */
export function packCommand(kind: string, values: ListValues, files: string[]): PackCommand {
  const [file, ...others] = files;
  if (file === undefined) throw new UsageError('a file is missing');
  if (others.length > 0) throw new UsageError(`${kind} takes one file`);
  const { json = false, force = false } = values;
  switch (kind) {
    case 'pack build':
      return {
        name: 'pack-build',
        key: wanted(values, 'key'),
        title: wanted(values, 'name'),
        version: whole(wanted(values, 'pack-version'), 'pack-version', 1, Number.MAX_SAFE_INTEGER),
        expires: wanted(values, 'expires'),
        output: wanted(values, 'output'),
        force,
        file,
      };
    case 'pack verify':
      return {
        name: 'pack-verify',
        trust: wanted(values, 'trust'),
        after: whole(values.after ?? '0', 'after', 0, Number.MAX_SAFE_INTEGER),
        json,
        file,
      };
    default:
      return { name: 'pack-inspect', json, file };
  }
}
