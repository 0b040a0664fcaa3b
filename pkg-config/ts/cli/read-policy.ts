import { readFile } from 'node:fs/promises';
import { UsageError } from './usage-error.js';

/** A policy, or a profile, from a file. Throws `UsageError`. */
export async function readPolicy(file: string): Promise<object> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`"${file}" is neither an age band nor a file that can be read`);
  });
  const policy = parseJson(text);
  if (typeof policy !== 'object' || policy === null) throw new UsageError(`"${file}" does not hold a JSON object`);
  return policy;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
