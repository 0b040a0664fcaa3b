import type { UncheckedReason, Verdict } from './verdict.js';

/** The verdict where no engine has ever run: no policy could be read, so the strictest fallback holds. */
export function strictestUnchecked(reason: UncheckedReason): Verdict {
  return {
    action: 'unchecked',
    reasons: [reason],
    scores: null,
    risk: null,
    fallback: 'block',
    listed: [],
    looked: null,
    hostDecode: false,
    model: null,
    policyVersion: null,
    millis: 0,
  };
}
