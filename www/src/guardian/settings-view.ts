import type { GuardianChange, GuardianState, Holds, Relaxed } from 'pausepoint/guardian';
import { announce } from '../announcer.js';
import { el } from '../dom.js';
import type { App, View } from './app.js';
import { codesOnce } from './codes.js';
import { button, choiceField, form, selectField, submit, textField } from './form.js';
import { buttons, heading, lead, list, panel, quiet, ruleList } from './page-parts.js';
import { type CodeName, readUnconfirmed, setUnconfirmed } from './page-store.js';
import { linesNow, MINOR_BANDS } from './rules.js';
import { askSecret, type Question } from './secret-dialog.js';
import { setUp } from './set-up.js';
import {
  about,
  because,
  bandName,
  BAND_NOTES,
  brokenText,
  CHANGES,
  day,
  decidedOn,
  decidesContacts,
  droppedText,
  duration,
  isMendable,
  type MinorBand,
  PROFILES,
  RELAXED,
  relaxedUntil,
  relaxLimit,
  ruleHeading,
  TEXT,
  UNCONFIRMED,
} from './text.js';

type Open = Extract<GuardianState, { is: 'open' }>;

const HOURS = [1, 2, 4, 8, 24, 48, 72, 120, 168];
/** The longest that browsers wait for. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The settings: set up, look at, change, mend. */
export function settingsView(app: App): View {
  /** In the middle of a sequence, in which nothing draws over it. */
  let busy = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let unconfirmed: CodeName[] = [];
  let over = false;
  void readUnconfirmed().then((found) => {
    unconfirmed = found;
    if (!over && found.length > 0) app.refresh();
  });

  const sequence = async (work: () => Promise<void>) => {
    busy = true;
    try {
      await work();
    } finally {
      busy = false;
      app.go('settings');
    }
  };

  const draw = (): Node[] => {
    const { state } = app.guardian;
    clearTimeout(timer);
    switch (state.is) {
      case 'not-set-up':
        return start(() => void sequence(() => setUp(app)));
      case 'broken':
        return broken(state.code);
      case 'open': {
        const holds = app.guardian.holds();
        // A time of milder rules ends by itself, here as well.
        if (holds.until !== null) timer = setTimeout(app.refresh, Math.min(new Date(holds.until).getTime() - Date.now() + 500, LONGEST_TIMER_MS));
        return overview(state, holds);
      }
    }
  };

  return { draw: () => (busy ? null : draw()), leave };

  function leave(): void {
    over = true;
    clearTimeout(timer);
  }

  function broken(code: string): Node[] {
    const anew = button(TEXT.broken.anew, () => void sequence(() => setUp(app)), { focus: 'anew' });
    const bringBack = button(
      TEXT.broken.reinstate,
      () =>
        void askSecret(app.guardian, { title: TEXT.broken.reinstate, lines: [TEXT.broken.reinstateText] }, (secret) => app.guardian.reinstate(secret)).then(
          (done) => {
            if (done === null) return;
            announce(TEXT.broken.mended);
            app.go('settings');
          },
        ),
      { focus: 'reinstate' },
    );
    return [
      heading(TEXT.broken.title),
      lead(TEXT.broken.lead),
      el(
        'div',
        { class: 'panels' },
        panel(TEXT.broken.found, 'found', el('p', {}, brokenText(code)), el('p', { class: 'quiet' }, el('code', {}, code))),
        panel(TEXT.broken.holds, 'holds', el('p', {}, TEXT.broken.holdsText), el('details', {}, el('summary', {}, ruleHeading('under-13')), ruleList(linesNow(app.rules, app.guardian.holds())))),
        panel(
          TEXT.broken.mend,
          'mend',
          ...(isMendable(code)
            ? [el('p', {}, TEXT.broken.reinstateText), el('p', {}, TEXT.broken.anewToo), buttons(bringBack, anew)]
            : [el('p', {}, TEXT.broken.anewText), buttons(anew)]),
        ),
      ),
    ];
  }

  function overview(state: Open, holds: Holds): Node[] {
    const { settings } = state;
    const band = settings.age_band;
    return [
      heading(TEXT.overview.title),
      lead(TEXT.overview.lead),
      el(
        'div',
        { class: 'panels' },
        nowPanel(state, holds),
        agePanel(band, state),
        contactsPanel(state),
        profilesPanel(settings.profiles, band),
        relaxPanel(state, band),
        keysPanel(state),
        endPanel(),
      ),
    ];
  }

  function nowPanel(state: Open, holds: Holds): HTMLElement {
    const { settings } = state;
    const facts: [string, Node | string][] = [
      [TEXT.overview.ageGroup, bandName(settings.age_band)],
      [TEXT.overview.since, day(settings.created_at)],
      [TEXT.overview.changed, String(settings.revision - 1)],
    ];
    return panel(
      TEXT.overview.now,
      'now',
      el('dl', { class: 'counts' }, ...facts.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value)))),
      el('div', {}, el('h3', {}, TEXT.overview.why), list(holds.because.map((code) => because(code, holds)))),
      ...unconfirmed.map((name) => el('p', { class: 'notice' }, UNCONFIRMED[name])),
      ...(state.dropped === null ? [] : [el('p', { class: 'notice' }, droppedText(state.dropped))]),
      el('details', {}, el('summary', {}, TEXT.overview.rules), ruleList(linesNow(app.rules, holds)), quiet(TEXT.overview.rulesNote)),
    );
  }

  function agePanel(band: MinorBand, state: Open): HTMLElement {
    const bands = choiceField(TEXT.overview.ageGroup, {
      type: 'radio',
      name: 'age-band',
      isTitled: true,
      choices: MINOR_BANDS.map((one) => ({ value: one, text: bandName(one), note: BAND_NOTES[one], checked: one === band })),
    });
    const save = () => {
      const chosen = bands.values()[0] as MinorBand;
      bands.problem(null);
      if (chosen === band) return bands.problem(TEXT.age.same);
      const ends = chosen === '16-17' && state.settings.approvals.length > 0;
      const lines = [CHANGES.ageBand(chosen), ...(ends ? [TEXT.age.endsContacts] : []), ...(state.settings.relaxations.length > 0 ? [TEXT.age.endsRelaxed] : []), TEXT.age.sharedToo];
      return change({ title: TEXT.age.title, lines }, () => ({ change: 'set-age-band', age_band: chosen }));
    };
    return panel(TEXT.age.title, 'age', quiet(TEXT.age.lead), form(save, bands.element, buttons(submit(TEXT.age.save, false, 'age/save'))));
  }

  function contactsPanel(state: Open): HTMLElement {
    if (!decidesContacts(state)) return panel(TEXT.contacts.title, 'contacts', el('p', {}, TEXT.contacts.notHere));
    const { approvals } = state.settings;
    const decide = (contact: string, label: string, decision: 'approved' | 'denied') => {
      const name = label || contact;
      const line = decision === 'approved' ? CHANGES.approve(name) : CHANGES.deny(name);
      return change({ title: TEXT.contacts.title, lines: [line] }, () => ({ change: 'decide', contact, label, decision }));
    };
    const rows = approvals.map(({ contact, label, decision, at }) => {
      const name = label || contact;
      const [otherText, other] = decision === 'approved' ? ([TEXT.contacts.deny, 'denied'] as const) : ([TEXT.contacts.approve, 'approved'] as const);
      const key = `contacts/${contact}`;
      const note = state.byCode.includes(contact) ? ` (${TEXT.contacts.byCode})` : '';
      return el(
        'li',
        { 'data-contact': contact },
        el('p', {}, el('strong', {}, name), el('span', { class: 'quiet' }, `${decidedOn(decision, at)}${note}`)),
        buttons(
          button(otherText, () => void decide(contact, label, other), { focus: `${key}/turn`, label: about(otherText, name) }),
          button(TEXT.contacts.forget, () => void change({ title: TEXT.contacts.title, lines: [CHANGES.forget(name)] }, () => ({ change: 'forget', contact })), {
            focus: `${key}/forget`,
            label: about(TEXT.contacts.forget, name),
          }),
        ),
      );
    });
    const label = textField(TEXT.contacts.label, { name: 'new-label', maxlength: 64 });
    const id = textField(TEXT.contacts.id, { name: 'new-id', hint: TEXT.contacts.idHint, maxlength: 128 });
    const add = async (decision: 'approved' | 'denied') => {
      label.problem(null);
      id.problem(null);
      if (label.input.value.trim() === '') return label.problem(TEXT.contacts.labelMissing);
      if (id.input.value.trim() === '') return id.problem(TEXT.contacts.idMissing);
      const done = await decide(id.input.value.trim(), label.input.value.trim(), decision);
      if (done) for (const { input } of [label, id]) clear(input.name);
    };
    return panel(
      TEXT.contacts.title,
      'contacts',
      quiet(TEXT.contacts.lead),
      rows.length === 0 ? el('p', {}, TEXT.contacts.none) : el('ul', { class: 'contacts' }, ...rows),
      el(
        'details',
        { 'data-keep': 'add-contact' },
        el('summary', {}, TEXT.contacts.add),
        quiet(TEXT.contacts.addNote),
        form(
          () => {},
          label.element,
          id.element,
          buttons(
            button(TEXT.contacts.approve, () => void add('approved'), { focus: 'contacts/add/approve' }),
            button(TEXT.contacts.deny, () => void add('denied'), { focus: 'contacts/add/deny' }),
          ),
        ),
      ),
    );
  }

  function profilesPanel(chosen: readonly string[], band: MinorBand): HTMLElement {
    const names = app.rules.profiles.filter(({ bands }) => bands.includes(band));
    // Somebody may have set one that this page does not know.
    const others = chosen.filter((name) => !names.some((known) => known.name === name));
    const profiles = choiceField(TEXT.profiles.title, {
      type: 'checkbox',
      name: 'profiles',
      isTitled: true,
      choices: [
        ...names.map(({ name, title }) => ({ value: name, text: title, note: PROFILES[name] ?? '', checked: chosen.includes(name) })),
        ...others.map((name) => ({ value: name, text: name, checked: true })),
      ],
    });
    const save = () => {
      const values = profiles.values();
      profiles.problem(null);
      if (values.length === chosen.length && values.every((name) => chosen.includes(name))) return profiles.problem(TEXT.profiles.same);
      return change({ title: TEXT.profiles.title, lines: [CHANGES.profiles(values.length)] }, () => ({ change: 'set-profiles', profiles: values }));
    };
    return panel(TEXT.profiles.title, 'profiles', quiet(TEXT.profiles.lead), form(save, profiles.element, buttons(submit(TEXT.profiles.save, false, 'profiles/save'))));
  }

  function relaxPanel(state: Open, band: MinorBand): HTMLElement {
    const longest = app.rules.presets[band].relaxations.longest_hours;
    const running = state.settings.relaxations.filter(({ until }) => new Date(until).getTime() > Date.now());
    const what = selectField(TEXT.relax.what, Object.entries(RELAXED), 'relax-what');
    const long = selectField(
      TEXT.relax.long,
      HOURS.filter((hours) => hours <= longest).map((hours) => [String(hours), duration(hours)]),
      'relax-hours',
    );
    const begin = () => {
      const hours = Number(long.input.value);
      const chosen = what.input.value as Relaxed;
      // Counted from when the PIN is typed, in whole seconds as the core does.
      const until = () => new Date(Math.floor(Date.now() / 1000) * 1000 + hours * 3_600_000).toISOString();
      return change({ title: TEXT.relax.title, lines: [CHANGES.relax(chosen, hours), relaxLimit(band, longest)] }, () => ({ change: 'relax', what: chosen, until: until() }));
    };
    return panel(
      TEXT.relax.title,
      'relax',
      quiet(TEXT.relax.lead),
      quiet(relaxLimit(band, longest)),
      ...(running.length === 0
        ? []
        : [
            el('ul', { class: 'plain-list running' }, ...running.map((one) => el('li', {}, relaxedUntil(one.what, one.until)))),
            buttons(button(TEXT.relax.end, () => void change({ title: TEXT.relax.title, lines: [TEXT.age.endsRelaxed] }, () => ({ change: 'end-relaxations' })), { focus: 'relax/end' })),
          ]),
      form(begin, what.element, long.element, buttons(submit(TEXT.relax.begin, false, 'relax/begin'))),
    );
  }

  function keysPanel(state: Open): HTMLElement {
    const row = (name: string, title: string, text: string, onClick: () => Promise<unknown>) => el('div', { class: 'row' }, button(title, () => void onClick(), { focus: `keys/${name}` }), quiet(text));
    const saved = (done: unknown) => {
      if (done === null) return;
      announce(TEXT.common.saved);
      app.refresh();
    };
    return panel(
      TEXT.keys.title,
      'keys',
      row('change', TEXT.keys.changePin, TEXT.keys.changePinText, async () =>
        saved(await askSecret(app.guardian, { title: TEXT.keys.changePin, lines: [], by: 'pin', newPin: true }, (secret, fresh) => app.guardian.changePin('pin' in secret ? secret.pin : '', fresh))),
      ),
      row('recover', TEXT.keys.recover, TEXT.keys.recoverText, async () => {
        const done = await askSecret(app.guardian, { title: TEXT.keys.recover, lines: [], by: 'recovery', newPin: true }, (secret, fresh) =>
          holding(() => app.guardian.recover('recovery' in secret ? secret.recovery : '', fresh)),
        );
        if (done !== null) await sequence(() => codesOnce({ recovery: done.value.recovery }, app.show));
      }),
      ...(decidesContacts(state)
        ? [
            row('pair', TEXT.keys.pair, TEXT.keys.pairText, async () => {
              const done = await askSecret(app.guardian, { title: TEXT.keys.pair, lines: [TEXT.keys.pairText] }, (secret) => holding(() => app.guardian.pair(secret)));
              if (done !== null) await sequence(() => codesOnce({ pairing: done.value.pairing }, app.show));
            }),
          ]
        : []),
    );
  }

  function endPanel(): HTMLElement {
    const end = async () => {
      const done = await askSecret(app.guardian, { title: TEXT.end.button, lines: [TEXT.end.text], confirm: TEXT.end.confirm }, (secret) => app.guardian.end(secret));
      if (done === null) return;
      await setUnconfirmed(['recovery', 'pairing'], false);
      announce(TEXT.end.done);
      app.go('settings');
    };
    return panel(TEXT.end.title, 'end', quiet(TEXT.end.text), buttons(button(TEXT.end.button, () => void end(), { focus: 'end/button' })));
  }

  /** Nothing is drawn between a change and the code that comes with it. */
  async function holding<T>(work: () => Promise<T>): Promise<T> {
    busy = true;
    try {
      return await work();
    } finally {
      busy = false;
    }
  }

  /** Makes a change, with the PIN. The change is made out when the PIN is there. */
  async function change(question: Question, what: () => GuardianChange): Promise<boolean> {
    const done = await askSecret(app.guardian, question, (secret) => app.guardian.change(secret, what()));
    if (done === null) return false;
    announce(TEXT.common.saved);
    app.refresh();
    return true;
  }
}

function start(begin: () => void): Node[] {
  return [
    heading(TEXT.start.title),
    lead(TEXT.start.lead),
    el(
      'div',
      { class: 'panels' },
      panel(TEXT.start.doesTitle, 'does', list(TEXT.start.does)),
      panel(TEXT.start.notTitle, 'not', list(TEXT.start.not)),
    ),
    quiet(TEXT.start.notSetUp),
    buttons(button(TEXT.start.begin, begin, { class: 'primary', focus: 'begin' })),
  ];
}

/** After it was taken, what was typed is not to come back with the next drawing. */
function clear(name: string): void {
  for (const input of document.querySelectorAll<HTMLInputElement>(`#view input[name="${name}"]`)) input.value = '';
}
