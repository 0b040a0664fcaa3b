import { GuardianError } from 'pausepoint/guardian';
import { announce } from '../announcer.js';
import { el } from '../dom.js';
import type { App, View } from './app.js';
import { bigCode, copyButton } from './codes.js';
import { button, choiceField, form, submit, textField } from './form.js';
import { buttons, heading, lead, panel, quiet } from './page-parts.js';
import { type Pairing, readPairings, writePairings } from './page-store.js';
import { qrCode } from './qr.js';
import { scanButton } from './scan.js';
import { about, KINDS, problemText, TEXT } from './text.js';

/** What a request's text begins with. */
const TEXT_PREFIX = /^\s*PPASK/i;
/** A code like those of requests, for asking whether a pairing key is one. */
const ANY_CODE = '00000000';

interface Request {
  code: string;
  wish: { label: string; contact: string; kind: keyof typeof KINDS } | null;
}

/** The guardian's side of an approval, on a device of their own. */
export function answerView(app: App): View {
  let pairings: Pairing[] = [];
  let over = false;
  /** Past the first page of it. */
  let busy = false;
  void readPairings().then((found) => {
    pairings = found;
    if (!over && found.length > 0) app.refresh();
  });

  const keep = async (next: Pairing[]): Promise<boolean> => {
    try {
      await writePairings(next);
    } catch {
      return false;
    }
    pairings = next;
    return true;
  };
  const codeOf = (error: unknown) => (error instanceof GuardianError ? error.code : 'engine/failed');

  const draw = (): Node[] => [heading(TEXT.answer.title), lead(TEXT.answer.lead), el('div', { class: 'panels' }, requestPanel(), keysPanel())];
  return { draw: () => (busy ? null : draw()), leave: () => (over = true) };

  function requestPanel(): HTMLElement {
    if (pairings.length === 0) return panel(TEXT.answer.request, 'request', el('p', {}, TEXT.answer.keyFirst));
    const whose = choiceField(TEXT.answer.from, {
      type: 'radio',
      name: 'from',
      choices: pairings.map(({ name }, index) => ({ value: String(index), text: name, checked: index === 0 })),
    });
    const input = textField(TEXT.answer.input, { hint: TEXT.answer.inputHint, code: true, name: 'request', rows: 3 });
    const read = () => {
      input.problem(null);
      const typed = input.input.value.trim();
      if (typed === '') return input.problem(TEXT.answer.inputEmpty);
      const pairing = pairings[Number(whose.values()[0])] as Pairing;
      try {
        decide(pairing, readTyped(pairing, typed));
      } catch (error) {
        input.problem(problemText(codeOf(error)));
      }
    };
    return panel(
      TEXT.answer.request,
      'request',
      form(read, ...(pairings.length > 1 ? [whose.element] : []), input.element, buttons(submit(TEXT.answer.read))),
      scanButton((scanned) => {
        input.input.value = scanned;
        read();
      }),
    );
  }

  function readTyped({ key }: Pairing, typed: string): Request {
    if (TEXT_PREFIX.test(typed)) {
      // Messengers break long lines.
      const { code, ...wish } = app.guardian.readRequest(typed.replace(/\s/g, '').toUpperCase());
      return { code, wish };
    }
    // Refuses what is no code at all.
    app.guardian.answer(key, typed, 'denied');
    return { code: typed.replace(/[\s-]/g, '').toUpperCase(), wish: null };
  }

  function decide(pairing: Pairing, { code, wish }: Request): void {
    busy = true;
    const facts = wish === null ? [] : ([[TEXT.answer.label, wish.label || wish.contact], [TEXT.answer.kind, KINDS[wish.kind]], [TEXT.answer.id, wish.contact]] as const);
    const give = (decision: 'approved' | 'denied') => () => {
      const answer = app.guardian.answer(pairing.key, code, decision);
      app.show(
        heading(TEXT.answer[decision]),
        el(
          'div',
          { class: 'panel narrow' },
          ...(wish === null ? [] : [el('p', {}, el('strong', {}, wish.label || wish.contact))]),
          el('p', {}, TEXT.answer.give),
          bigCode(answer, TEXT.answer.answerName),
          qrCode(answer, TEXT.answer.qr),
          buttons(copyButton(answer, TEXT.answer.answerName)),
        ),
        buttons(button(TEXT.answer.other, again)),
      );
    };
    app.show(
      heading(TEXT.answer.who),
      el(
        'div',
        { class: 'panel narrow' },
        el('p', { class: 'chip' }, pairing.name),
        bigCode(code, TEXT.ask.codeName),
        ...(wish === null
          ? [el('p', { class: 'notice' }, TEXT.answer.codeOnly)]
          : [el('dl', { class: 'counts' }, ...facts.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value)))), quiet(TEXT.answer.nameNote)]),
        el('p', {}, TEXT.answer.decide),
        el('div', { class: 'buttons equal' }, button(TEXT.answer.approve, give('approved')), button(TEXT.answer.deny, give('denied'))),
      ),
      buttons(button(TEXT.common.back, again, { class: 'plain' })),
    );
  }

  function again(): void {
    busy = false;
    app.show(...draw());
  }

  function keysPanel(): HTMLElement {
    const name = textField(TEXT.answer.keyName, { name: 'key-name', hint: TEXT.answer.keyNameHint, maxlength: 40 });
    const key = textField(TEXT.answer.key, { name: 'key', hint: TEXT.answer.keyHint, code: true });
    const save = async () => {
      name.problem(null);
      key.problem(null);
      if (name.input.value.trim() === '') return name.problem(TEXT.answer.keyNameMissing);
      try {
        app.guardian.answer(key.input.value, ANY_CODE, 'denied');
      } catch (error) {
        return key.problem(problemText(codeOf(error)));
      }
      if (!(await keep([...pairings, { name: name.input.value.trim(), key: key.input.value.trim() }]))) return key.problem(problemText('store/failed'));
      for (const { input } of [name, key]) input.value = '';
      announce(TEXT.answer.stored);
      again();
    };
    const remove = async (index: number) => {
      await keep(pairings.filter((_, place) => place !== index));
      announce(TEXT.answer.removed);
      app.refresh();
    };
    return panel(
      TEXT.answer.keys,
      'keys',
      pairings.length === 0
        ? el('p', {}, TEXT.answer.noKeys)
        : el(
            'ul',
            { class: 'contacts' },
            ...pairings.map((pairing, index) =>
              el('li', {}, el('p', {}, el('strong', {}, pairing.name)), buttons(button(TEXT.answer.remove, () => void remove(index), { focus: `keys/${index}/remove`, label: about(TEXT.answer.remove, pairing.name) }))),
            ),
          ),
      el('h3', {}, TEXT.answer.add),
      form(save, name.element, key.element, buttons(submit(TEXT.answer.save, false, 'keys/save'))),
      scanButton((scanned) => (key.input.value = scanned)),
      quiet(TEXT.answer.lock),
    );
  }
}
