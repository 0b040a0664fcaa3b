/**
 * Every word of the messenger's page. It speaks to whoever opens it: a teen, a parent, a developer, a stranger. What the
 * pause itself says is the package's, in its own languages. The scripts of the scenes are beside them, in `scenes/`.
 */
import { TEXT as PLAYGROUND } from '../text.js';

export const TEXT = {
  page: {
    name: 'Pausepoint',
    title: 'Pausepoint: a messenger that knows when to pause',
    description: 'Meet every protection of Pausepoint in a pretend messenger. Nothing is uploaded, nobody is told.',
    skip: 'Skip to the messenger',
    noScript: 'The messenger runs in this page, so it needs JavaScript. Nothing is sent anywhere.',
  },
  hero: {
    title: 'A messenger that knows when to pause',
    lead: 'Everybody in here is invented, and the protections are real. Choose one and watch what happens. It all stays on this device.',
  },
  theme: PLAYGROUND.theme,
  start: PLAYGROUND.start,
  network: PLAYGROUND.network,
  camera: PLAYGROUND.camera,
  rail: {
    title: 'Meet a protection',
    met: 'met',
    stop: 'Stop the scene',
    progress: (met: number, all: number): string => `${met} of ${all} met`,
  },
  told: {
    label: 'What just happened',
    title: 'Nothing has happened yet',
    text: 'Choose a protection, or write to somebody. What happens will be said here, in plain words.',
    stopped: 'The scene was stopped',
    stoppedText: 'Everything stays as it is. You can start it again.',
    failed: 'This scene could not go on',
    failedText: 'This browser lacks something that it needs. The other scenes still work.',
  },
  settings: {
    title: 'Who is protected',
    language: 'Language',
    languageNote: 'It is the language of the pause. The rest of the messenger stays in English.',
  },
  list: {
    title: 'Conversations',
    chats: 'Chats',
    requests: 'Requests',
    noRequests: 'No requests.',
    blocked: 'Blocked',
    why: 'Why?',
    back: 'All conversations',
  },
  thread: {
    empty: 'No messages yet. Write something, or choose a protection.',
    help: 'Help',
    typing: (name: string): string => `${name} is writing…`,
    you: 'You',
    liveFrom: (name: string): string => `Live video from ${name}`,
    liveCovered: 'Covered until it was looked at',
    hangUp: 'Hang up',
    callEnded: 'The call has ended',
    unread: 'unread',
    pictureFrom: (name: string): string => `Picture from ${name}`,
    pictureByYou: 'Picture that you sent',
    videoByYou: 'Video that you sent',
    blocked: (name: string): string => `You blocked ${name}. Nobody is told.`,
    unblock: 'Unblock',
    messages: (name: string): string => `Messages with ${name}`,
  },
  composer: {
    label: (name: string): string => `Message to ${name}`,
    placeholder: 'Message',
    send: 'Send',
    attach: 'Picture or video',
    camera: 'Camera',
    tray: 'Pictures of the demo',
    trayNote: 'Drawn on your device. They go the same way as a file that you choose.',
    pretend: 'This is a drawing. The demo pretends that the engine found something, so that you can meet the pause.',
  },
  ask: {
    title: (what: string): string => `There is ${what} in this message`,
    warn: (name: string): string => `You do not know ${name} outside of this app. What is sent cannot be taken back, so take a second.`,
    block: (name: string): string => `You do not know ${name} outside of this app, so at this age it is not sent. Somebody you trust can help you decide.`,
    keep: 'Do not send',
    send: 'Send anyway',
    edit: 'Change the message',
    told: {
      asked: { title: 'The message waits', text: 'It would give something away to somebody you do not know, so there is a question first.' },
      kept: { title: 'It was not sent', text: 'The message was looked at on this device, and nobody was told.' },
      sent: { title: 'It was sent', text: 'You had a second to think, and it was yours to decide.' },
    },
  },
  decided: {
    kept: { title: 'A picture was kept', text: 'Nobody at the other end saw that there was one. It stayed on this device, and nobody was told.' },
    sent: { title: 'It went out after a pause', text: 'The choice was made with a moment to think. The help stays where it is.' },
  },
  someone: {
    first: 'Can I talk to you about something?',
    title: 'You turned to somebody you trust',
    text: 'The first sentence is written for you. It is sent only if you send it.',
  },
  about: {
    pretends: 'What this demo pretends',
    pretendsList: [
      'Nobody is at the other end. Every message was written for this page, and waits for a click.',
      'Pictures that would make the engine pause are not shown here. Drawings with the label “Pretend” stand in for them: for those, the verdict is made up.',
      'Everything else is the engine’s own: what it says of your pictures, of every message, of each request, and of what is inside files.',
      'The demo’s guardian and its code live in the memory of this page and are gone with it.',
      'Facts about strangers, such as reports by others, come from an app. Here they are invented as well.',
    ],
    limits: 'What it cannot do',
    limitsList: [
      'It can be wrong both ways: a beach photo may be paused, and a harmful picture may pass.',
      'It knows wordings, not intentions. Three in ten conversations of a kind that it had not seen went unnoticed.',
      'It does not check anybody’s age, and it knows about a stranger only what the app knows.',
      'It is a pause, not a lock. Somebody determined can get around it.',
      'It reports to nobody. If something has happened, Help names people who can do something.',
    ],
    docs: 'More about it:',
    docsLinks: { protect: 'how pictures are held', messages: 'what is missed in chats', metadata: 'what is removed from files', policies: 'who may write' },
  },
  foot: {
    made: 'Licences of what others made:',
    classifier: 'the classifier',
    wasm: 'the WebAssembly modules',
  },
  pin: { label: 'Demo code' },
} as const;

export const AGES = { 'under-13': 'Under 13', '13-15': '13–15', '16-17': '16–17' } as const;
export type Age = keyof typeof AGES;

/** The languages that the pause speaks, each in its own name. */
export const LANGUAGES = { en: 'English', es: 'Español', de: 'Deutsch', fr: 'Français', pt: 'Português', ar: 'العربية' } as const;
export type Language = keyof typeof LANGUAGES;

export const DETAILS = {
  'phone-number': 'a phone number',
  address: 'an address',
  school: 'the name of a school',
  'meeting-place': 'a place to meet',
} as const;

/** What became of a contact, as the list says it. */
export const GATE = {
  allow: 'Let in',
  confirm: 'You are asked first',
  quarantine: 'Kept apart: no preview, no sound',
  'ask-guardian': 'A guardian is asked first',
  hide: 'Not shown',
  block: 'Kept away',
} as const;

/** Why, in words; codes that are not here are said as they are. */
const REASONS: Readonly<Record<string, string>> = {
  adult: 'It is an adult.',
  'age-unknown': 'Nothing is known about the age.',
  'age-not-verified': 'The age is only the account’s own word.',
  'reported-by-minors': 'Others of your age have reported this account.',
  'blocked-by-minors': 'Others of your age have blocked this account.',
  'many-minors-contacted': 'It has written to many young people in the last days.',
  'young-account': 'The account is only days old.',
  'grown-stranger': 'You have nobody and nothing in common.',
  'grown-stranger-with-danger': 'You have nobody and nothing in common, and there are signs that speak against it.',
  'said-to-be-a-minor': 'Nobody whom you know knows this account.',
};

export const reason = (code: string): string => REASONS[code] ?? code.replaceAll('-', ' ');

/** What is said of a conversation, by what it looks like. It never says “this is”. */
export const LOOKS = {
  sextortion: 'This looks like somebody threatening you with a picture',
  coercion: 'This looks like somebody pressing you',
  'picture-request': 'This looks like somebody asking you for pictures',
  grooming: 'This looks like somebody building a secret with you',
  meeting: 'This looks like somebody wanting to meet you alone',
  impersonation: 'This looks like somebody pretending to be someone else',
  'false-offer': 'This looks like an offer that is not one',
} as const;

export const ADVICE = {
  'not-your-fault': 'It is not your fault.',
  'do-not-pay': 'Do not pay, and do not send anything more.',
  'stop-replying': 'You need not answer.',
  'keep-messages': 'Keep the messages. They help later.',
  'tell-someone': 'Tell somebody you trust.',
  'removal-services': 'There are services that get pictures taken down.',
  'block-and-report': 'You can block and report at any time.',
  'you-may-say-no': 'You may say no, without giving a reason.',
  'do-not-send': 'You need not send anything.',
  'no-secrets': 'Somebody who is good for you does not need a secret.',
  'do-not-meet-alone': 'Do not go alone.',
  'keep-details': 'Keep your address, number and school to yourself.',
  'check-who': 'Ask in another way whether it is really them.',
  'keep-codes': 'Codes and passwords are yours alone.',
  'nothing-for-free': 'What is free usually is not.',
  'get-help': 'There are people who listen, right now.',
} as const;

const SIGNS: Readonly<Record<string, string>> = {
  'picture-request': 'asks for a picture',
  'age-probing': 'asks or says how old',
  secrecy: 'wants a secret',
  pressure: 'presses',
  'threat-to-share': 'threatens to share',
  'payment-demand': 'wants money',
  'audience-leverage': 'names who would see it',
  'anti-escape': 'does not want to be blocked',
  deadline: 'leaves little time',
  'off-platform': 'wants to go elsewhere',
};

export const sign = (code: string): string => SIGNS[code] ?? code.replaceAll('-', ' ');

/** How many were kept away. */
export const keptAway = (count: number): string => (count === 1 ? '1 request was kept away' : `${count} requests were kept away`);

/** The cards of the rail, in their order. */
export const SCENES = {
  friend: { title: 'A friend writes', text: 'Nothing gets in the way' },
  gate: { title: 'A stranger asks', text: 'Who may write to you' },
  pressure: { title: 'Somebody presses', text: 'A chat turns' },
  pause: { title: 'You send a picture', text: 'A pause before it goes' },
  blur: { title: 'A picture comes', text: 'Covered first' },
  video: { title: 'You send a video', text: 'Looked at as a whole' },
  call: { title: 'A live video', text: 'Covered until seen' },
  place: { title: 'Where it was taken', text: 'Place and time go' },
  details: { title: 'Your number', text: 'A second look' },
  never: { title: 'Never again', text: 'A picture that stays' },
  code: { title: 'A guardian’s code', text: 'Under 13, one is asked' },
  help: { title: 'Help', text: 'Always there' },
} as const;
export type SceneName = keyof typeof SCENES;

/** What the chats say about what became of pictures. */
export const LINES = {
  kept: 'You kept it. It never reached this chat.',
  keptAll: (count: number): string => `You kept ${count}. They never reached this chat.`,
  blocked: 'You kept it, and blocked the account.',
  someone: 'You kept it, and turned to somebody you trust.',
  sentAfter: 'Sent after a pause, because you chose to. Changing your mind later is fine: Help is above.',
  cleaned: 'What the file said about where, when and with what it was taken was removed before it went.',
  unable: 'What the file says about itself could not be removed.',
} as const;

/** What is in a file beside its picture. */
export const METADATA = {
  location: 'the place',
  exif: 'camera and time',
  thumbnail: 'a small copy',
  xmp: 'notes of apps',
  comment: 'a comment',
} as const;
