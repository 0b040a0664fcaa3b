import type { Verdict } from '../client/verdict.js';
import type { Occasion } from '../elements/occasion.js';
import type { Kind } from './kinds.js';

/** A file and what was said of it. */
export interface Finding<F extends Blob = Blob> {
  file: F;
  /** Where it was among the others. */
  place: number;
  kind: Kind;
  verdict: Pick<Verdict, 'action' | 'reasons' | 'fallback'>;
}

/** What to do with a file: what the policy says where it could not be checked. */
export function effect({ verdict }: Finding): NonNullable<Verdict['fallback']> {
  return verdict.action === 'unchecked' ? (verdict.fallback ?? 'block') : verdict.action;
}

/** Whether it is held until somebody was asked. */
export const isHeld = (finding: Finding): boolean => effect(finding) === 'warn' || effect(finding) === 'block';

/** Reasons that somebody can do something about by trying again. */
const PASSING = new Set(['deadline', 'worker-failed', 'not-ready', 'not-readable']);

/** Whether trying again may help. */
export const canRetry = ({ verdict }: Finding): boolean =>
  verdict.action === 'unchecked' && verdict.reasons.some((reason) => PASSING.has(reason));

/** What to call it, the weightiest first. */
const NAMED: readonly NonNullable<Occasion['finding']>[] = ['own-list', 'hash-list', 'explicit', 'suggestive'];

/** What a verdict is about, as somebody is told. */
export function nameOf({ verdict }: Finding): NonNullable<Occasion['finding']> {
  if (verdict.action === 'unchecked') return 'unchecked';
  return NAMED.find((name) => verdict.reasons.includes(name)) ?? 'unchecked';
}

const STRICTNESS = { allow: 0, notice: 1, warn: 2, block: 3 } as const;

/** The finding that says how to ask about all of them: the strictest, and of those one that was looked at. */
export function weightiest(findings: readonly [Finding, ...Finding[]]): Finding {
  const weight = (one: Finding) => STRICTNESS[effect(one)] * 2 + (one.verdict.action === 'unchecked' ? 0 : 1);
  return findings.reduce((most, one) => (weight(one) > weight(most) ? one : most));
}
