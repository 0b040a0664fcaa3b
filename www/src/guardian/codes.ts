import { announce } from '../announcer.js';
import { el } from '../dom.js';
import { button, form, submit, textField, tickField } from './form.js';
import { buttons, heading, holdParts, lead, quiet } from './page-parts.js';
import { type CodeName, setUnconfirmed } from './page-store.js';
import { qrCode } from './qr.js';
import { groupName, TEXT, typeBack } from './text.js';

/** Eight symbols, large, in two groups; a screen reader hears them one by one. */
export function bigCode(code: string, name: string): HTMLElement {
  const groups = [code.slice(0, 4), code.slice(4)];
  return el(
    'p',
    { class: 'big-code', 'data-code': code },
    el('span', { class: 'visually-hidden' }, `${name}: ${groups.map((group) => [...group].join(' ')).join(', ')}`),
    ...groups.map((group) => el('span', { 'aria-hidden': 'true' }, group)),
  );
}

/** A long code in numbered groups. */
function groupedCode(code: string, name: string): HTMLElement {
  return el(
    'ol',
    { class: 'groups', 'aria-label': name, 'data-secret': code },
    ...code.split('-').map((group, index) => el('li', { 'aria-label': `${groupName(index + 1)}: ${[...group].join(' ')}` }, group)),
  );
}

export function copyButton(text: string, name: string): HTMLButtonElement {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      announce(TEXT.common.copied);
      element.textContent = TEXT.common.copied;
      setTimeout(() => (element.textContent = TEXT.common.copy), 2000);
    } catch {
      announce(TEXT.common.copyRefused);
      element.after(quiet(TEXT.common.copyRefused));
    }
  };
  const element = button(TEXT.common.copy, () => void copy(), { label: `${TEXT.common.copy}: ${name}` });
  return element;
}

/**
 * Shows codes that can be seen only now, until somebody says that they are written down, and has shown it for the
 * recovery code by typing a part of it back. Resolves then.
 */
export function codesOnce(codes: { recovery?: string; pairing?: string }, show: (...content: Node[]) => void, step?: string): Promise<void> {
  const { recovery, pairing } = codes;
  const both = recovery !== undefined && pairing !== undefined;
  return new Promise((resolve) => {
    const release = holdParts();
    const names = Object.keys(codes) as CodeName[];
    const remembered = setUnconfirmed(names, true);
    const groups = recovery?.split('-') ?? [];
    const asked = Math.floor(Math.random() * groups.length);
    const back = textField(typeBack(asked + 1), { hint: TEXT.codes.typeBackHint, code: true });
    const tick = tickField(TEXT.codes.pairingTick);
    const finish = async () => {
      back.problem(null);
      tick.problem(null);
      if (recovery !== undefined && canonical(back.input.value) !== groups[asked]) return back.problem(TEXT.codes.wrong);
      if (pairing !== undefined && !tick.input.checked) return tick.problem(TEXT.codes.pairingNone);
      await remembered;
      await setUnconfirmed(names, false);
      release();
      resolve();
    };
    const sheet = (name: string, text: string, code: string, ...more: Node[]) =>
      el('section', { class: 'panel sheet' }, el('h2', {}, name), el('p', {}, text), groupedCode(code, name), ...more, buttons(copyButton(code, name), button(TEXT.common.print, () => print(), { label: `${TEXT.common.print}: ${name}` })));
    show(
      heading(both ? TEXT.step.codes : TEXT.step.codeOne, step),
      lead(both ? TEXT.step.codesLead : TEXT.step.codesLeadOne),
      ...(recovery === undefined ? [] : [sheet(TEXT.codes.recovery, TEXT.codes.recoveryText, recovery)]),
      ...(pairing === undefined ? [] : [sheet(TEXT.codes.pairing, TEXT.codes.pairingText, pairing, qrCode(pairing, TEXT.codes.pairingQr))]),
      form(
        finish,
        ...(recovery === undefined ? [] : [back.element]),
        ...(pairing === undefined ? [] : [tick.element]),
        buttons(submit(both ? TEXT.codes.writtenBoth : TEXT.codes.written)),
      ),
    );
  });
}

/** As the core reads what is typed. */
function canonical(text: string): string {
  return text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
}
