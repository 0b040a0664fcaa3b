import { type AnswerOutcome, GuardianError } from 'pausepoint/guardian';
import type { ContactKind } from 'pausepoint/contact';
import { el } from '../dom.js';
import type { App, View } from './app.js';
import { bigCode, copyButton } from './codes.js';
import { button, form, selectField, submit, textField } from './form.js';
import { buttons, heading, lead, panel, quiet } from './page-parts.js';
import { type Asked, readAsked, writeAsked } from './page-store.js';
import { qrCode } from './qr.js';
import { scanButton } from './scan.js';
import { ASKABLE, decidesContacts, KINDS, problemText, TEXT, validUntil, wrongAnswer } from './text.js';

/** How long a request is good for, as in the core. */
const VALID_MS = 15 * 60_000;

/** The teen's side of an approval: make a request, take the answer. */
export function askView(app: App): View {
  let asked: Asked | null = null;
  let over = false;
  /** Whether what came of it is shown, over which nothing draws. */
  let isResult = false;
  void readAsked().then((found) => {
    if (found === null || over || Date.now() - found.at >= VALID_MS) return;
    asked = found;
    app.refresh();
  });

  const set = async (next: Asked | null) => {
    asked = next;
    await writeAsked(next).catch(() => {});
  };

  return {
    draw() {
      if (isResult) return null;
      const { state } = app.guardian;
      if (!decidesContacts(state)) {
        const why = state.is === 'open' ? TEXT.ask.notDecided : state.is === 'broken' ? TEXT.ask.broken : TEXT.ask.notSetUp;
        return [heading(TEXT.ask.title), lead(why), buttons(button(TEXT.ask.toSettings, () => app.go('settings')))];
      }
      return asked === null ? wish() : request(asked);
    },
    leave: () => (over = true),
  };

  function wish(): Node[] {
    const label = textField(TEXT.ask.label, { name: 'ask-label', hint: TEXT.ask.labelHint, maxlength: 64 });
    const kind = selectField(TEXT.ask.kind, ASKABLE.map((one) => [one, KINDS[one]]), 'ask-kind');
    const id = textField(TEXT.contacts.id, { name: 'ask-id', hint: TEXT.contacts.idHint, maxlength: 128 });
    const status = el('p', { class: 'notice', role: 'alert' });
    const make = async () => {
      label.problem(null);
      id.problem(null);
      status.textContent = '';
      const [name, contact] = [label.input.value.trim(), id.input.value.trim()];
      if (name === '') return label.problem(TEXT.contacts.labelMissing);
      if (contact === '') return id.problem(TEXT.contacts.idMissing);
      try {
        const made = await app.guardian.ask({ contact, label: name, kind: kind.input.value as ContactKind });
        await set({ ...made, contact, label: name, at: Date.now() });
        app.show(...request(asked as Asked));
      } catch (error) {
        status.textContent = problemText(error instanceof GuardianError ? error.code : 'engine/failed');
      }
    };
    return [
      heading(TEXT.ask.title),
      lead(TEXT.ask.lead),
      el('div', { class: 'panel narrow' }, quiet(TEXT.ask.demo), form(make, label.element, kind.element, id.element, status, buttons(submit(TEXT.ask.make)))),
    ];
  }

  function request({ code, text, label, at }: Asked): Node[] {
    const answer = textField(TEXT.ask.answer, { hint: TEXT.ask.answerHint, code: true, name: 'answer' });
    const take = async () => {
      answer.problem(null);
      if (answer.input.value.trim() === '') return answer.problem(TEXT.ask.empty);
      try {
        const outcome = await app.guardian.accept(code, answer.input.value);
        if (outcome.outcome === 'wrong' && outcome.left > 0) return answer.problem(wrongAnswer(outcome.left));
        await finish(label, outcome);
      } catch (error) {
        const problem = error instanceof GuardianError ? error.code : 'engine/failed';
        if (problem === 'guardian/unknown') return finish(label, { outcome: 'expired' }, problemText(problem));
        answer.problem(problemText(problem));
      }
    };
    return [
      heading(`${TEXT.ask.requestTitle}: ${label}`),
      el(
        'div',
        { class: 'panels' },
        panel(
          TEXT.ask.codeName,
          'request',
          el('p', {}, TEXT.ask.tell),
          bigCode(code, TEXT.ask.codeName),
          qrCode(text, TEXT.ask.qr),
          quiet(validUntil(at + VALID_MS)),
          el('details', {}, el('summary', {}, TEXT.ask.textTitle), el('p', { class: 'long-text', 'data-request': '' }, text), buttons(copyButton(text, TEXT.ask.textTitle))),
        ),
        panel(
          TEXT.ask.answerTitle,
          'answer',
          form(take, answer.element, buttons(submit(TEXT.ask.take))),
          scanButton((scanned) => {
            answer.input.value = scanned;
            void take();
          }),
        ),
      ),
      buttons(button(TEXT.ask.other, () => void set(null).then(another))),
    ];
  }

  function another(): void {
    isResult = false;
    app.show(...wish());
  }

  async function finish(label: string, outcome: AnswerOutcome, text?: string): Promise<void> {
    await set(null);
    isResult = true;
    const result = outcome.outcome === 'decided' ? TEXT.ask[outcome.decision] : outcome.outcome === 'wrong' ? wrongAnswer(0) : (text ?? TEXT.ask.expired);
    app.show(
      heading(label),
      el('p', { class: 'notice result', 'data-outcome': outcome.outcome === 'decided' ? outcome.decision : outcome.outcome }, result),
      buttons(button(TEXT.ask.other, another)),
    );
  }
}
