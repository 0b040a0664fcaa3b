import { createContacts, type ContactDecision, type ContactFacts, type Contacts } from 'pausepoint/contact';
import type { AgeBand } from 'pausepoint';
import type { Holds, Told } from 'pausepoint/guardian';
import {
  CONTACT_DECISIONS,
  duration,
  NEVER,
  NEXT_BAND,
  PICTURE_LINES,
  receiving,
  sending,
  type MinorBand,
  type PictureLine,
  type Situation,
  SITUATIONS,
  uncheckedPicture,
} from './text.js';

/** What the rules of the age groups come to, asked of the rules themselves, so that the page cannot say something else. */
export interface Rules {
  /** What contacts come to, in each band. */
  contacts: Record<AgeBand, Record<Situation, ContactDecision>>;
  /** The presets. */
  presets: Record<AgeBand, Preset>;
  /** Names and titles of regulators' profiles. */
  profiles: { name: string; title: string; bands: string[] }[];
}

type Action = 'allow' | 'notice' | 'warn' | 'block';

interface Thresholds {
  notice: number | null;
  warn: number | null;
  block: number | null;
}

interface PictureRules {
  explicit: Thresholds;
  unchecked: Action;
}

interface Preset {
  picture: { outgoing: PictureRules; incoming: PictureRules };
  guardian: Pick<Told, 'sees' | 'decides'>;
  relaxations: { longest_hours: number };
}

export const MINOR_BANDS: readonly MinorBand[] = ['under-13', '13-15', '16-17'];
const BANDS: readonly AgeBand[] = [...MINOR_BANDS, 'adult'];
/** An age within each band, for the situations. */
const AGES: Record<AgeBand, number> = { 'under-13': 12, '13-15': 14, '16-17': 16, adult: 30 };

/** Asks the rules of each age group. Loads what it needs now, and nothing later. */
export async function readRules(): Promise<Rules> {
  // All of them are the same file, which travels once.
  const all = await Promise.all(BANDS.map(async (ageBand) => [ageBand, await createContacts({ ageBand })] as const));
  const perBand = <T>(of: (contacts: Contacts, band: AgeBand) => T) => Object.fromEntries(all.map(([band, contacts]) => [band, of(contacts, band)])) as Record<AgeBand, T>;
  const [, any] = all[0] as [AgeBand, Contacts];
  const profiles = any.profileNames.map((name) => {
    const { title, bands } = any.profile(name) as { title: string; bands: string[] };
    return { name, title, bands };
  });
  return { contacts: perBand(decisions), presets: perBand((contacts, band) => contacts.preset(band) as unknown as Preset), profiles };
}

function decisions(contacts: Contacts, band: AgeBand): Record<Situation, ContactDecision> {
  const age = (years: number, method: 'verified' | 'declared' = 'verified') => ({ range: [years, years] as [number, number], method, level: 'standard' as const });
  // Nothing else about them is suspicious.
  const quiet = { ties: [], mutual_contacts: 0, account_age_days: 900, country_mismatch: false, reports_by_minors: 0, blocks_by_minors: 0, minors_contacted_recently: 0, device_banned: false };
  const self = { age_band: band, age: age(AGES[band]) };
  const same = age(AGES[band]);
  const facts: Record<Situation, ContactFacts> = {
    stranger: { kind: 'message-request', self, peer: { ...quiet, age: age(35) } },
    claimed: { kind: 'message-request', self, peer: { ...quiet, age: { ...age(AGES[band], 'declared'), level: 'asserted' } } },
    friend: { kind: 'connect-request', self, peer: { ...quiet, age: same, mutual_contacts: 4 } },
    'known-adult': { kind: 'message-request', self, peer: { ...quiet, age: age(35), ties: ['school'] } },
    reported: { kind: 'message-request', self, peer: { ...quiet, age: age(35), reports_by_minors: 3 } },
  };
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, contacts.decide(fact).decision])) as Record<Situation, ContactDecision>;
}

/** A line of plain words about rules. */
export interface RuleLine {
  what: string;
  then: string;
}

/** The rules of an age group in plain words. */
export function linesOf(rules: Rules, band: MinorBand): RuleLine[] {
  const preset = rules.presets[band];
  return [...pictureLines(preset.picture), ...contactLines(rules.contacts[band]), longest(preset)];
}

/** What holds now in plain words. Times of milder rules are in it. */
export function linesNow(rules: Rules, holds: Holds): RuleLine[] {
  const policy = holds.policy as unknown as Preset & { age_band: AgeBand };
  const band = policy.age_band;
  const isMilder = holds.because.includes('contacts-relaxed') && band !== 'adult';
  return [...pictureLines(policy.picture), ...contactLines(rules.contacts[isMilder ? NEXT_BAND[band] : band])];
}

function pictureLines({ outgoing, incoming }: Preset['picture']): RuleLine[] {
  return [line('sending', sending(strictest(outgoing.explicit))), line('receiving', receiving(strictest(incoming.explicit))), line('unchecked', uncheckedPicture(outgoing.unchecked))];
}

function contactLines(decided: Record<Situation, ContactDecision>): RuleLine[] {
  return (Object.keys(SITUATIONS) as Situation[]).map((name) => ({ what: SITUATIONS[name], then: CONTACT_DECISIONS[decided[name]] }));
}

const longest = ({ relaxations }: Preset): RuleLine => line('longest', duration(relaxations.longest_hours));
const line = (name: PictureLine, then: string): RuleLine => ({ what: PICTURE_LINES[name], then });

function strictest({ notice, warn, block }: Thresholds): Action {
  if (block !== null) return 'block';
  if (warn !== null) return 'warn';
  return notice === null ? 'allow' : 'notice';
}

/** What a guardian sees, decides and never sees in an age group, also before anything is set up. */
export function toldOf(rules: Rules, band: MinorBand): Told {
  const { sees, decides } = rules.presets[band].guardian;
  // Fixed for every band, and no policy can change it; the tests compare it with the core.
  return { sees, decides, never: Object.keys(NEVER) as Told['never'] };
}
