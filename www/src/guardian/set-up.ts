import { GuardianError } from 'pausepoint/guardian';
import { announce } from '../announcer.js';
import { el } from '../dom.js';
import type { App } from './app.js';
import { codesOnce } from './codes.js';
import { button, form, newPin, submit, tickField } from './form.js';
import { buttons, heading, holdParts, lead, quiet, ruleList, toldLists } from './page-parts.js';
import { linesOf, MINOR_BANDS, toldOf } from './rules.js';
import { BAND_NOTES, bandName, type MinorBand, problemText, stepOf, TEXT } from './text.js';

const STEPS = 4;

/** The sequence that sets up. Resolves when it is over: set up, or stopped with nothing stored. */
export async function setUp(app: App): Promise<void> {
  let band: MinorBand | null = null;
  for (let step = 1; step < STEPS; ) {
    if (step === 1) {
      const chosen: MinorBand | null = await chooseBand(app, band);
      if (chosen === null) return stopped();
      band = chosen;
      step = 2;
    } else if (step === 2) {
      const answer = await readTold(app, band as MinorBand);
      if (answer === 'stop') return stopped();
      step = answer === 'back' ? 1 : 3;
    } else {
      const codes = await choosePin(app, band as MinorBand);
      if (codes === 'stop') return stopped();
      if (codes === 'back') {
        step = 2;
        continue;
      }
      // Where a guardian decides about no contacts, a key for that would only raise questions.
      const decides = toldOf(app.rules, band as MinorBand).decides.includes('contact-approvals');
      await codesOnce(decides ? codes : { recovery: codes.recovery }, app.show, stepOf(STEPS, STEPS));
      announce(TEXT.step.done);
      step = STEPS;
    }
  }
}

const stopped = (): void => announce(TEXT.start.stopped);

function chooseBand(app: App, before: MinorBand | null): Promise<MinorBand | null> {
  return new Promise((resolve) => {
    const problem = el('p', { class: 'problem', id: 'band-problem' });
    const inputs = MINOR_BANDS.map((band) =>
      el('input', { type: 'radio', name: 'band', value: band, checked: band === before, 'aria-describedby': `rules-${band} band-problem` }),
    );
    const cards = MINOR_BANDS.map((band, index) =>
      el(
        'div',
        { class: 'panel band' },
        el('label', { class: 'choice' }, inputs[index] as HTMLInputElement, el('span', {}, bandName(band), el('small', {}, BAND_NOTES[band]))),
        el('div', { id: `rules-${band}` }, ruleList(linesOf(app.rules, band))),
      ),
    );
    app.show(
      heading(TEXT.step.age, stepOf(1, STEPS)),
      lead(TEXT.step.ageLead),
      form(
        () => {
          const chosen = inputs.find(({ checked }) => checked)?.value as MinorBand | undefined;
          if (chosen !== undefined) return resolve(chosen);
          problem.textContent = TEXT.step.ageNone;
          inputs[0]?.focus();
        },
        el('fieldset', { class: 'bands' }, el('legend', { class: 'visually-hidden' }, TEXT.overview.ageGroup), ...cards),
        problem,
        buttons(submit(TEXT.common.next), button(TEXT.step.stop, () => resolve(null))),
      ),
    );
  });
}

type Way = 'on' | 'back' | 'stop';

function readTold(app: App, band: MinorBand): Promise<Way> {
  return new Promise((resolve) => {
    const tick = tickField(TEXT.step.tick, TEXT.step.tickHint);
    app.show(
      heading(TEXT.step.told, stepOf(2, STEPS)),
      lead(TEXT.step.toldLead),
      el('p', { class: 'chip' }, bandName(band)),
      toldLists(toldOf(app.rules, band)),
      form(
        () => {
          tick.problem(null);
          if (tick.input.checked) resolve('on');
          else tick.problem(TEXT.step.tickNone);
        },
        tick.element,
        buttons(submit(TEXT.common.next), button(TEXT.common.back, () => resolve('back')), button(TEXT.step.stop, () => resolve('stop'))),
      ),
    );
  });
}

function choosePin(app: App, band: MinorBand): Promise<{ recovery: string; pairing: string } | Exclude<Way, 'on'>> {
  return new Promise((resolve) => {
    const pin = newPin();
    const status = el('p', { class: 'notice', role: 'alert' });
    const go = submit(TEXT.step.pinFinish);
    app.show(
      heading(TEXT.step.pin, stepOf(3, STEPS)),
      lead(TEXT.step.pinLead),
      form(
        async () => {
          status.textContent = '';
          const chosen = pin.read();
          if (chosen === null) return;
          go.textContent = TEXT.common.working;
          const release = holdParts();
          try {
            resolve(await app.guardian.setUp({ pin: chosen, ageBand: band }));
          } catch (error) {
            go.textContent = TEXT.step.pinFinish;
            const code = error instanceof GuardianError ? error.code : 'engine/failed';
            if (code === 'guardian/pin-weak' || code === 'guardian/pin-length') pin.problem(problemText(code));
            else status.textContent = problemText(code);
          } finally {
            release();
          }
        },
        el('div', { class: 'panel narrow' }, ...pin.elements),
        status,
        buttons(go, button(TEXT.common.back, () => resolve('back')), button(TEXT.step.stop, () => resolve('stop'))),
      ),
      quiet(TEXT.page.limits),
    );
  });
}
