import { startCamera } from './camera.js';
import { byId } from './dom.js';
import { GuardSession, type GuardState } from './guard-session.js';
import { startIntake } from './intake.js';
import { NetworkCounter } from './network-counter.js';
import { showCount, showOffline } from './network-panel.js';
import { onNetworkNotice, saveForOffline } from './offline-copy.js';
import { PictureList } from './picture-list.js';
import { startSettings, type Settings } from './settings.js';
import { showStatus, startStatus } from './start-status.js';
import { startTheme } from './theme.js';

/** How long a ready guard waits for the offline copy before it calls itself ready all the same, in milliseconds. */
const PATIENCE_MS = 10_000;
/** How often the worker is asked for its count of requests, in milliseconds. */
const COUNT_EVERY_MS = 2_000;

let settings: Settings = { ageBand: '13-15', direction: 'outgoing', model: 'mid' };
let guardState: GuardState = { phase: 'loading', progress: null };

startTheme();

const session = new GuardSession((state) => void onGuard(state));
const counter = new NetworkCounter(
  () => session.requests(),
  () => showCount(counter),
);
const pictures = new PictureList({
  check: (picture, direction, signal) => session.check(picture, { direction, signal }),
  direction: () => settings.direction,
  ready: () => session.ready,
  judged: () => void counter.refresh(),
});

// Both load at the same time, and mostly the same files; the browser's cache sees to it that they travel once.
const saved = saveForOffline(showOffline);
startGuard();

startStatus(startGuard);
startSettings(byId('settings', HTMLFormElement), settings, (chosen) => {
  const needsGuard = chosen.ageBand !== settings.ageBand || chosen.model !== settings.model;
  settings = chosen;
  if (needsGuard) startGuard();
  else pictures.checkAgain();
});
startIntake((found) => pictures.add(found));
startCamera(
  (video, onChange) => session.watch(video, { direction: settings.direction, onChange }),
  (picture) => pictures.add([picture]),
);

onNetworkNotice((notice) => counter.hearOfPassing(notice));
setInterval(() => {
  if (!document.hidden && counter.counting) void counter.refresh();
}, COUNT_EVERY_MS);

function startGuard(): void {
  counter.rest();
  session.start({ ageBand: settings.ageBand, model: settings.model });
  pictures.checkAgain();
}

async function onGuard(state: GuardState): Promise<void> {
  guardState = state;
  const isReady = state.phase === 'ready';
  showStatus(state, isReady);
  pictures.showTurns();
  if (!isReady) return;

  // Pictures are checked meanwhile; what waits is the word “ready” and the counter, which must not see the saving.
  await Promise.race([saved, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  if (guardState !== state) return;
  showStatus(state, false);
  counter.begin();
}
