import { el } from '../dom.js';
import type { App, View } from './app.js';
import { heading, lead, quiet, toldLists } from './page-parts.js';
import { MINOR_BANDS, toldOf } from './rules.js';
import { bandName, TEXT } from './text.js';

/** What is shared and what never is: for the teen, at any time, without a PIN. */
export function sharedView(app: App): View {
  return {
    draw() {
      const { state } = app.guardian;
      const isOpen = state.is === 'open';
      const band = isOpen ? state.settings.age_band : null;
      const others = MINOR_BANDS.filter((one) => one !== band).map((one) =>
        el('details', { 'data-keep': `told-${one}`, 'data-band': one }, el('summary', {}, bandName(one)), toldLists(toldOf(app.rules, one), 'h3')),
      );
      return [
        heading(TEXT.shared.title),
        lead(TEXT.shared.lead),
        ...(isOpen
          ? [el('p', { class: 'chip' }, bandName(state.settings.age_band)), toldLists(state.told), quiet(TEXT.shared.change), el('h2', {}, TEXT.shared.perBand)]
          : [el('p', { class: 'notice' }, state.is === 'broken' ? TEXT.shared.brokenNote : TEXT.shared.ifSetUp)]),
        el('div', { class: 'panel others' }, ...others),
      ];
    },
  };
}
