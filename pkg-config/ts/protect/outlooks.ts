import type { Messages, MessageOutlook } from '../messages/messages.js';

/** Conversations whose last outlook is remembered: those that somebody may be writing in right now. */
const MOST = 200;

/** What the message engine last said of each conversation, so that the pause can speak to it. */
export class Outlooks {
  readonly #last = new Map<string, MessageOutlook>();
  /** How worrying a conversation is by now: it may have been forgotten since. */
  #level: Messages['level'] | undefined;

  /** The same engine, listened to. */
  listenTo(messages: Pick<Messages, 'check' | 'picture'> & Partial<Pick<Messages, 'level'>>): Pick<Messages, 'check' | 'picture'> {
    this.#level = messages.level?.bind(messages);
    return {
      check: (peer, message) => this.#keep(peer, messages.check(peer, message)),
      picture: (peer, event, at) => this.#keep(peer, messages.picture(peer, event, at)),
    };
  }

  /** What was said last, if it was anything to speak of. */
  of(peer: string | undefined): MessageOutlook | undefined {
    const outlook = peer === undefined ? undefined : this.#last.get(peer);
    const isOver = peer === undefined || this.#level?.(peer) === null;
    return isOver || outlook?.level === null ? undefined : outlook;
  }

  #keep(peer: string, outlook: MessageOutlook): MessageOutlook {
    this.#last.delete(peer);
    this.#last.set(peer, outlook);
    const [oldest] = this.#last.keys();
    if (this.#last.size > MOST && oldest !== undefined) this.#last.delete(oldest);
    return outlook;
  }
}
