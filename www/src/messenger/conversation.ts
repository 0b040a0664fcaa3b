import type { ContactDecision } from 'pausepoint/contact';
import type { ExplainedSpan, MessageOutlook } from 'pausepoint/messages';
import type { Person } from './people.js';

/** What stands in a thread. */
export type Item =
  | { is: 'text'; from: 'peer' | 'self'; text: string; spans: readonly ExplainedSpan[] }
  | { is: 'media'; from: 'peer' | 'self'; file: File }
  /** Said by the messenger, of what became of something. */
  | { is: 'line'; text: string }
  | { is: 'caution'; outlook: MessageOutlook }
  /** Something that lives in the thread for a while. */
  | { is: 'live'; element: HTMLElement };

/** Where a conversation is listed. */
export type Place = 'chats' | 'requests' | 'away';

/** One conversation as the messenger keeps it: in memory only. */
export interface Conversation {
  person: Person;
  place: Place;
  /** What the contact gate said of a request. */
  gate: { decision: ContactDecision; reasons: readonly string[] } | null;
  items: Item[];
  isBlocked: boolean;
  /** Arrived while another conversation was open. */
  isUnread: boolean;
}

export const begin = (person: Person, place: Place = 'chats'): Conversation => ({ person, place, gate: null, items: [], isBlocked: false, isUnread: false });
