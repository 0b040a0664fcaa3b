/**
 * Every word of the page. It speaks to whoever opens it: a teen, a parent, a developer, a stranger. It says “may”,
 * because the classifier can be wrong, and it blames nobody.
 */
import type { Action, AgeBand, Direction, Scores, Verdict, WatchState } from 'pausepoint';

export const TEXT = {
  page: {
    name: 'Pausepoint',
    title: 'Pausepoint: a pause before an intimate picture is sent or seen',
    description: 'Try a safety filter that checks pictures for nudity on your own device. Nothing is uploaded.',
    skip: 'Skip to the pictures',
    noScript: 'The check runs in this page, so it needs JavaScript. Nothing is sent anywhere.',
  },
  hero: {
    title: 'A pause before an intimate picture is sent or seen',
    lead:
      'Pausepoint is a safety filter for apps that young people use. It looks at a picture on your own device, says ' +
      'whether it may show nudity, and lets the app pause and ask. Try it here: your pictures stay with you.',
  },
  theme: {
    legend: 'Colours',
    system: 'As on device',
    light: 'Light',
    dark: 'Dark',
  },
  intake: {
    title: 'Check a picture',
    drop: 'Drop or paste pictures anywhere on this page, or bring them in here.',
    choose: 'Choose pictures',
    camera: 'Camera',
    paste: 'Paste',
    example: 'Example',
    note: 'Every picture stays covered until it has been checked.',
    pasted: 'Pasted picture',
    exampleName: 'Example landscape',
    nothingDropped: 'There was no picture in that.',
    nothingPasted: 'There is no picture on the clipboard. Copy one first.',
    pasteRefused: 'The browser did not hand over the clipboard. Pressing Ctrl+V (or ⌘V) works without permission.',
    exampleFailed: 'This browser could not draw the example.',
  },
  start: {
    starting: 'Getting ready…',
    offline: 'Saving the page, so that it works without a network…',
    failed: 'The check could not start',
    stillCovered: 'Pictures stay covered until it can.',
    retry: 'Try again',
    progressLabel: 'Loading',
  },
  pictures: {
    title: 'Pictures',
    clear: 'Remove all',
    cleared: 'All pictures removed.',
  },
  card: {
    waiting: 'Waiting for its turn',
    checking: 'Looking at it…',
    covered: 'Covered',
    noPreview: 'This browser cannot show this file.',
    showAnyway: 'Show anyway',
    cover: 'Cover again',
    help: 'Someone to talk to',
    classes: 'What the classifier saw',
    className: 'Kind',
    classShare: 'Share',
    explicitSum: 'Total explicit',
    suggestiveSum: 'Total suggestive',
    facts: 'How it was checked',
    time: 'Time',
    format: 'Format',
    size: 'Size',
    frames: 'Frames looked at',
    decoder: 'Decoded by',
    model: 'Model',
    json: 'Verdict as data',
  },
  camera: {
    title: 'Take a picture',
    take: 'Take picture',
    cancel: 'Cancel',
    starting: 'Starting the camera…',
    preview: 'What the camera sees',
    name: 'Camera picture',
    refused: 'The browser was not allowed to use the camera. You can allow it in the settings of this page.',
    missing: 'No camera was found.',
    failed: 'The camera could not be started. Another app may be using it.',
    note: 'The picture goes straight to the check. It is not saved.',
    unwatched: 'The check is still loading, so nothing looks at the live picture.',
  },
  settings: {
    title: 'Settings',
    note: 'In an app, a teen and a parent would choose these together. A change checks your pictures again.',
    ageBand: 'Who is protected',
    direction: 'The picture is being',
    model: 'Classifier',
  },
  network: {
    title: 'Network requests',
    unit: 'since the check was ready',
    waiting: 'Counting starts when everything has loaded.',
    byPage: 'By this page',
    byWorker: 'By the worker that checks',
    pastCache: 'Let through by the offline copy',
    saved: 'Offline copy',
    savedNo: 'not in this browser',
    savedBusy: 'being saved',
    savedYes: 'ready',
    savedNewer: 'a newer page is being saved for next time',
    what: 'What is counted?',
    explain: [
      'Every request in the browser’s own records (“resource timing”) of this page and of its worker, from the moment ' +
        'everything had loaded. Changing who is protected or the classifier loads the check again, and counting rests ' +
        'meanwhile.',
      'The offline copy reports what it had to fetch, for every open tab of this page. That catches what the records ' +
        'might miss, so the larger figure is shown.',
      'Not counted: pictures that the page shows from memory (blob: addresses), because they use no network, and what the ' +
        'browser asks on its own account, such as whether there is a newer page (sw.js), which no page can see.',
      'You need not believe it: switch the network off, reload, and everything still works.',
    ],
    addresses: 'Requested:',
  },
  about: {
    title: 'About this check',
    how: 'How it works',
    how1: 'The picture is opened inside this page by a small program (WebAssembly, written in Rust).',
    how2: 'A classifier estimates how much it resembles five kinds of picture.',
    how3: 'The settings of the age group turn that into an answer: go on, say something, ask first, or hold back.',
    how4: 'The answer stays here too. There is no account, no log and no report.',
    limits: 'What it cannot do',
    limits1: 'It can be wrong both ways: a beach photo may be paused, and a harmful picture may pass.',
    limits2: 'It was trained by others on pictures that were not published, so nobody can fully say what it learnt.',
    limits3: 'It does not recognise people, and it does not check anybody’s age.',
    limits4: 'It reports to nobody, so it is no way to report a crime or to get a picture taken down.',
    limits5: 'It is a pause, not a lock. Somebody determined can get around it.',
    help: 'If something has happened',
    help1: 'A picture of you got out, or somebody is putting pressure on you? It is not your fault, and you are not alone.',
    help2: 'lists places in many countries where children and young people can talk to somebody.',
    help2Link: 'Child Helpline International',
    help3: 'helps to get pictures of people under 18 off the internet. The picture stays on your device there, too.',
    help3Link: 'Take It Down',
    help4: 'These links leave this page.',
    developers: 'For developers',
    developersNote: 'The same check in your own app:',
    licence: 'Licence of the classifier',
    guardian: 'Guardian settings:',
    guardianNote: 'what a parent and a teen choose together, and what is never shared.',
  },
} as const;

export const AGE_BANDS: Record<AgeBand, string> = {
  'under-13': 'Under 13',
  '13-15': '13 to 15',
  '16-17': '16 and 17',
  adult: 'Adult',
};

export const DIRECTIONS: Record<Direction, string> = { outgoing: 'sent', incoming: 'received' };

export const MODELS = {
  mid: { name: 'Mid', note: 'more accurate' },
  small: { name: 'Small', note: 'lighter' },
} as const;

export const CLASSES: Record<keyof Scores, string> = {
  neutral: 'Everyday photo',
  drawing: 'Drawing',
  sexy: 'Suggestive photo',
  porn: 'Explicit photo',
  hentai: 'Explicit drawing',
};

/** What became of the picture, in a word or two. */
export const BADGES: Record<Action, string> = {
  allow: 'Let through',
  notice: 'Let through, with a note',
  warn: 'Paused',
  block: 'Held back',
  unchecked: 'Not checked',
};

const SEEN: Record<string, string> = {
  explicit: 'May show nudity',
  suggestive: 'May be suggestive',
};

const UNCHECKED: Record<string, string> = {
  empty: 'The file is empty.',
  'unknown-format': 'This is not a kind of picture that can be recognised.',
  'unsupported-format': 'Neither Pausepoint nor this browser can open this kind of picture.',
  damaged: 'The file is damaged or incomplete.',
  'too-many-bytes': 'The file is too large to open safely.',
  'too-many-pixels': 'The picture is too large to open safely.',
  'too-many-frames': 'The animation has too many frames to open safely.',
  'too-much-memory': 'The picture would need too much memory.',
  deadline: 'Looking at it took too long, so it was stopped.',
  'worker-failed': 'The check stopped while it looked at this picture. It starts afresh for the next one.',
  'not-readable': 'The picture could not be read.',
  'not-ready': 'The check has not started.',
};

/** The verdict's heading. */
export function headline({ action, reasons }: Pick<WatchState, 'action' | 'reasons'>): string {
  if (action === 'allow') return 'Nothing noticed';
  if (action === 'unchecked') return 'This one could not be checked';
  return SEEN[reasons[0] ?? ''] ?? 'Something was noticed';
}

/** What is said of a live picture. */
export function liveLine(state: WatchState): string {
  return `Live: ${state.action === 'unchecked' ? 'not checked at the moment' : headline(state)}.`;
}

/** Why, one sentence each, beyond what the heading says. */
export function reasonLines({ action, reasons }: Verdict): string[] {
  if (action === 'unchecked') return reasons.map((reason) => UNCHECKED[reason] ?? `Reason: ${reason}.`);
  return reasons.slice(1).map((reason) => `${SEEN[reason] ?? reason}, as well.`);
}

const NEXT: Record<Direction, Record<Action, string>> = {
  outgoing: {
    allow: 'With these settings, an app would send it without asking. The check can miss things, so your own judgement counts.',
    notice: 'With these settings, an app would send it and mention what was noticed. Changing your mind is always fine.',
    warn:
      'With these settings, an app would stop here and ask before sending. Nothing has been sent. Take your time: ' +
      'nobody has a right to a picture of you, and the choice is yours.',
    block:
      'With these settings, an app would not send it. Nothing has been sent, and nobody has been told. If somebody is ' +
      'pushing you for pictures, that is their fault and not yours.',
    unchecked: '',
  },
  incoming: {
    allow: 'With these settings, an app would simply show it. The check can miss things.',
    notice: 'With these settings, an app would show it and mention what was noticed.',
    warn:
      'With these settings, an app would keep it covered and ask first. You do not have to look and you do not have to ' +
      'answer. Getting a picture is never your fault.',
    block:
      'With these settings, an app would keep it covered. If somebody sent this to you, you did nothing wrong, and you do ' +
      'not have to answer.',
    unchecked: '',
  },
};

const FALLBACK: Record<Exclude<Action, 'unchecked'>, string> = {
  allow: 'These settings let an unchecked picture go on. Here it stays covered until you choose.',
  notice: 'These settings let an unchecked picture go on, and say that it was not checked. Here it stays covered until you choose.',
  warn: 'Not checked is not the same as fine, so with these settings an app would ask first.',
  block: 'Not checked is not the same as fine, so with these settings an app would hold it back.',
};

/** What an app would do now, and what that means for the person. */
export function whatNext({ action, fallback }: Verdict, direction: Direction): string {
  return action === 'unchecked' ? FALLBACK[fallback ?? 'block'] : NEXT[direction][action];
}

/** What a screen reader says when a verdict is there. */
export function announcement(name: string, verdict: Verdict): string {
  return `${name}: ${BADGES[verdict.action]}. ${headline(verdict)}.`;
}

const PERCENT = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const MEGABYTES = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const percent = (share: number): string => PERCENT.format(share);
export const milliseconds = (ms: number): string => `${NUMBER.format(ms)} ms`;
export const pixels = (width: number, height: number): string => `${NUMBER.format(width)} × ${NUMBER.format(height)}`;
export const frames = (looked: number, total: number): string => `${NUMBER.format(looked)} of ${NUMBER.format(total)}`;
export const removeLabel = (name: string): string => `Remove ${name}`;
export const added = (count: number): string => (count === 1 ? 'One picture added.' : `${count} pictures added.`);
export const decoderName = (decoder: 'own' | 'host'): string => (decoder === 'own' ? 'Pausepoint' : 'the browser');
export const formatName = (format: string): string => FORMATS[format] ?? format.toUpperCase();

const FORMATS: Record<string, string> = {
  'video-frame': 'Video frame',
  canvas: 'Canvas',
  'image-bitmap': 'Bitmap',
  webp: 'WebP',
};

/** How far loading has come, such as “Loading the classifier: 2.1 of 4.4 MB”. */
export function loadingText(phase: 'wasm' | 'model', loaded: number, total: number | null): string {
  const what = phase === 'wasm' ? 'Loading the program' : 'Loading the classifier';
  const of = total === null ? '' : ` of ${MEGABYTES.format(total / 1e6)}`;
  return `${what}: ${MEGABYTES.format(loaded / 1e6)}${of} MB`;
}

export const readyText = (model: string, build: string): string => `Ready. It runs on this device (${model}, ${build}).`;

/** Why the check could not start, for a person; the code is for whoever asks a developer. */
export function startFailure(code: string): string {
  if (code.startsWith('assets/') && code.endsWith('-unreachable')) {
    return `A part of it could not be loaded. Is the network on, for this first time? (${code})`;
  }
  if (code === 'assets/wasm-invalid') return `This browser is too old to run it. A current one will do. (${code})`;
  if (code.startsWith('model/')) return `The classifier’s file is not the one that was published, so it is not used. (${code})`;
  return `Reloading the page may help. (${code})`;
}
