import type { Occasion } from '../elements/occasion.js';
import type { Verify } from '../elements/verify.js';
import type { Guardian } from '../guardian/guardian.js';

/** Who can let something go on, and whether they did. */
export interface GuardianCheck {
  wayOn: Occasion['wayOn'];
  verify: Verify | undefined;
  /** Whether the way on is open: by itself, or since a guardian's code was right. */
  isOpen(): boolean;
}

/** A guardian's code for one question. Where there is no guardian, nobody can let it go on. */
export function guardianCheck(wayOn: Occasion['wayOn'], guardian: Pick<Guardian, 'confirm'> | undefined): GuardianCheck {
  if (wayOn !== 'guardian') return { wayOn, verify: undefined, isOpen: () => wayOn === 'deliberate' };
  if (guardian === undefined) return { wayOn: 'none', verify: undefined, isOpen: () => false };
  let isRight = false;
  const verify: Verify = async (pin) => {
    try {
      await guardian.confirm({ pin });
      isRight = true;
      return { ok: true };
    } catch (error) {
      const seconds = (error as { waitSeconds?: unknown } | null)?.waitSeconds;
      return { ok: false, waitSeconds: typeof seconds === 'number' && seconds > 0 ? seconds : null };
    }
  };
  return { wayOn, verify, isOpen: () => isRight };
}
