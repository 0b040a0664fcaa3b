import { counted } from '../../i18n/plural.js';
import { el } from '../dom.js';
import { type Scope, text, type View } from '../view.js';
import { outAndHelp } from './ways.js';

/** A field for a guardian's code. The guardian learns nothing of the picture from it. */
export function guardianView(scope: Scope): View {
  const { texts, verify } = scope;
  const words = texts.guardian;
  const input = el('input', {
    id: 'code',
    part: 'input',
    type: 'password',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    maxlength: '64',
    'aria-describedby': 'problem',
  });
  const submit = el('button', { type: 'submit', class: 'other', part: 'button' }, words.submit);
  const problem = el('p', { id: 'problem', class: 'problem', role: 'alert' });
  const clock = el('p', { class: 'quiet', role: 'timer', 'aria-live': 'off' });
  let left = false;
  let busy = false;
  let timer: ReturnType<typeof setInterval> | undefined;

  const waiting = (seconds: number) =>
    seconds < 60 ? counted(texts.language, words.waitSeconds, seconds) : counted(texts.language, words.waitMinutes, Math.ceil(seconds / 60));

  const tell = (what: string, then: string | Node) => {
    problem.replaceChildren(what, ' ', then);
    input.setAttribute('aria-invalid', 'true');
    input.value = '';
    input.focus();
  };

  /** Counts down until the next try. Where it begins is spoken, each second is not. */
  const refuse = (seconds: number) => {
    tell(words.wrong, el('span', { class: 'hidden' }, waiting(seconds)));
    submit.setAttribute('aria-disabled', 'true');
    const end = performance.now() + seconds * 1000;
    const tick = () => {
      const rest = Math.ceil((end - performance.now()) / 1000);
      if (rest > 0) {
        clock.textContent = waiting(rest);
        return;
      }
      clearInterval(timer);
      timer = undefined;
      clock.textContent = '';
      submit.removeAttribute('aria-disabled');
      problem.textContent = words.again;
    };
    timer = setInterval(tick, 1000);
    tick();
  };

  const run = async () => {
    if (busy || timer !== undefined || verify === null) return;
    if (input.value === '') return tell(words.empty, '');
    busy = true;
    submit.textContent = words.checking;
    const answer = await verify(input.value).catch(() => null);
    busy = false;
    // Whoever went elsewhere meanwhile has decided otherwise.
    if (left) return;
    submit.textContent = words.submit;
    if (answer === null) return tell(words.failed, words.again);
    if (answer.ok) return scope.choose('go-on');
    if (answer.waitSeconds !== null && answer.waitSeconds > 0) return refuse(answer.waitSeconds);
    tell(words.wrong, words.again);
  };

  const form = el('form', { class: 'code', novalidate: true }, el('label', { for: 'code' }, words.label), input, problem, clock, submit);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void run();
  });
  return {
    heading: words.heading,
    body: [text(words.lead, 'lead'), form],
    ways: outAndHelp(scope),
    leave() {
      left = true;
      clearInterval(timer);
    },
  };
}
