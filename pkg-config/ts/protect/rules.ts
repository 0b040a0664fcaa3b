import others from '../../../src/policy/presets/others.json';
import pictures from '../../../src/policy/presets/picture.json';
import type { Direction } from '../client/check-options.js';
import type { AgeBand } from '../client/options.js';
import type { Verdict } from '../client/verdict.js';

/** What a guard was given, that the pause must know as well. */
export interface PolicySource {
  /** Age band whose preset applies. */
  ageBand?: AgeBand | undefined;
  /** A policy instead of a preset. */
  policy?: object | undefined;
}

/** The part of a policy that is about the pause; docs/policies.md says what its fields mean. */
export interface PauseRules {
  ageBand: AgeBand;
  wayOn: 'deliberate' | 'guardian' | 'none';
  metadata: 'keep' | 'ask' | 'remove';
  /** What to do with what could not be checked, where no guard says so. */
  unchecked: Record<Direction, NonNullable<Verdict['fallback']>>;
}

interface Written {
  age_band?: unknown;
  picture?: { outgoing?: { unchecked?: unknown }; incoming?: { unchecked?: unknown } };
  pause?: { way_on?: unknown; metadata?: unknown } | null;
}

const BANDS: readonly AgeBand[] = ['under-13', '13-15', '16-17', 'adult'];
const STRICTEST = 'under-13';

const one = <T extends string>(value: unknown, of: readonly T[]): T | null => of.find((each) => each === value) ?? null;

/**
 * Reads what a policy says of the pause. What it does not say is the preset's. What it says wrongly is the strictest: the
 * engine, which refuses such a policy, has the word about it.
 */
export function pauseRules({ ageBand, policy }: PolicySource): PauseRules {
  const own = policy as Written | undefined;
  const band = one(ageBand ?? own?.age_band, BANDS) ?? STRICTEST;
  const preset = others.find((each) => each.age_band === band)?.pause;
  const ofBand = pictures.find((each) => each.age_band === band)?.picture;
  const pause = own?.pause ?? preset;
  const fallback = (direction: Direction) =>
    one((own?.picture ?? ofBand)?.[direction]?.unchecked, ['allow', 'notice', 'warn', 'block'] as const) ?? 'block';
  return {
    ageBand: band,
    wayOn: one(pause?.way_on, ['deliberate', 'guardian', 'none'] as const) ?? 'none',
    metadata: one(pause?.metadata, ['keep', 'ask', 'remove'] as const) ?? 'remove',
    unchecked: { outgoing: fallback('outgoing'), incoming: fallback('incoming') },
  };
}
