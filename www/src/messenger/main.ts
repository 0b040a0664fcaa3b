import { createContacts } from 'pausepoint/contact';
import { createMetadataTool } from 'pausepoint/metadata';
import type { GuardState } from '../guard-session.js';
import { NetworkCounter } from '../network-counter.js';
import { showCount, showOffline } from '../network-panel.js';
import { onNetworkNotice, saveForOffline } from '../offline-copy.js';
import { keepIcon } from '../own-icon.js';
import { showStatus, startStatus } from '../start-status.js';
import { startTheme } from '../theme.js';
import { startBringing } from './bring.js';
import { openCamera, startCamera } from './camera.js';
import { DemoGuardian } from './demo-guardian.js';
import { Director } from './director.js';
import { Messenger } from './messenger.js';
import { ANA } from './people.js';
import { Protection, type Protected } from './protection.js';
import { showProgramme, startRail } from './rail.js';
import { startSwitches } from './switches.js';
import { Talk } from './talk.js';

/** How long a ready guard waits for the offline copy before it calls itself ready all the same, in milliseconds. */
const PATIENCE_MS = 10_000;
/** How often the worker is asked for its count of requests, in milliseconds. */
const COUNT_EVERY_MS = 2_000;

let settings: Protected = { age: '13-15', language: 'en' };
let guardState: GuardState = { phase: 'loading', progress: null };
let talking: Promise<unknown> = Promise.resolve();

startTheme();

const guardian = new DemoGuardian();
const talk = new Talk();
const protection = new Protection((state) => void onGuard(state));
const contacts = createContacts();
const metadata = createMetadataTool();
const counter = new NetworkCounter(
  () => protection.requests(),
  () => showCount(counter),
);
const messenger = new Messenger({ protection, talk, contacts, age: () => settings.age, camera: (take) => void openCamera(take) });
const director = new Director({ messenger, protection, guardian, metadata, age: () => settings.age, protectAs: (age) => setAge(age) }, showProgramme);

// Before the page's own listeners on `window`, which then see only what may go out.
protectPage();
const setAge = startSwitches(settings, (chosen) => {
  settings = chosen;
  protectPage();
});
startRail((name) => void director.play(name), () => director.stop());
startCamera();
startBringing((files, target) => messenger.bring(peerOf(target) ?? ANA.id, files));
startStatus(protectPage);
messenger.open(ANA.id, false);
// On a phone, the list comes first.
messenger.showList();

const others = [contacts, metadata, guardian.open(), saveForOffline(showOffline), keepIcon()];
onNetworkNotice((notice) => counter.hearOfPassing(notice));
setInterval(() => {
  if (!document.hidden && counter.counting) void counter.refresh();
}, COUNT_EVERY_MS);

/** Protects the page as the settings say. Pictures that came are covered anew, by the protection that is there then. */
function protectPage(): void {
  counter.rest();
  talking = talk.start(settings.age);
  protection.start(settings, {
    peer: peerOf,
    messages: talk.forGuard,
    metadata,
    guardian: guardian.asked,
    onBlock: messenger.onBlock,
    onSomeone: messenger.onSomeone,
    onDecision: messenger.onDecision,
  });
}

/** Whose conversation something was given to. */
function peerOf(target: EventTarget | null): string | undefined {
  const near = target instanceof Element ? target.closest<HTMLElement>('[data-peer]') : null;
  return near?.dataset['peer'] ?? messenger.current;
}

async function onGuard(state: GuardState): Promise<void> {
  guardState = state;
  const isReady = state.phase === 'ready';
  showStatus(state, isReady);
  if (!isReady) return;

  // Everything holds meanwhile; what waits is the word “ready” and the counter, which must not see the loading.
  const all = Promise.allSettled([...others, talking]);
  await Promise.race([all, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  if (guardState !== state) return;
  showStatus(state, false);
  counter.begin();
}
