import type { UncheckedReason } from '../client/verdict.js';
import type { PictureHashes } from './hashes.js';

/** What the engine says of a picture. */
export type Answer = { Ok: PictureHashes } | { Err: { reason: UncheckedReason; hostDecode: boolean } };

/** Reads what the engine says. */
export function parse(json: string): Answer {
  return JSON.parse(json) as Answer;
}
