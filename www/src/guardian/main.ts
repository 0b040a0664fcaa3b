import { ContactError } from 'pausepoint/contact';
import { GuardianError, openGuardian, type Guardian } from 'pausepoint/guardian';
import { localStore } from 'pausepoint/store';
import { byId, el } from '../dom.js';
import { saveForOffline } from '../offline-copy.js';
import { keepIcon } from '../own-icon.js';
import { startTheme } from '../theme.js';
import { answerView } from './answer-view.js';
import type { App, View, ViewName } from './app.js';
import { askView } from './ask-view.js';
import { button } from './form.js';
import { areHeld, heading, lead } from './page-parts.js';
import { readRules } from './rules.js';
import { settingsView } from './settings-view.js';
import { sharedView } from './shared-view.js';
import { problemText, TEXT } from './text.js';

const VIEWS: Record<ViewName, (app: App) => View> = { settings: settingsView, shared: sharedView, ask: askView, answer: answerView };

const main = byId('view', HTMLElement);
const links = [...byId('parts', HTMLElement).querySelectorAll('a')];

startTheme();
void start();

async function start(): Promise<void> {
  byId('start', HTMLElement).textContent = TEXT.page.starting;
  const saved = saveForOffline((state) => {
    if (state === 'ready') byId('offline', HTMLElement).textContent = TEXT.page.offline;
  });
  try {
    // The worker starts with the page, so that nothing has to be fetched later.
    const [guardian, rules] = await Promise.all([
      openGuardian({ store: localStore('pausepoint-settings'), anchor: localStore('pausepoint-settings-anchor'), manage: true }),
      readRules(),
      keepIcon(),
    ]);
    run(guardian, rules);
    await saved;
    main.dataset['saved'] = '';
  } catch (error) {
    failed(error);
  }
}

function failed(error: unknown): void {
  main.removeAttribute('aria-busy');
  const code = error instanceof GuardianError || error instanceof ContactError ? error.code : 'engine/failed';
  main.replaceChildren(
    heading(TEXT.page.failed),
    lead(problemText(code)),
    el('p', {}, TEXT.broken.holdsText),
    button(TEXT.page.retry, () => location.reload()),
  );
}

function run(guardian: Guardian, rules: App['rules']): void {
  let name: ViewName = wanted() ?? 'settings';
  let view: View;
  let isWaiting = false;

  const app: App = {
    guardian,
    rules,
    go: (next) => open(next, true),
    show: (...content) => {
      main.replaceChildren(...content);
      focusHeading();
    },
    refresh,
  };

  function open(next: ViewName, withFocus: boolean): void {
    view?.leave?.();
    name = next;
    if (wanted() !== next) history.replaceState(null, '', `#${next}`);
    for (const link of links) {
      if (link.hash === `#${next}`) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    view = VIEWS[next](app);
    main.replaceChildren(...(view.draw() ?? []));
    main.dataset['view'] = next;
    title();
    if (withFocus) focusHeading();
  }

  function refresh(): void {
    // Drawn behind an open dialog, what opened it would be gone when the focus wants to return there.
    if (document.querySelector('dialog[open]') !== null) {
      isWaiting = true;
      return;
    }
    const content = view.draw();
    if (content === null) return;
    const focused = document.activeElement?.closest<HTMLElement>('[data-focus]')?.dataset['focus'];
    const field = main.contains(document.activeElement) && document.activeElement instanceof HTMLInputElement ? document.activeElement.name : '';
    const wasOnHeading = document.activeElement?.matches('#view h1') ?? false;
    const kept = keep();
    main.replaceChildren(...content);
    kept();
    if (wasOnHeading) main.querySelector('h1')?.focus();
    else if (focused !== undefined) focusOn(focused);
    else if (field !== '') main.querySelector<HTMLElement>(`[name="${field}"]`)?.focus();
    title();
  }

  document.addEventListener(
    'close',
    () => {
      if (!isWaiting) return;
      isWaiting = false;
      queueMicrotask(refresh);
    },
    true,
  );
  addEventListener('hashchange', () => {
    const next = wanted();
    if (next === null || next === name) return;
    if (areHeld()) history.replaceState(null, '', `#${name}`);
    else open(next, true);
  });
  for (const link of links) {
    // Also for the part that is shown already, which may be in the middle of something.
    link.addEventListener('click', () => link.hash === `#${name}` && open(name, true));
  }
  guardian.onChange(refresh);
  main.removeAttribute('aria-busy');
  open(name, false);
}

function wanted(): ViewName | null {
  const name = location.hash.slice(1);
  return name in VIEWS ? (name as ViewName) : null;
}

function title(): void {
  const text = main.querySelector('h1')?.lastChild?.textContent ?? '';
  document.title = text === '' ? TEXT.page.title : `${text} · ${TEXT.page.title}`;
}

function focusHeading(): void {
  scrollTo(0, 0);
  title();
  main.querySelector('h1')?.focus();
}

/** Puts the focus on what had it, or on the heading of its part if that is gone. */
function focusOn(key: string): void {
  for (let wantedKey = key; wantedKey !== ''; wantedKey = wantedKey.slice(0, Math.max(wantedKey.lastIndexOf('/'), 0))) {
    const found = main.querySelector<HTMLElement>(`[data-focus="${CSS.escape(wantedKey)}"]`);
    if (found !== null) return found.focus();
  }
}

/** Remembers what was typed and opened; what it gives puts it back. */
function keep(): () => void {
  const typed = new Map([...main.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>('input[type=text][name], select[name], textarea[name]')].map((input) => [input.name, input.value]));
  const opened = [...main.querySelectorAll<HTMLDetailsElement>('details[data-keep][open]')].map(({ dataset }) => dataset['keep']);
  return () => {
    for (const [name, value] of typed) {
      const input = main.querySelector<HTMLInputElement>(`[name="${CSS.escape(name)}"]`);
      if (input !== null) input.value = value;
    }
    for (const name of opened) main.querySelector(`details[data-keep="${name}"]`)?.setAttribute('open', '');
  };
}
