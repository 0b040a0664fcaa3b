import type { OutgoingDetails } from 'pausepoint/messages';
import { el } from '../dom.js';
import { icon } from './icons.js';
import type { Person } from './people.js';
import { DETAILS, TEXT } from './text.js';
import { Tray } from './tray.js';

/** What a composer asks of the messenger. */
export interface Sending {
  /** What a text would give away. */
  details(text: string): Promise<OutgoingDetails>;
  text(text: string): void;
  /** Files that may go out: `protect` has let them through. */
  files(files: readonly File[]): void;
  camera(): void;
  /** What was done about details. */
  asked(outcome: 'asked' | 'kept' | 'sent', details: OutgoingDetails): void;
}

/** Where messages to one person are written. Each has an input of its own, so that what is held stays with its person. */
export class Composer {
  readonly element: HTMLFormElement;
  readonly #person: Person;
  readonly #sending: Sending;
  readonly #field: HTMLTextAreaElement;
  readonly #input = el('input', { type: 'file', accept: 'image/*,video/*', multiple: true, class: 'visually-hidden', 'aria-label': TEXT.composer.attach });
  readonly #question = el('div', { class: 'ask', hidden: true });
  readonly #trayButton: HTMLButtonElement;
  readonly #tray = new Tray((file) => this.put(file));

  constructor(person: Person, sending: Sending) {
    this.#person = person;
    this.#sending = sending;
    this.#field = el('textarea', { rows: '1', placeholder: TEXT.composer.placeholder, 'aria-label': TEXT.composer.label(person.name), autocomplete: 'off' });
    const tray = el('button', { type: 'button', class: 'tool', 'aria-label': TEXT.composer.tray, title: TEXT.composer.tray, 'aria-expanded': 'false' }, icon('tray'));
    const camera = el('button', { type: 'button', class: 'tool camera-tool', 'aria-label': TEXT.composer.camera, title: TEXT.composer.camera }, icon('camera'));
    const attach = el('label', { class: 'tool', title: TEXT.composer.attach }, this.#input, icon('choose'));
    const send = el('button', { class: 'tool send primary', 'aria-label': TEXT.composer.send, title: TEXT.composer.send }, icon('send'));
    camera.hidden = navigator.mediaDevices?.getUserMedia === undefined;
    this.element = el('form', { class: 'composer' }, this.#question, this.#tray.element, el('div', { class: 'composer-row' }, tray, attach, camera, this.#field, send));

    this.#trayButton = tray;
    tray.addEventListener('click', () => {
      // One thing at a time stands over the field; what was written stays in it.
      this.#question.hidden = true;
      tray.setAttribute('aria-expanded', String(this.#tray.toggle()));
    });
    camera.addEventListener('click', () => sending.camera());
    this.#input.addEventListener('change', () => {
      const files = [...(this.#input.files ?? [])];
      // So that the same file can be chosen again.
      this.#input.value = '';
      this.#closeTray();
      if (files.length > 0) sending.files(files);
    });
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.submit();
    });
    this.#field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      void this.submit();
    });
  }

  /** Puts a file into the input, as if it had been chosen: from there it goes the way of every other. */
  put(file: File): void {
    const transfer = new DataTransfer();
    // A new object, as choosing a file again gives: what was let through once is not asked about again.
    transfer.items.add(new File([file], file.name, { type: file.type, lastModified: file.lastModified }));
    this.#input.files = transfer.files;
    this.#input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    this.#input.dispatchEvent(new Event('change', { bubbles: true }));
  }

  write(text: string): void {
    this.#field.value = text;
  }

  focus(): void {
    this.#field.focus();
  }

  /** Sends what was written, unless it would give something away: then it asks. */
  async submit(): Promise<void> {
    const text = this.#field.value.trim();
    if (text === '') return;
    const found = await this.#sending.details(text);
    if (found.action === 'warn' || found.action === 'block') this.#ask(text, found);
    else this.#send(text);
  }

  /** Takes a question back. */
  reset(): void {
    this.#question.hidden = true;
    this.#field.value = '';
  }

  #closeTray(): void {
    this.#tray.close();
    this.#trayButton.setAttribute('aria-expanded', 'false');
  }

  #send(text: string): void {
    this.reset();
    this.#sending.text(text);
  }

  #ask(text: string, found: OutgoingDetails): void {
    const { name } = this.#person;
    const id = `ask-${this.#person.id}`;
    const what = found.details.map((one) => DETAILS[one]).join(', ');
    const button = (label: string, outcome: 'kept' | 'sent' | null, act: () => void) => {
      const made = el('button', { type: 'button' }, label);
      made.addEventListener('click', () => {
        this.#question.hidden = true;
        act();
        this.focus();
        if (outcome !== null) this.#sending.asked(outcome, found);
      });
      return made;
    };
    const keep = button(TEXT.ask.keep, 'kept', () => (this.#field.value = ''));
    keep.classList.add('primary');
    this.#question.setAttribute('role', 'group');
    this.#question.setAttribute('aria-labelledby', id);
    this.#question.replaceChildren(
      icon('pause'),
      el(
        'div',
        {},
        el('p', { id }, el('strong', {}, `${TEXT.ask.title(what)}.`), ' ', found.action === 'block' ? TEXT.ask.block(name) : TEXT.ask.warn(name)),
        el('div', { class: 'buttons' }, keep, button(TEXT.ask.edit, null, () => {}), ...(found.action === 'block' ? [] : [button(TEXT.ask.send, 'sent', () => this.#send(text))])),
      ),
    );
    this.#closeTray();
    this.#question.hidden = false;
    keep.focus();
    this.#sending.asked('asked', found);
  }
}
