/** How worrying a conversation is. */
export type MessageLevel = 'notice' | 'caution' | 'warn';

/** What a conversation looks like most. */
export type MessagePattern =
  | 'sextortion'
  | 'coercion'
  | 'picture-request'
  | 'grooming'
  | 'meeting'
  | 'impersonation'
  | 'false-offer';

/** What helps, in codes. The words are the app's. */
export type MessageAdvice =
  | 'not-your-fault'
  | 'do-not-pay'
  | 'stop-replying'
  | 'keep-messages'
  | 'tell-someone'
  | 'removal-services'
  | 'block-and-report'
  | 'you-may-say-no'
  | 'do-not-send'
  | 'no-secrets'
  | 'do-not-meet-alone'
  | 'keep-details'
  | 'check-who'
  | 'keep-codes'
  | 'nothing-for-free'
  | 'get-help';

/** One message of a conversation. */
export interface ChatMessage {
  /** Who wrote it: the other side, or the user. */
  from: 'peer' | 'self';
  /** What was written. It is not kept. */
  text: string;
  /**
   * When it came, as a `Date` or in milliseconds since 1970, by this device's clock or your server's: signs fade with time, so
   * never what the sender's device says. Default: now.
   */
  at?: Date | number | undefined;
}

/** What an app knows of the other side. Every fact may be absent, and absent is not the same as good; others are ignored. */
export interface PeerAbout {
  /** Whether the user knows this person outside the app, or has saved the contact. */
  known?: boolean | null | undefined;
  /** The age that the other side gives or implies, in years. */
  claimed_age?: number | null | undefined;
  /** What the other side is to the user; anything else is not known. */
  relation?:
    | 'stranger'
    | 'friend'
    | 'family'
    | 'coach'
    | 'teacher'
    | 'classmate'
    | 'coworker'
    | 'online-friend'
    | (string & {})
    | null
    | undefined;
}

/** What is to be said of a conversation. */
export interface MessageOutlook {
  /** How worrying it is by now; `null` if it is not. */
  level: MessageLevel | null;
  /** Whether that is higher than what was said before: the moment to speak up. */
  raised: boolean;
  /** Signs, in codes, the weightiest first. Empty without a level. */
  reasons: readonly string[];
  /** What it looks like most. `null` without a level. */
  pattern: MessagePattern | null;
  /** What helps, the most urgent first. Empty without a level. */
  advice: readonly MessageAdvice[];
  /** Whether the message was longer than 64 KiB, so that its end was not looked at. */
  cut: boolean;
}

/** What a text would give away. */
export interface OutgoingDetails {
  /** What the policy says is to happen before it goes out. */
  action: 'allow' | 'notice' | 'warn' | 'block';
  /** What it would give away, each once. */
  details: readonly ('phone-number' | 'address' | 'school' | 'meeting-place')[];
}

/** A part of a message that is a sign of something. */
export interface ExplainedSpan {
  /** What it is a sign of. */
  signal: string;
  /** From where in the text. */
  start: number;
  /** To where, this not included. */
  end: number;
}

/** What happened to an intimate picture, as the picture guard knows it. */
export type PictureEvent = 'sent' | 'held-back' | 'received';

/** What a signed language pack says of itself. */
export interface LanguagePackInfo {
  /** Who signed it: an Ed25519 public key, 64 hexadecimal digits. */
  issuer: string;
  /** What its issuer calls it. */
  name: string;
  /** The language, a BCP 47 tag. */
  language: string;
  /** Which issue it is; later ones are higher. */
  version: number;
  /** When it was made, in seconds since 1970. */
  issued: number;
  /** From when on it is not used, in seconds since 1970. */
  expires: number;
  /** Number of rules. */
  rules: number;
}

/** The signed language packs beside those of the package. */
export interface LanguagePacks {
  /**
   * Takes a pack that one of the trusted issuers signed. What was in use stays in use where it is refused.
   *
   * @throws MessageError `pack/…` says why; `store/failed`.
   */
  take(pack: ArrayBuffer | Uint8Array): Promise<'new' | 'newer' | 'same'>;
  /** Stops using a pack. Throws `MessageError` `pack/unknown`; `store/failed`. */
  drop(issuer: string, name: string): Promise<void>;
  /** Those that were taken. */
  readonly inUse: readonly LanguagePackInfo[];
  /** Those in the store that were refused at the start. */
  readonly refused: readonly { key: string; code: string }[];
}

/**
 * Looks at conversations as they grow, on the thread that asks, within a tenth of a millisecond. It remembers how much there
 * was of each sign, some 140 bytes a conversation, and no text. At most 10,000 conversations are remembered; of more, those
 * that worry least and were longest quiet are forgotten.
 */
export interface Messages {
  /** Says what is known of the other side. Throws `MessageError` `message/peer`, `message/form`. */
  meet(peer: string, about: PeerAbout): void;
  /**
   * Takes the next message of a conversation.
   *
   * @throws MessageError `message/…`.
   */
  check(peer: string, message: ChatMessage): MessageOutlook;
  /** Takes what happened to an intimate picture. Throws `MessageError` `message/…`. */
  picture(peer: string, event: PictureEvent, at?: Date | number): MessageOutlook;
  /** What a text would give away, before it goes to somebody whom the user does not know. Nothing is remembered. */
  beforeSending(peer: string, text: string): OutgoingDetails;
  /** Which parts of a message are signs of what: for the user's own screen, nobody else's. Nothing is remembered. */
  explain(message: Pick<ChatMessage, 'from' | 'text'>): ExplainedSpan[];
  /** How worrying a conversation is, as `conversation_level` of a contact's facts. */
  level(peer: string): MessageLevel | null;
  /** Forgets a conversation. */
  forget(peer: string): void;
  /** A conversation, for keeping: numbers, no text. `null` if there is none. */
  state(peer: string): Uint8Array | null;
  /** Goes on with a conversation that was kept. Throws `MessageError` `message/…`. */
  restore(peer: string, state: Uint8Array): void;
  /** How many conversations are remembered. */
  readonly count: number;
  /** Signed language packs. */
  readonly packs: LanguagePacks;
}
