import type { AgeBand } from '../client/options.js';

// Facts and answers have the names that they have on disk, so that a line of a file is an argument.

/** What is about to happen. */
export type ContactKind =
  | 'suggestion'
  | 'connect-request'
  | 'message-request'
  | 'message'
  | 'group-add'
  | 'call'
  | 'link-out'
  | 'location-share';

/** How an age is known. */
export type AgeMethod = 'declared' | 'verified' | 'estimated' | 'inferred' | 'guardian';

/** How sure that is. */
export type AgeLevel = 'asserted' | 'basic' | 'standard' | 'enhanced' | 'strict';

/** What is known of somebody's age. */
export interface AgeEvidence {
  /** From and to, in years, 0…130, both included, at the time of `checked_at`. */
  range: [from: number, to: number];
  /** How it is known. */
  method: AgeMethod;
  /** How sure that is. */
  level: AgeLevel;
  /** When it was found out, RFC 3339 or a date; unknown counts as now. */
  checked_at?: string | null | undefined;
}

/** How the two know each other, as far as the app has verified that. */
export type Tie = 'contacts' | 'in-person' | 'guardian' | 'household' | 'school';

/** What an app knows of a contact. Every fact may be absent or `null`, and absent is not the same as good. */
export interface ContactFacts {
  /** The app's name for the contact, which is given back; a guardian's decisions are found by it. */
  id?: string | null | undefined;
  /** What is about to happen. */
  kind: ContactKind;
  /** Who began it: `incoming`, the default, is the other side. */
  direction?: 'incoming' | 'outgoing' | null | undefined;
  /** What time it is, RFC 3339. Default: now. */
  now?: string | Date | null | undefined;
  /** The user. */
  self?: { age_band?: AgeBand | null | undefined; age?: AgeEvidence | null | undefined } | null | undefined;
  /** The other side. */
  peer?: PeerFacts | null | undefined;
  /** What was decided before. */
  history?:
    | { user?: 'accepted' | 'blocked' | null | undefined; guardian?: 'approved' | 'denied' | null | undefined }
    | null
    | undefined;
  /** How dangerous the conversation looks so far. */
  conversation_level?: 'notice' | 'caution' | 'warn' | null | undefined;
}

/** What an app knows of the other side. Counts are whole numbers from 0 on. */
export interface PeerFacts {
  /** What is known of the age. */
  age?: AgeEvidence | null | undefined;
  /** How the two know each other. */
  ties?: readonly Tie[] | null | undefined;
  /** Contacts that they share. They can be farmed. */
  mutual_contacts?: number | null | undefined;
  /** Age of the account, in days. */
  account_age_days?: number | null | undefined;
  /** Whether the other side writes from another country. */
  country_mismatch?: boolean | null | undefined;
  /** Reports by minors. */
  reports_by_minors?: number | null | undefined;
  /** Blocks by minors. */
  blocks_by_minors?: number | null | undefined;
  /** Minors to whom the other side has written in the last days. */
  minors_contacted_recently?: number | null | undefined;
  /** Whether this device was banned before. */
  device_banned?: boolean | null | undefined;
}
