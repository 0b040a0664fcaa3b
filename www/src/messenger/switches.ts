import { byId, el } from '../dom.js';
import type { Protected } from './protection.js';
import { AGES, LANGUAGES, TEXT, type Age, type Language } from './text.js';

const form = byId('switches', HTMLFormElement);

/** Fills the switches for age and language, and tells of every change; gives what sets the age from elsewhere. */
export function startSwitches(initial: Protected, onChange: (chosen: Protected) => void): (age: Age) => void {
  const chosen = { ...initial };
  const ages = Object.entries(AGES).map(([value, name]) =>
    el('label', { class: 'choice' }, el('input', { type: 'radio', name: 'age', value, checked: value === initial.age }), el('span', {}, name)),
  );
  const languages = Object.entries(LANGUAGES).map(([value, name]) => el('option', { value, lang: value, selected: value === initial.language }, name));
  const select = el('select', { id: 'language', name: 'language', 'aria-describedby': 'language-note' }, ...languages);
  form.append(
    el('fieldset', { class: 'choices ages' }, el('legend', {}, TEXT.settings.title), el('div', {}, ...ages)),
    el('div', { class: 'language' }, el('label', { for: 'language' }, TEXT.settings.language), select, el('p', { id: 'language-note', class: 'visually-hidden' }, TEXT.settings.languageNote)),
  );
  form.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement) chosen.age = target.value as Age;
    else if (target === select) chosen.language = select.value as Language;
    onChange({ ...chosen });
  });
  return (age) => {
    chosen.age = age;
    form.querySelector<HTMLInputElement>(`[value="${age}"]`)!.checked = true;
    onChange({ ...chosen });
  };
}
