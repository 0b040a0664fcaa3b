import type { MessagesEngine, MessagesGlue } from './engine.js';
import { MessageError } from './message-error.js';
import type { ChatMessage, ExplainedSpan, MessageLevel, MessageOutlook, Messages, OutgoingDetails, PeerAbout, PictureEvent } from './messages.js';
import { type Language, LANGUAGES, type MessagesOptions } from './options.js';
import { PackDesk } from './pack-desk.js';

/** The languages that are asked for. Throws `MessageError`. */
export function languagesOf({ languages = LANGUAGES }: MessagesOptions): readonly Language[] {
  if (languages.length === 0 || languages.some((language) => !LANGUAGES.includes(language))) throw new MessageError('options/form');
  return [...new Set(languages)];
}

/** Makes the engine and what is shown of it. Throws `MessageError`. */
export async function messagesOf(glue: MessagesGlue, packs: readonly Uint8Array[], options: MessagesOptions): Promise<Messages> {
  const { policy, trustedIssuers: trusted, store } = options;
  // A policy says itself whom it is for.
  const ageBand = policy == null ? (options.ageBand ?? 'under-13') : undefined;
  const engine = carefully(() => new glue.Messages(JSON.stringify({ ageBand, policy, trusted })));
  for (const pack of packs) carefully(() => engine.addBundled(pack));
  const desk = new PackDesk(engine, store);
  await desk.restore();
  return new LiveMessages(engine, desk);
}

class LiveMessages implements Messages {
  readonly #engine: MessagesEngine;
  readonly packs: PackDesk;

  constructor(engine: MessagesEngine, packs: PackDesk) {
    this.#engine = engine;
    this.packs = packs;
  }

  meet(peer: string, about: PeerAbout): void {
    if (typeof about !== 'object' || about === null || Array.isArray(about)) throw new MessageError('message/form');
    carefully(() => this.#engine.meet(text(peer), JSON.stringify(about)));
  }

  check(peer: string, message: ChatMessage): MessageOutlook {
    return answered(carefully(() => this.#engine.check(text(peer), isOwn(message), text(message.text), seconds(message.at))));
  }

  picture(peer: string, event: PictureEvent, at?: Date | number): MessageOutlook {
    return answered(carefully(() => this.#engine.picture(text(peer), text(event), seconds(at))));
  }

  beforeSending(peer: string, draft: string): OutgoingDetails {
    return JSON.parse(carefully(() => this.#engine.beforeSending(text(peer), text(draft)))) as OutgoingDetails;
  }

  explain(message: Pick<ChatMessage, 'from' | 'text'>): ExplainedSpan[] {
    return JSON.parse(carefully(() => this.#engine.explain(isOwn(message), text(message.text)))) as ExplainedSpan[];
  }

  level(peer: string): MessageLevel | null {
    return JSON.parse(carefully(() => this.#engine.level(text(peer)))) as MessageLevel | null;
  }

  forget(peer: string): void {
    carefully(() => this.#engine.forget(text(peer)));
  }

  state(peer: string): Uint8Array | null {
    return carefully(() => this.#engine.state(text(peer))) ?? null;
  }

  restore(peer: string, state: Uint8Array): void {
    carefully(() => this.#engine.restore(text(peer), state));
  }

  get count(): number {
    return carefully(() => this.#engine.count());
  }
}

/** Anything but text is no message. */
function text(value: unknown): string {
  if (typeof value !== 'string') throw new MessageError('message/form');
  return value;
}

function isOwn({ from }: Pick<ChatMessage, 'from'>): boolean {
  if (from !== 'peer' && from !== 'self') throw new MessageError('message/form');
  return from === 'self';
}

/** The core has no clock. */
function seconds(at: Date | number = Date.now()): number {
  const time = Math.floor(Number(at) / 1000);
  if (!Number.isSafeInteger(time)) throw new MessageError('message/form');
  return time;
}

function answered(json: string): MessageOutlook {
  const reply = JSON.parse(json) as MessageOutlook | { error: string };
  if ('error' in reply) throw new MessageError(reply.error);
  return reply;
}

/** What the engine throws has a code for a message, unless it broke. */
export function carefully<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof MessageError) throw error;
    const code = error instanceof Error ? error.message : '';
    throw new MessageError(/^[a-z]+\/[a-z-]+$/.test(code) ? code : 'engine/failed');
  }
}
