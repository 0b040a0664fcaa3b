import type { Contacts } from 'pausepoint/contact';
import type { MessageOutlook } from 'pausepoint/messages';
import type { ProtectPageOptions } from 'pausepoint/protect';
import { byId } from '../dom.js';
import { begin, type Conversation, type Item } from './conversation.js';
import { drawList } from './list-view.js';
import { tell } from './narrator.js';
import { isStill, restTime, wait, writingTime } from './pace.js';
import { NOOR, PEOPLE, type Person, type Stranger } from './people.js';
import type { Protection } from './protection.js';
import type { Talk } from './talk.js';
import { LINES, TEXT, type Age } from './text.js';
import { ThreadView } from './thread-view.js';

type Decision = Parameters<NonNullable<ProtectPageOptions['onDecision']>>[0];

const app = byId('app', HTMLElement);
const stage = byId('thread', HTMLElement);

/** The pretend messenger: its conversations, and what the guard says of them. Nothing is kept beyond the page. */
export class Messenger {
  readonly #protection: Protection;
  readonly #talk: Talk;
  readonly #contacts: Promise<Contacts>;
  readonly #age: () => Age;
  readonly #camera: (take: (files: readonly File[]) => void) => void;
  readonly #conversations = new Map<string, Conversation>();
  readonly #views = new Map<string, ThreadView>();
  /** What is to be said once the files that a decision was about are there. */
  readonly #after = new Map<string, string[]>();
  #current: string | null = null;
  /** Told of what went out, for the scene that waits for it. */
  #settled: (files: readonly File[]) => void = () => {};

  constructor(parts: { protection: Protection; talk: Talk; contacts: Promise<Contacts>; age: () => Age; camera: (take: (files: readonly File[]) => void) => void }) {
    this.#protection = parts.protection;
    this.#talk = parts.talk;
    this.#contacts = parts.contacts;
    this.#age = parts.age;
    this.#camera = parts.camera;
    for (const person of PEOPLE) {
      this.#meet(person);
      for (const [from, text] of person.before ?? []) this.conversation(person.id).items.push({ is: 'text', from, text, spans: [] });
    }
    this.#list();
  }

  get current(): string | undefined {
    return this.#current ?? undefined;
  }

  /** Shows a conversation. On a phone it takes the place of the list. */
  open(id: string, withFocus = true): ThreadView {
    const view = this.view(id);
    this.#current = id;
    this.conversation(id).isUnread = false;
    if (stage.firstElementChild !== view.element) stage.replaceChildren(view.element);
    app.dataset['shows'] = 'thread';
    view.scroll();
    this.#list();
    if (withFocus) view.focusTitle();
    return view;
  }

  conversation(id: string): Conversation {
    const found = this.#conversations.get(id);
    if (found === undefined) throw new Error(`nobody is called ${id}`);
    return found;
  }

  view(id: string): ThreadView {
    let view = this.#views.get(id);
    if (view === undefined) {
      const conversation = this.conversation(id);
      view = new ThreadView(conversation, {
        back: () => this.#back(),
        help: () => void this.#protection.page.openHelp(),
        unblock: () => this.block(id, false),
        sending: {
          details: async (text) => (await this.#talk.engine())?.beforeSending(id, text) ?? { action: 'allow', details: [] },
          text: (text) => void this.write(id, 'self', text),
          files: (files) => this.#send(id, files),
          camera: () => this.#camera((files) => this.#send(id, files)),
          asked: (outcome) => this.#onDetails(outcome),
        },
      });
      view.draw();
      this.#views.set(id, view);
    }
    return view;
  }

  /** Begins a conversation again: nothing was written, nobody is blocked. */
  restart(person: Person): ThreadView {
    this.#meet(person);
    this.#talk.forget(person);
    this.#after.delete(person.id);
    const view = this.view(person.id);
    view.draw();
    view.composer.reset();
    return view;
  }

  /** Somebody writes, and what the message engine says of it. */
  async write(id: string, from: 'peer' | 'self', text: string): Promise<MessageOutlook | null> {
    const engine = await this.#talk.engine();
    const spans = from === 'peer' ? (engine?.explain({ from, text }) ?? []) : [];
    this.add(id, { is: 'text', from, text, spans });
    const outlook = await this.#talk.check(this.#protection.guard, id, { from, text });
    if (outlook !== null && outlook.raised) this.add(id, { is: 'caution', outlook });
    return outlook;
  }

  /** The same of a contact, after a natural while. */
  async say(id: string, text: string, signal: AbortSignal): Promise<MessageOutlook | null> {
    const view = this.view(id);
    await wait(restTime(), signal);
    try {
      if (!isStill()) view.typing(true);
      await wait(writingTime(text), signal);
    } finally {
      view.typing(false);
    }
    return this.write(id, 'peer', text);
  }

  add(id: string, item: Item): void {
    const conversation = this.conversation(id);
    conversation.items.push(item);
    conversation.isUnread = this.#current !== id;
    this.view(id).add(item);
    this.#list();
  }

  /** Asks the contact gate about somebody who wants to write, and puts them where it says. */
  async request(person: Stranger): Promise<Conversation> {
    const contacts = await this.#contacts;
    const { decision, reasons } = contacts.decide({ id: person.id, ...person.facts, self: { age_band: this.#age() } });
    const isListed = decision === 'allow' || decision === 'confirm' || decision === 'quarantine';
    const conversation = { ...begin(person, isListed ? 'requests' : 'away'), gate: { decision, reasons } };
    this.#conversations.set(person.id, conversation);
    this.#list();
    return conversation;
  }

  /** Forgets a request. */
  remove(id: string): void {
    this.#conversations.delete(id);
    this.#list();
  }

  block(id: string, isBlocked = true): void {
    const conversation = this.conversation(id);
    conversation.isBlocked = isBlocked;
    this.view(id).draw();
    this.#list();
  }

  /** What `protect` is told to do with a person's choices. */
  readonly onBlock = (peer: string | undefined): void => {
    if (peer !== undefined && this.#conversations.has(peer)) this.block(peer);
  };
  readonly onSomeone = (): void => {
    const view = this.open(NOOR.id, false);
    view.composer.write(TEXT.someone.first);
    tell(TEXT.someone.title, TEXT.someone.text);
  };

  /** Puts a file into somebody's composer; gives what went out of it. */
  send(id: string, file: File, signal: AbortSignal): Promise<readonly File[]> {
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      this.#settled = resolve;
      this.view(id).composer.put(file);
    });
  }

  /** What became of files: said in the thread, behind the files if some went. */
  readonly onDecision = ({ peer, passed, withheld, choice, reasons, metadata }: Decision): void => {
    if (peer === undefined || !this.#conversations.has(peer)) return;
    const lines = [
      ...(withheld > 0 ? [choice === 'block' ? LINES.blocked : choice === 'someone' ? LINES.someone : withheld > 1 ? LINES.keptAll(withheld) : LINES.kept] : []),
      ...(passed > 0 && reasons.length > 0 && choice === 'go-on' ? [LINES.sentAfter] : []),
      ...(metadata.cleaned > 0 ? [LINES.cleaned] : []),
      ...(metadata.unable > 0 ? [LINES.unable] : []),
    ];
    if (passed > 0) this.#after.set(peer, lines);
    else {
      for (const text of lines) this.add(peer, { is: 'line', text });
      this.#settled([]);
    }
    const told = withheld > 0 ? TEXT.decided.kept : reasons.length > 0 ? TEXT.decided.sent : null;
    if (told !== null) tell(told.title, told.text);
  };

  #send(id: string, files: readonly File[]): void {
    for (const file of files) this.add(id, { is: 'media', from: 'self', file });
    for (const text of this.#after.get(id) ?? []) this.add(id, { is: 'line', text });
    this.#after.delete(id);
    this.#settled(files);
  }

  #onDetails(outcome: 'asked' | 'kept' | 'sent'): void {
    tell(TEXT.ask.told[outcome].title, TEXT.ask.told[outcome].text);
  }

  /** Files that were dropped or pasted. */
  bring(id: string, files: readonly File[]): void {
    this.#send(id, files);
  }

  /** On a phone, the list takes the place of the thread. */
  showList(): void {
    app.dataset['shows'] = 'list';
  }

  #back(): void {
    const left = this.#current;
    this.showList();
    if (left !== null) byId('conversations', HTMLElement).querySelector<HTMLElement>(`[data-id="${left}"]`)?.focus();
  }

  #meet(person: Person): void {
    const kept = this.#conversations.get(person.id);
    // The same object, as its view has it.
    if (kept !== undefined) Object.assign(kept, begin(person));
    else this.#conversations.set(person.id, begin(person));
    this.#talk.meet(person);
    this.#list();
  }

  #list(): void {
    drawList([...this.#conversations.values()], this.#current, (id) => this.open(id));
  }
}
