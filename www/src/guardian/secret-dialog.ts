import { GuardianError, type Guardian, type Secret } from 'pausepoint/guardian';
import { announce } from '../announcer.js';
import { el } from '../dom.js';
import { button, form, freshId, newPin, submit, textField } from './form.js';
import { buttons } from './page-parts.js';
import { countdown, problemText, spokenWait, TEXT } from './text.js';

/** What is asked for. */
export interface Question {
  title: string;
  /** What will happen. */
  lines: readonly string[];
  confirm?: string;
  /** How somebody proves to be the guardian. Default: the PIN, or the recovery code instead. */
  by?: 'either' | 'pin' | 'recovery';
  /** Whether a new PIN is asked for as well. */
  newPin?: boolean;
}

/**
 * Asks for the PIN or the recovery code and does something with it, until that works or somebody cancels. The focus then
 * returns to where it was. Gives what the work gave, or nothing.
 */
export function askSecret<T>(guardian: Guardian, question: Question, work: (secret: Secret, newPin: string) => Promise<T>): Promise<{ value: T } | null> {
  const { title, lines, confirm = TEXT.dialog.confirm, by = 'either' } = question;
  let mode: 'pin' | 'recovery' = by === 'recovery' ? 'recovery' : 'pin';
  let timer: ReturnType<typeof setInterval> | undefined;

  const pin = textField(question.newPin === true ? TEXT.pin.now : TEXT.pin.label, { type: 'password' });
  const recovery = textField(TEXT.dialog.recovery, { code: true, hint: TEXT.dialog.recoveryHint });
  const fresh = question.newPin === true ? newPin() : null;
  const status = el('p', { class: 'notice', role: 'alert' });
  const spoken = el('p', { class: 'visually-hidden', role: 'status' });
  const clock = el('strong', { role: 'timer', 'aria-live': 'off' });
  const wait = el('div', { class: 'wait', tabindex: '-1', hidden: true }, el('p', {}, `${TEXT.dialog.waitingFor} `, clock), el('p', { class: 'quiet' }, TEXT.dialog.waiting));
  const lead = el('p', { class: 'quiet' });
  const go = submit(confirm);
  const other = button('', () => turn(mode === 'pin' ? 'recovery' : 'pin'), { class: 'plain' });
  const id = freshId();

  return new Promise((resolve) => {
    const dialog = el(
      'dialog',
      { class: 'ask-secret', 'aria-labelledby': id },
      el('h2', { id }, title),
      ...lines.map((line) => el('p', {}, line)),
      form(
        () => run(),
        lead,
        wait,
        pin.element,
        recovery.element,
        ...(fresh?.elements ?? []),
        status,
        spoken,
        buttons(go, button(TEXT.common.cancel, () => dialog.close())),
        ...(by === 'either' ? [other] : []),
      ),
    );
    let result: { value: T } | null = null;
    dialog.addEventListener('close', () => {
      clearInterval(timer);
      dialog.remove();
      resolve(result);
    });
    document.body.append(dialog);
    draw();
    dialog.showModal();
    field().input.focus();
    if (mode === 'pin') void guardian.pinWait().then(waitFor, () => {});

    const run = async () => {
      for (const one of [pin, recovery]) one.problem(null);
      status.textContent = '';
      if (mode === 'pin' && !wait.hidden) return wait.focus();
      const { input, problem } = field();
      if (input.value === '') return problem(mode === 'pin' ? TEXT.pin.empty : TEXT.dialog.recoveryEmpty);
      const chosen = fresh?.read() ?? '';
      if (fresh !== null && chosen === '') return;
      const label = go.textContent;
      go.textContent = TEXT.common.working;
      try {
        result = { value: await work(mode === 'pin' ? { pin: input.value } : { recovery: input.value }, chosen) };
        dialog.close();
      } catch (error) {
        go.textContent = label;
        await refused(error);
      }
    };
    const refused = async (error: unknown) => {
      const code = error instanceof GuardianError ? error.code : 'engine/failed';
      if (code === 'guardian/wait') return waitFor((error as GuardianError).waitSeconds);
      if (code === 'guardian/pin-weak' || code === 'guardian/pin-length') return (fresh ?? field()).problem(problemText(code));
      if (code === 'guardian/pin-wrong') pin.input.value = '';
      if (['guardian/pin-wrong', 'guardian/typo', 'guardian/recovery-wrong'].includes(code)) field().problem(problemText(code));
      else status.textContent = problemText(code);
      if (code === 'guardian/pin-wrong') waitFor(await guardian.pinWait().catch(() => 0));
    };
  });

  function field() {
    return mode === 'pin' ? pin : recovery;
  }

  function turn(next: typeof mode): void {
    mode = next;
    status.textContent = '';
    draw();
    if (mode === 'pin' && !wait.hidden) wait.focus();
    else field().input.focus();
  }

  function draw(): void {
    const isWaiting = timer !== undefined;
    lead.textContent = mode === 'pin' ? TEXT.dialog.lead : TEXT.dialog.leadRecovery;
    wait.hidden = mode !== 'pin' || !isWaiting;
    pin.element.hidden = mode !== 'pin' || isWaiting;
    recovery.element.hidden = mode !== 'recovery';
    for (const element of fresh?.elements ?? []) element.hidden = mode === 'pin' && isWaiting;
    go.hidden = mode === 'pin' && isWaiting;
    other.textContent = mode === 'pin' ? TEXT.dialog.useRecovery : TEXT.dialog.usePin;
  }

  /** Counts down until the PIN may be tried again. */
  function waitFor(seconds: number): void {
    if (seconds <= 0 || !wait.isConnected) return;
    const end = performance.now() + seconds * 1000;
    const hadFocus = pin.element.contains(document.activeElement) || go === document.activeElement;
    const tick = () => {
      const left = Math.ceil((end - performance.now()) / 1000);
      clock.textContent = countdown(Math.max(left, 0));
      if (left > 0) return;
      clearInterval(timer);
      timer = undefined;
      const wasThere = document.activeElement === wait;
      draw();
      pin.problem(null);
      if (wasThere) field().input.focus();
      spoken.textContent = TEXT.dialog.over;
      announce(TEXT.dialog.over);
    };
    clearInterval(timer);
    timer = setInterval(tick, 1000);
    tick();
    draw();
    spoken.textContent = spokenWait(seconds);
    if (hadFocus && mode === 'pin') wait.focus();
  }
}
