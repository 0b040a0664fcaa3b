import { createMessages, type ChatMessage, type MessageOutlook, type Messages } from 'pausepoint/messages';
import type { Guard } from 'pausepoint/protect';
import type { Person } from './people.js';
import type { Age } from './text.js';

/** The message engine of the age in force. What it remembers moves on to the next one: numbers, no text. */
export class Talk {
  readonly #people = new Map<string, Person>();
  #engine: Messages | null = null;
  #starting: Promise<Messages> = Promise.reject(new Error('not started'));

  constructor() {
    this.#starting.catch(() => {});
  }

  /** What the guard is given: it may be made before the engine is there, and asks it only later. */
  readonly forGuard: Pick<Messages, 'check' | 'picture'> = {
    check: (peer, message) => this.#now.check(peer, message),
    picture: (peer, event, at) => this.#now.picture(peer, event, at),
  };

  start(age: Age): Promise<unknown> {
    const before = this.#engine;
    const starting = createMessages({ ageBand: age }).then((engine) => {
      for (const person of this.#people.values()) {
        const state = before?.state(person.id) ?? null;
        if (state !== null) engine.restore(person.id, state);
        engine.meet(person.id, person.about);
      }
      return (this.#engine = engine);
    });
    starting.catch(() => {});
    return (this.#starting = starting);
  }

  meet(person: Person): void {
    this.#people.set(person.id, person);
    this.#engine?.meet(person.id, person.about);
  }

  /** Takes the next message of a conversation; `null` where there is no engine or it was exchanged meanwhile. */
  async check(guard: Promise<Guard>, peer: string, message: ChatMessage): Promise<MessageOutlook | null> {
    try {
      // By the guard, so that the pause knows what the conversation looks like.
      const [ready] = await Promise.all([guard, this.#starting]);
      return ready.checkMessage(peer, message);
    } catch {
      return null;
    }
  }

  /** The engine, where it has started; otherwise nothing can be said yet. */
  async engine(): Promise<Messages | null> {
    return this.#starting.catch(() => null);
  }

  forget(person: Person): void {
    this.#engine?.forget(person.id);
    this.#engine?.meet(person.id, person.about);
  }

  get #now(): Messages {
    if (this.#engine === null) throw new Error('the message engine has not started');
    return this.#engine;
  }
}
