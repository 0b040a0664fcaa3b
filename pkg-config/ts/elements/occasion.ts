import type { AgeBand } from '../client/options.js';
import type { MessageAdvice, MessageLevel, MessagePattern } from '../messages/messages.js';

/** What an intervention is about. Codes and counts only: no picture, no score, no text of a message. */
export interface Occasion {
  /** A picture is about to go out, is about to be shown, or a conversation has turned. */
  about: 'sending' | 'showing' | 'conversation';
  /** What was noticed. Absent with a conversation. */
  finding?: 'explicit' | 'suggestive' | 'own-list' | 'hash-list' | 'unchecked';
  media: 'picture' | 'video' | 'mixed';
  /** How many it is about, … */
  count: number;
  /** … and of how many. */
  of: number;
  ageBand: AgeBand;
  /** Whether there is a way on: by a deliberate step, by a guardian's code, or not at all. A conversation always goes on. */
  wayOn: 'deliberate' | 'guardian' | 'none';
  /** With `unchecked`: whether trying again may help. */
  canRetry: boolean;
  /** What the message engine says of the conversation, if it was asked: makes the sextortion and distress variants. */
  outlook?: { level: MessageLevel; pattern: MessagePattern | null; advice: readonly MessageAdvice[] } | undefined;
  /** Which ways out the host can carry out. */
  offers: { block: boolean; someone: boolean };
}

/** What was noticed about a picture. */
export type Finding = NonNullable<Occasion['finding']>;

/** What the person chose. `stop`: do not send / do not show. `someone`: message someone they trust. */
export type Choice = 'go-on' | 'stop' | 'block' | 'someone' | 'retry';

/** Where the "already sent it?" flow begins. */
export type HelpTopic = 'sent-mine' | 'someone-else' | 'pressed' | 'help';
