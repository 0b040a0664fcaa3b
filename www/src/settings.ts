import type { AgeBand, Direction, ModelName } from 'pausepoint';
import { el } from './dom.js';
import { AGE_BANDS, DIRECTIONS, MODELS, TEXT } from './text.js';

export interface Settings {
  ageBand: AgeBand;
  direction: Direction;
  model: ModelName;
}

const CHOICES: { [K in keyof Settings]: { label: string; options: [Settings[K], string, string?][] } } = {
  ageBand: { label: TEXT.settings.ageBand, options: pairs(AGE_BANDS) },
  direction: { label: TEXT.settings.direction, options: pairs(DIRECTIONS) },
  model: {
    label: TEXT.settings.model,
    options: (['mid', 'small'] as const).map((model) => [model, MODELS[model].name, MODELS[model].note]),
  },
};

/** Fills the form with the settings and tells of every change. */
export function startSettings(form: HTMLFormElement, initial: Settings, onChange: (settings: Settings) => void): void {
  const settings = { ...initial };
  form.append(group('ageBand', initial), group('direction', initial), group('model', initial));
  form.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    Object.assign(settings, { [target.name]: target.value });
    onChange({ ...settings });
  });
}

function group<K extends keyof Settings>(name: K, initial: Settings): HTMLFieldSetElement {
  const { label, options } = CHOICES[name];
  const choices = options.map(([value, text, note]) =>
    el(
      'label',
      { class: 'choice' },
      el('input', { type: 'radio', name, value, checked: initial[name] === value }),
      el('span', {}, text, ...(note === undefined ? [] : [el('small', {}, note)])),
    ),
  );
  return el('fieldset', { class: 'choices' }, el('legend', {}, label), el('div', {}, ...choices));
}

function pairs<V extends string>(texts: Record<V, string>): [V, string][] {
  return Object.entries(texts) as [V, string][];
}
