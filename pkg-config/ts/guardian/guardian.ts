import type { ContactKind } from '../contact/facts.js';
import type { ListStore } from '../client/lists.js';
import type { AgeBand } from '../client/options.js';

/** What a guardian has set. */
export interface GuardianSettings {
  /** Grows by one with every change. */
  revision: number;
  /** Whose rules hold. */
  age_band: Exclude<AgeBand, 'adult'>;
  /** Names of regulators' profiles. */
  profiles: string[];
  /** Contacts that were decided about. */
  approvals: { contact: string; label: string; decision: 'approved' | 'denied'; at: string }[];
  /** Times of milder rules: those of the next older band. */
  relaxations: { what: Relaxed; from: string; until: string }[];
  /** When it was set up. */
  created_at: string;
}

/** Which rules are milder for a while. */
export type Relaxed = 'pictures' | 'contacts' | 'all';

/** What is told to the user: what a guardian sees, decides, and never sees. In codes. */
export interface Told {
  sees: ('settings' | 'approval-requests' | 'approved-contacts' | 'pause-counts')[];
  decides: ('age-band' | 'profiles' | 'contact-approvals' | 'relaxations' | 'pin')[];
  never: ('pictures' | 'messages' | 'scores' | 'hashes' | 'help-used' | 'journal')[];
}

/** What the settings are worth. */
export type GuardianState =
  | { is: 'not-set-up' }
  | {
      is: 'open';
      settings: GuardianSettings;
      told: Told;
      /** Which settings these are, in all their revisions: the public key that their signatures are checked with. */
      key: string;
      /** Contacts that were decided about by code. */
      byCode: string[];
      /** Why earlier decisions by code were dropped, if they were. */
      dropped: string | null;
    }
  /** They do not hold, and the strictest preset does. `code` is one of `GuardianError`. */
  | { is: 'broken'; code: string };

/** What proves somebody to be the guardian, as it was typed. */
export type Secret = { pin: string } | { recovery: string };

/** A change of the settings. */
export type GuardianChange =
  | { change: 'set-age-band'; age_band: Exclude<AgeBand, 'adult'> }
  | { change: 'set-profiles'; profiles: readonly string[] }
  | { change: 'decide'; contact: string; label: string; decision: 'approved' | 'denied' }
  | { change: 'forget'; contact: string }
  /** `until`: RFC 3339; at most 24, 72 or 168 hours from now, by the band. */
  | { change: 'relax'; what: Relaxed; until: string }
  | { change: 'end-relaxations' };

/** Whom the user asks for. */
export interface Wish {
  /** The app's id of the contact, 1…128 characters. */
  contact: string;
  /** What people call the contact, at most 64 characters. */
  label: string;
  /** What is about to happen. */
  kind: ContactKind;
}

/** What became of an answer. */
export type AnswerOutcome =
  | { outcome: 'decided'; decision: 'approved' | 'denied'; contact: string }
  | { outcome: 'wrong'; left: number }
  | { outcome: 'expired' };

/** What a school or an administrator asks for, from managed storage, say. It only ever makes things stricter. */
export interface Managed {
  /** Who asks; it is told to the user. */
  name: string;
  /** The oldest band whose rules may hold. */
  age_band?: AgeBand | undefined;
  /** Names of regulators' profiles. */
  profiles?: readonly string[] | undefined;
  /** Whether a guardian may make rules milder for a while. Default: yes. */
  relaxations?: boolean | undefined;
  /** Contacts that are denied. */
  denied?: readonly string[] | undefined;
}

/** What holds now: what to give `createGuard` and `createContacts`. */
export interface Holds {
  /** The policy. */
  policy: Record<string, unknown>;
  /** Names of the profiles over it. */
  profiles: string[];
  /** What was decided about contacts, for `contacts.setGuardianDecisions`. */
  decisions: Record<string, 'approved' | 'denied'>;
  /** What makes it another thing than the preset, for the user to know. */
  because: ('settings-broken' | 'guardian' | 'pictures-relaxed' | 'contacts-relaxed' | 'managed')[];
  /** Who manages this device. */
  managedBy: string | null;
  /** Until when this is so, if a time of milder rules ends by itself: RFC 3339. */
  until: string | null;
}

/** Options of `openGuardian`. */
export interface GuardianOptions {
  /** Where the settings are kept: `localStore` or `fileStore` of `pausepoint/store`, or the app's own. */
  store: ListStore;
  /**
   * A second place, which tells whether the settings are the last ones: an account, the operating system's keychain, or
   * another database. Default: the same store, which whoever can write to it can roll back as a whole.
   */
  anchor?: ListStore | undefined;
  /** Whether PINs can be looked at: starts a worker for that, as it takes a second. Default: no. */
  manage?: boolean | undefined;
  /** Where the parts are. Default: beside this module. */
  assets?: { wasm?: URL | string | undefined; worker?: URL | string | undefined } | undefined;
  /** Gives up opening. */
  signal?: AbortSignal | undefined;
}

/** Guardian settings of this device, and the guardian's side of approvals. Everything throws `GuardianError`. */
export interface Guardian {
  /** What the settings are worth. */
  readonly state: GuardianState;
  /**
   * What holds now.
   *
   * @param options - `ageBand`: what the app has for its user, which holds where nothing is set up (default: `under-13`);
   * `managed`: what a school or an administrator asks for
   */
  holds(options?: { ageBand?: AgeBand | undefined; managed?: Managed | undefined }): Holds;
  /** Calls `listener` when the state changes, also by another page; gives what stops that. */
  onChange(listener: (state: GuardianState) => void): () => void;

  /**
   * Seconds until a PIN may be tried again; 0 where one may be tried now, or where there is none to try. Asking is no
   * try, so that a page can say how long it takes before somebody types.
   */
  pinWait(): Promise<number>;
  /** Sets up. Both codes are shown once: the recovery code for paper, the pairing key for the guardian's own device. */
  setUp(options: {
    pin: string;
    ageBand: Exclude<AgeBand, 'adult'>;
    profiles?: readonly string[] | undefined;
  }): Promise<{ recovery: string; pairing: string }>;
  /** Changes the settings. */
  change(secret: Secret, change: GuardianChange): Promise<void>;
  /** Exchanges the PIN. */
  changePin(old: string, pin: string): Promise<void>;
  /** Sets a new PIN by the recovery code, which ends; gives the new one. */
  recover(recovery: string, pin: string): Promise<{ recovery: string }>;
  /** Makes a new pairing key; the device that had the old one is cut off. */
  pair(secret: Secret): Promise<{ pairing: string }>;
  /** Finds out whether somebody is the guardian, where they let something happen once. Changes nothing. */
  confirm(secret: Secret): Promise<void>;
  /** Makes settings hold again that are authentic, but older than the last ones or without an anchor. */
  reinstate(secret: Secret): Promise<void>;
  /** Ends the guardianship: deletes everything that is stored of it. */
  end(secret: Secret): Promise<void>;

  /** Makes a request for the guardian: eight symbols to say aloud, and a text for a QR code. Valid for 15 minutes. */
  ask(wish: Wish): Promise<{ code: string; text: string }>;
  /** Takes the guardian's answer to a request. */
  accept(code: string, answer: string): Promise<AnswerOutcome>;

  /** On the guardian's device: who is asked for in a request's text. */
  readRequest(text: string): Wish & { code: string };
  /** On the guardian's device: the answer to a request, by the pairing key and the request's code. */
  answer(pairing: string, code: string, decision: 'approved' | 'denied'): string;

  /** Ends the worker. */
  dispose(): void;
}
