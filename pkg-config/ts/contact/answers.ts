import type { ContactKind } from './facts.js';

/**
 * What may happen, from mild to strict: it may; the user is asked first; it is kept apart, without a preview and without a
 * sound; a guardian is asked first; it is not shown; it may not.
 */
export type ContactDecision = 'allow' | 'confirm' | 'quarantine' | 'ask-guardian' | 'hide' | 'block';

/** What may happen, and why. */
export interface ContactAnswer {
  /** The app's name for the contact. */
  id: string | null;
  /** What may happen. */
  decision: ContactDecision;
  /**
   * Stable codes: what a regulator asks for if that decided, the rule of the table, and the conditions that made it
   * match.
   */
  reasons: string[];
  /** Facts that are absent and could have changed the decision, such as `peer.age`. */
  missing: string[];
  /** Which state of the rules decided. */
  policy_version: string;
  /** What to tell the user now, in codes; only where a profile asks for something. */
  tell?: string[];
}

/** Whether somebody is suggested. */
export interface SuggestionAnswer {
  /** Place in what was given. */
  index: number;
  /** The app's name for the contact. */
  id: string | null;
  /** Whether both may see each other as a suggestion. */
  shown: boolean;
  /** The stricter one of both ways. */
  decision: ContactDecision;
  /** Why; a code of `ContactError` for facts that cannot be. */
  reasons: string[];
  /** Facts that are absent and could have changed that. */
  missing: string[];
}

/** What is left of a recommender's output. */
export interface Suggestions<Facts> {
  /** Who may be shown, as given, in that order. */
  shown: Facts[];
  /** Who may not, and why. */
  hidden: SuggestionAnswer[];
}

/** What a look at an existing connection found. */
export interface ConnectionFinding {
  /** Place in what was given. */
  index: number;
  /** The app's name for the contact. */
  id: string | null;
  /** Nothing to do; look at it together; or end it, as it would not come about today. */
  advice: 'keep' | 'review' | 'end';
  /** What would be decided about a message now. */
  decision: ContactDecision;
  /** Why; a code of `ContactError` for facts that cannot be. */
  reasons: string[];
  /** Facts that are absent and could have changed that. */
  missing: string[];
  /** Kinds of contact about which something else than `allow` would be decided. */
  limits: [kind: ContactKind, decision: ContactDecision][];
}

/** Whether a policy meets a clause of a profile by itself. */
export interface ClauseFinding {
  /** The clause. */
  clause: string;
  /** Whether it does. What the user is told comes with the profile, so a clause that asks for that only is met. */
  is_met: boolean;
  /** What undercuts it: names of the profile's floors, and settings as JSON pointers. */
  short_of: string[];
  /** What stays with the app in any case. */
  host: string | null;
}
