import { el } from '../dom.js';
import { TEXT } from './text.js';

let lastId = 0;
export const freshId = (): string => `f${(lastId += 1)}`;

/** Something to fill in, with its label, hint and problem. */
export interface Field<T extends HTMLElement> {
  element: HTMLElement;
  input: T;
  /** Says what is wrong with it and goes there, or takes that back. */
  problem(text: string | null): void;
}

export function textField(
  label: string,
  options: { hint?: string; type?: 'text' | 'password'; name?: string; code?: boolean; value?: string; maxlength?: number; rows?: number } = {},
): Field<HTMLInputElement | HTMLTextAreaElement> {
  const { hint, type = 'text', name, code = false, value, maxlength, rows } = options;
  const attributes = {
    id: freshId(),
    name,
    // Whatever it is, the browser is not to keep it on this device.
    autocomplete: 'off',
    autocapitalize: code ? 'characters' : type === 'password' ? 'none' : undefined,
    spellcheck: code ? 'false' : undefined,
    class: code ? 'code-input' : undefined,
    maxlength: maxlength?.toString(),
  };
  const input = rows === undefined ? el('input', { ...attributes, type }) : el('textarea', { ...attributes, rows: String(rows) });
  if (value !== undefined) input.value = value;
  return around(label, input, hint);
}

export function selectField(label: string, options: readonly (readonly [value: string, text: string])[], name?: string): Field<HTMLSelectElement> {
  const input = el('select', { id: freshId(), name }, ...options.map(([value, text]) => el('option', { value }, text)));
  return around(label, input);
}

function around<T extends HTMLElement>(label: string, input: T, hint?: string): Field<T> {
  const problemLine = el('p', { class: 'problem', id: freshId() });
  const hintLine = hint === undefined ? null : el('p', { class: 'hint', id: freshId() }, hint);
  input.setAttribute('aria-describedby', [hintLine, problemLine].flatMap((line) => (line === null ? [] : [line.id])).join(' '));
  const element = el('div', { class: 'field' }, el('label', { for: input.id }, label), ...(hintLine === null ? [] : [hintLine]), input, problemLine);
  return { element, input, problem: (text) => mark(input, problemLine, text) };
}

/** A box to tick. It is never ticked already. */
export function tickField(label: string, hint?: string): Field<HTMLInputElement> {
  const input = el('input', { type: 'checkbox', id: freshId() });
  const problemLine = el('p', { class: 'problem', id: freshId() });
  const hintLine = hint === undefined ? null : el('p', { class: 'hint', id: freshId() }, hint);
  input.setAttribute('aria-describedby', [hintLine, problemLine].flatMap((line) => (line === null ? [] : [line.id])).join(' '));
  const element = el('div', { class: 'field' }, el('label', { class: 'tick', for: input.id }, input, el('span', {}, label)), ...(hintLine === null ? [] : [hintLine]), problemLine);
  return { element, input, problem: (text) => mark(input, problemLine, text) };
}

function mark(input: HTMLElement, line: HTMLElement, text: string | null): void {
  line.textContent = text ?? '';
  if (text === null) return input.removeAttribute('aria-invalid');
  input.setAttribute('aria-invalid', 'true');
  // Its description is read with it.
  input.focus();
}

/** Several to choose from, as round buttons or boxes. `isTitled`: what is above says already what they are. */
export function choiceField(
  legend: string,
  options: { type: 'radio' | 'checkbox'; name: string; isTitled?: boolean; choices: readonly { value: string; text: string; note?: string; checked?: boolean }[] },
): { element: HTMLFieldSetElement; values(): string[]; problem(text: string | null): void } {
  const { type, name, isTitled = false, choices } = options;
  const problemLine = el('p', { class: 'problem', id: freshId() });
  const inputs = choices.map(({ value, checked = false }) => el('input', { type, name, value, checked, 'aria-describedby': problemLine.id }));
  const labels = choices.map(({ text, note }, index) =>
    el('label', { class: 'choice' }, inputs[index] as HTMLInputElement, el('span', {}, text, ...(note === undefined ? [] : [el('small', {}, note)]))),
  );
  const element = el('fieldset', { class: 'choices' }, el('legend', { class: isTitled ? 'visually-hidden' : undefined }, legend), el('div', {}, ...labels), problemLine);
  return {
    element,
    values: () => inputs.filter(({ checked }) => checked).map(({ value }) => value),
    problem: (text) => {
      problemLine.textContent = text ?? '';
      if (text !== null) inputs[0]?.focus();
    },
  };
}

/** A form that answers to Enter as well. While it works, a second time does nothing. */
export function form(onSubmit: () => unknown, ...children: (Node | string)[]): HTMLFormElement {
  const element = el('form', { class: 'stack', novalidate: true }, ...children);
  let busy = false;
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    element.setAttribute('aria-busy', 'true');
    void Promise.resolve(onSubmit()).finally(() => {
      busy = false;
      element.removeAttribute('aria-busy');
    });
  });
  return element;
}

/** A button; `focus` names it, so that the focus finds it again after the view was drawn anew. */
export function button(text: string, onClick: () => void, attributes: { focus?: string; class?: string; label?: string } = {}): HTMLButtonElement {
  const element = el('button', { type: 'button', class: attributes.class, 'data-focus': attributes.focus, 'aria-label': attributes.label }, text);
  element.addEventListener('click', onClick);
  return element;
}

export const submit = (text: string, primary = true, focus?: string): HTMLButtonElement =>
  el('button', { type: 'submit', class: primary ? 'primary' : undefined, 'data-focus': focus }, text);

/** A new PIN, typed twice. */
export function newPin(): { elements: HTMLElement[]; read(): string | null; problem(text: string | null): void } {
  const first = textField(TEXT.pin.fresh, { type: 'password', hint: TEXT.pin.hint });
  const second = textField(TEXT.pin.again, { type: 'password' });
  const show = tickField(TEXT.pin.show);
  show.input.addEventListener('change', () => {
    for (const { input } of [first, second]) input.setAttribute('type', show.input.checked ? 'text' : 'password');
  });
  return {
    elements: [first.element, second.element, show.element],
    read: () => {
      first.problem(null);
      second.problem(null);
      if (first.input.value === '') return first.problem(TEXT.pin.empty), null;
      if (first.input.value !== second.input.value) return second.problem(TEXT.pin.differs), null;
      return first.input.value;
    },
    problem: first.problem,
  };
}
