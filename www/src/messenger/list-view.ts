import { byId, el } from '../dom.js';
import { avatar } from './avatar.js';
import type { Conversation } from './conversation.js';
import { icon } from './icons.js';
import { GATE, keptAway, reason, TEXT } from './text.js';

const root = byId('conversations', HTMLElement);

/** Draws the list of conversations: chats, requests, and how many requests were kept away. */
export function drawList(all: readonly Conversation[], current: string | null, open: (id: string) => void): void {
  const focused = root.contains(document.activeElement) ? document.activeElement?.closest<HTMLElement>('[data-id]')?.dataset['id'] : undefined;
  const opened = [...root.querySelectorAll<HTMLElement>('details[open]')].map(({ dataset }) => dataset['id']);
  const [chats, requests, away] = (['chats', 'requests', 'away'] as const).map((place) => all.filter((one) => one.place === place)) as [Conversation[], Conversation[], Conversation[]];

  root.replaceChildren(
    el('h3', {}, TEXT.list.chats),
    el('ul', {}, ...chats.map((one) => el('li', {}, chat(one, one.person.id === current, open)))),
    el('h3', {}, TEXT.list.requests),
    ...(requests.length === 0 ? [el('p', { class: 'quiet' }, TEXT.list.noRequests)] : [el('ul', {}, ...requests.map((one) => el('li', { class: 'request' }, avatar(one.person), el('div', {}, el('strong', {}, one.person.name), ...gate(one)))))]),
    ...(away.length === 0 ? [] : [kept(away)]),
  );
  for (const id of opened) root.querySelector(`details[data-id="${id}"]`)?.setAttribute('open', '');
  if (focused !== undefined) root.querySelector<HTMLElement>(`[data-id="${focused}"]:not(details), details[data-id="${focused}"] summary`)?.focus();
}

function chat({ person, items, isBlocked, isUnread }: Conversation, isCurrent: boolean, open: (id: string) => void): HTMLButtonElement {
  const last = items.filter((item) => item.is === 'text').at(-1);
  const preview = isBlocked ? TEXT.list.blocked : last?.text ?? person.who;
  const button = el(
    'button',
    { type: 'button', class: 'chat', 'data-id': person.id, 'aria-current': isCurrent && 'true' },
    avatar(person),
    el('span', {}, el('strong', {}, person.name), el('small', {}, preview)),
    ...(isUnread ? [el('span', { class: 'unread' }, el('span', { class: 'visually-hidden' }, TEXT.thread.unread))] : []),
  );
  button.addEventListener('click', () => open(person.id));
  return button;
}

/** What was decided, and why. Never what was written. */
function gate({ person, gate }: Conversation): Node[] {
  if (gate === null) return [];
  return [
    el('span', { class: 'decided' }, GATE[gate.decision]),
    el('details', { 'data-id': `why-${person.id}` }, el('summary', {}, TEXT.list.why), el('ul', {}, ...gate.reasons.map((code) => el('li', {}, reason(code))))),
  ];
}

function kept(away: readonly Conversation[]): HTMLElement {
  return el(
    'details',
    { class: 'away', 'data-id': 'away' },
    el('summary', {}, icon('pause'), keptAway(away.length)),
    ...away.map(({ person, gate: found }) =>
      el('div', {}, el('p', {}, el('strong', {}, person.who), ...(found === null ? [] : [`: ${GATE[found.decision].toLowerCase()}.`])), el('ul', {}, ...(found?.reasons ?? []).map((code) => el('li', {}, reason(code))))),
    ),
  );
}

/** Opens what was kept away, for whoever wants to know why. */
export function showKeptAway(): void {
  const away = root.querySelector<HTMLDetailsElement>('.away');
  away?.setAttribute('open', '');
  away?.scrollIntoView({ block: 'nearest' });
}
