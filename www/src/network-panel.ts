import { byId, el } from './dom.js';
import { total, type NetworkCounter } from './network-counter.js';
import type { OfflineState } from './offline-copy.js';
import { TEXT } from './text.js';

const figure = byId('network-total', HTMLElement);
const unit = byId('network-unit', HTMLElement);
const rows = {
  page: byId('network-page', HTMLElement),
  worker: byId('network-worker', HTMLElement),
  pastCache: byId('network-past-cache', HTMLElement),
};
const saved = byId('network-saved', HTMLElement);
const addresses = byId('network-addresses', HTMLElement);

const OFFLINE: Record<OfflineState, string> = {
  no: TEXT.network.savedNo,
  busy: TEXT.network.savedBusy,
  ready: TEXT.network.savedYes,
  newer: TEXT.network.savedNewer,
};

export function showCount(counter: NetworkCounter): void {
  const { count, counting } = counter;
  figure.textContent = String(total(count));
  figure.dataset['counting'] = String(counting);
  unit.textContent = counting ? TEXT.network.unit : TEXT.network.waiting;
  for (const key of ['page', 'worker', 'pastCache'] as const) rows[key].textContent = String(count[key]);
  addresses.replaceChildren(
    ...(count.addresses.length === 0
      ? []
      : [el('p', {}, TEXT.network.addresses), el('ul', {}, ...count.addresses.map((address) => el('li', {}, address)))]),
  );
}

export function showOffline(state: OfflineState): void {
  saved.textContent = OFFLINE[state];
  saved.dataset['state'] = state;
}
