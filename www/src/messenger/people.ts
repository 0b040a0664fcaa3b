import type { ContactFacts } from 'pausepoint/contact';
import type { PeerAbout } from 'pausepoint/messages';

/** Somebody at the other end. All of them are invented. */
export interface Person {
  id: string;
  name: string;
  /** Who that is, in a few words. */
  who: string;
  /** One of the tints of the style sheet. */
  tint: 'teal' | 'plum' | 'sand' | 'sky' | 'stone';
  /** What the message engine is told. */
  about: PeerAbout;
  /** What was written before the page was opened. */
  before?: readonly (readonly [from: 'peer' | 'self', text: string])[];
}

/** Somebody who wants to write for the first time. */
export interface Stranger extends Person {
  /** What the contact gate is told, beside the user's own age. */
  facts: Pick<ContactFacts, 'kind' | 'peer'>;
}

export const ANA: Person = {
  id: 'ana',
  name: 'Ana',
  who: 'from your class',
  tint: 'teal',
  about: { known: true, relation: 'classmate' },
  before: [
    ['peer', 'Are you coming to practice on Thursday?'],
    ['self', 'Yes, unless it rains'],
  ],
};

export const NOOR: Person = {
  id: 'noor',
  name: 'Noor',
  who: 'your aunt',
  tint: 'sky',
  about: { known: true, relation: 'family' },
  before: [['peer', 'The plums are ripe. Come by when you like']],
};

/** Let in before anybody knew better, as it happens. */
export const MILO: Person = {
  id: 'milo',
  name: 'milo_plays',
  who: 'from a game, says 15',
  tint: 'plum',
  about: { known: false, relation: 'online-friend', claimed_age: 15 },
};

export const LOU: Person = {
  id: 'lou',
  name: 'Lou',
  who: 'sells used skates, an adult',
  tint: 'sand',
  about: { known: false, relation: 'stranger' },
};

/** An adult whom nobody knows, and nothing else that speaks against them. */
export const ROB: Stranger = {
  id: 'rob',
  name: 'Rob K.',
  who: 'an adult whom you do not know',
  tint: 'stone',
  about: { known: false, relation: 'stranger' },
  facts: {
    kind: 'message-request',
    peer: {
      age: { range: [34, 34], method: 'verified', level: 'standard' },
      ties: [],
      mutual_contacts: 0,
      account_age_days: 400,
      country_mismatch: false,
      reports_by_minors: 0,
      blocks_by_minors: 0,
      minors_contacted_recently: 1,
      device_banned: false,
    },
  },
};

/** One that has written to many, and was reported. */
export const SUNNY: Stranger = {
  id: 'sunny',
  name: 'sunny.smile',
  who: 'a new account',
  tint: 'stone',
  about: { known: false, relation: 'stranger' },
  facts: {
    kind: 'message-request',
    peer: { ties: [], mutual_contacts: 0, account_age_days: 6, reports_by_minors: 2, blocks_by_minors: 3, minors_contacted_recently: 14 },
  },
};

export const PEOPLE: readonly Person[] = [ANA, NOOR, MILO, LOU];
