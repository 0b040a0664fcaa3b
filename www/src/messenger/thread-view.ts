import { el } from '../dom.js';
import { avatar } from './avatar.js';
import { bubble } from './bubble.js';
import { Composer, type Sending } from './composer.js';
import type { Conversation, Item } from './conversation.js';
import { icon } from './icons.js';
import { TEXT } from './text.js';

/** What a thread asks of the messenger. */
export interface ThreadActions {
  back(): void;
  help(): void;
  unblock(): void;
  sending: Sending;
}

/** One conversation on the screen. */
export class ThreadView {
  readonly element: HTMLElement;
  readonly composer: Composer;
  readonly #conversation: Conversation;
  readonly #items = el('ol', { class: 'items' });
  readonly #log: HTMLElement;
  readonly #typing = el('p', { class: 'typing', hidden: true }, el('span', { class: 'dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i')));
  readonly #blocked = el('div', { class: 'blocked', hidden: true });
  readonly #empty = el('p', { class: 'thread-empty quiet' }, TEXT.thread.empty);

  constructor(conversation: Conversation, actions: ThreadActions) {
    this.#conversation = conversation;
    const { person } = conversation;
    const back = el('button', { type: 'button', class: 'tool back', 'aria-label': TEXT.list.back }, icon('back'));
    const help = el('button', { type: 'button', class: 'help' }, icon('help'), TEXT.thread.help);
    const unblock = el('button', { type: 'button' }, TEXT.thread.unblock);
    back.addEventListener('click', () => actions.back());
    help.addEventListener('click', () => actions.help());
    unblock.addEventListener('click', () => actions.unblock());

    this.composer = new Composer(person, actions.sending);
    this.#typing.append(el('span', {}, TEXT.thread.typing(person.name)));
    this.#blocked.append(el('p', {}, TEXT.thread.blocked(person.name)), unblock);
    this.#log = el('div', { class: 'log', role: 'log', 'aria-label': TEXT.thread.messages(person.name), tabindex: '0' }, this.#empty, this.#items, this.#typing);
    const title = el('h2', { tabindex: '-1' }, person.name, ' ', el('small', {}, person.who));
    this.element = el('section', { class: 'thread', 'data-peer': person.id, 'aria-label': TEXT.thread.messages(person.name) }, el('header', { class: 'thread-head' }, back, avatar(person), title, help), this.#log, this.#blocked, this.composer.element);
  }

  /** Puts what there is so far. */
  draw(): void {
    const { items, isBlocked } = this.#conversation;
    this.#items.replaceChildren(...items.map((item) => bubble(item, this.#conversation.person)));
    this.#empty.hidden = items.length > 0;
    this.#typing.hidden = true;
    this.#blocked.hidden = !isBlocked;
    this.composer.element.hidden = isBlocked;
    delete this.element.dataset['level'];
  }

  add(item: Item): void {
    this.#empty.hidden = true;
    this.#items.append(bubble(item, this.#conversation.person));
    if (item.is === 'caution') this.element.dataset['level'] = item.outlook.level ?? '';
    this.scroll();
  }

  typing(isTyping: boolean): void {
    this.#typing.hidden = !isTyping;
    if (isTyping) this.scroll();
  }

  scroll(): void {
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  focusTitle(): void {
    this.element.querySelector('h2')?.focus();
  }
}
