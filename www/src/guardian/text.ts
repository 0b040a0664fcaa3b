/**
 * Every word of the guardian page. A parent and a teen read it together, so it talks about both and to both. It explains,
 * it never hurries or threatens, and a no is as easy as a yes.
 */
import type { AgeBand } from 'pausepoint';
import type { ContactDecision, ContactKind } from 'pausepoint/contact';
import type { GuardianState, Holds, Relaxed, Told } from 'pausepoint/guardian';
import { AGE_BANDS } from '../text.js';

/** A band that somebody under 18 is in. */
export type MinorBand = Exclude<AgeBand, 'adult'>;

export const TEXT = {
  page: {
    name: 'Pausepoint',
    title: 'Guardian settings · Pausepoint',
    description: 'A parent and a teen choose together what Pausepoint does on this device. Nothing leaves the device.',
    skip: 'Skip to the content',
    lead: 'A parent and a teen choose here, together, what Pausepoint does on this device. Nothing leaves the device.',
    heading: 'Guardian settings',
    noScript: 'These settings are kept by this page on this device, so it needs JavaScript. Nothing is sent anywhere.',
    starting: 'Getting ready…',
    failed: 'The settings could not be opened',
    retry: 'Try again',
    back: 'Try the picture check',
    licences: 'Made with others’ work. Licences:',
    licencesWasm: 'the module’s libraries',
    offline: 'This page works without a network: a copy of it is saved on this device.',
    stays: 'Settings, requests and answers stay on this device. There is no account, and this page sends nothing.',
    limits:
      'It is a help, not a lock. Somebody with developer tools can get around it, and trust between the two of you does more ' +
      'than any setting.',
  },
  theme: { legend: 'Colours', system: 'As on device', light: 'Light', dark: 'Dark' },
  nav: {
    label: 'Parts of this page',
    settings: 'Settings',
    shared: 'What is shared',
    ask: 'Ask about a contact',
    answer: 'Answer a request',
  },
  common: {
    cancel: 'Cancel',
    back: 'Back',
    next: 'Continue',
    copy: 'Copy',
    copied: 'Copied.',
    copyRefused: 'The browser did not let this page copy. You can select the code and copy it.',
    print: 'Print',
    working: 'One moment…',
    saved: 'Saved.',
  },
  start: {
    title: 'Set this up together',
    lead: 'This takes about ten minutes, on the teen’s device, with both of you in front of it.',
    doesTitle: 'What it does',
    does: [
      'It looks at pictures on this device, before they are sent and before they are shown. If one may show nudity, it pauses and asks.',
      'It keeps adults whom nobody knows at a distance, and asks before other new contacts. How much depends on age.',
      'It offers help when something feels wrong. Looking for help is never told to anybody.',
    ],
    notTitle: 'What it does not do',
    not: [
      'It shows nobody your pictures or messages: neither a parent, nor us, nor anybody else.',
      'It does not follow where anybody is or which sites they visit.',
      'It does not punish. A pause means “have a look first”, not “you did something wrong”.',
    ],
    notSetUp: 'Nothing is set up on this device. Until then, an app follows its own age setting.',
    begin: 'Start together',
    stopped: 'Nothing was stored. You can come back whenever you both like.',
  },
  step: {
    age: 'Choose the age group',
    ageLead: 'Each one has its own rules. Read them side by side and choose the one that fits. It can be changed later.',
    ageNone: 'Choose one of the three.',
    told: 'What a guardian will see and decide',
    toldLead: 'This is fixed for the age group. Nobody can add to it, not even with the PIN.',
    tick: 'I am the one who uses this device. I have read this, or we read it together.',
    tickHint: 'This one is for the teen to tick. It is fine to ask about anything first.',
    tickNone: 'The person who uses this device ticks this. If you are not sure yet, stop here and talk it over.',
    stop: 'Stop here',
    pin: 'Choose a PIN',
    pinLead: 'The guardian chooses it and types it twice. Changing the settings will take it; reading them will not.',
    pinFinish: 'Set up',
    codes: 'Two codes, shown once',
    codesLead: 'Write them down or print them now. This page cannot show them a second time.',
    codesLeadOne: 'Write it down or print it now. This page cannot show it a second time.',
    codeOne: 'One code, shown once',
    done: 'Set up.',
  },
  pin: {
    label: 'PIN',
    fresh: 'New PIN',
    again: 'The same again',
    hint: 'At least 6 characters. Letters are welcome, and a longer one holds better. If the browser offers to keep it on this device, say no.',
    show: 'Show what is typed',
    differs: 'The two are not the same. Type it again in both places.',
    empty: 'Type the PIN.',
    now: 'Present PIN',
  },
  codes: {
    recovery: 'Recovery code',
    recoveryText: 'For when the PIN is forgotten. Keep it on paper, not on this device: whoever has it can set a new PIN.',
    pairing: 'Pairing key',
    pairingText:
      'For the guardian’s own device, so that it can answer when a contact is asked about. Open this page there, choose ' +
      '“Answer a request”, and type or scan it.',
    pairingQr: 'Pairing key as a QR code, for the guardian’s own device',
    typeBackHint: 'To be sure that it was written down correctly. Capitals or not, both are fine.',
    wrong: 'That is not what the code says in that place. Please compare it with what you wrote.',
    written: 'It is written down',
    writtenBoth: 'Both are written down',
    pairingTick: 'The pairing key is written down, on the guardian’s device, or not wanted.',
    pairingNone: 'Tick this when that is so. Another pairing key can be made at any time.',
  },
  overview: {
    title: 'Settings',
    lead: 'Both of you can read all of this at any time. Changing something takes the PIN.',
    now: 'What holds now',
    ageGroup: 'Age group',
    since: 'Set up',
    why: 'Why',
    changed: 'Changes so far',
    rules: 'What that means',
    rulesNote: 'The rules of regulators that are chosen below can make it stricter, never milder.',
  },
  age: {
    title: 'Age group',
    lead: 'A birthday is a good moment to look at this together.',
    save: 'Change age group',
    same: 'That one is chosen already.',
    endsContacts: 'At 16, decisions about contacts become the teen’s own. What a guardian decided before ends.',
    endsRelaxed: 'Times of milder rules end.',
    sharedToo: 'What a guardian sees changes with it. Have a look at “What is shared” together.',
  },
  contacts: {
    title: 'Contacts that were decided about',
    lead: 'Approved contacts get through. Denied ones do not. Forgetting one means that the rules above decide again.',
    none: 'Nobody so far.',
    notHere: 'At this age, contacts are the teen’s own decision. A guardian neither sees nor decides them.',
    byCode: 'answered by code',
    approve: 'Approve',
    deny: 'Deny',
    forget: 'Forget',
    add: 'Decide about somebody here',
    addNote: 'With both of you at this device. From afar, use “Ask about a contact”.',
    label: 'What you call them',
    id: 'Name in the app',
    idHint: 'An app fills this in by itself. On this page, for trying it out, any word will do.',
    labelMissing: 'Say what you call them, so that you both know later who is meant.',
    idMissing: 'Say what the app calls them.',
  },
  profiles: {
    title: 'Rules of regulators',
    lead: 'Regulators say what services should do for people under 18. Choosing one makes the rules at least as strict.',
    save: 'Save this choice',
    same: 'That is the choice already.',
  },
  relax: {
    title: 'Milder rules for a while',
    lead: 'For a school project, a trip, a trial. It ends by itself, and nobody has to remember it.',
    what: 'What becomes milder',
    long: 'For how long',
    begin: 'Begin',
    end: 'End it now',
  },
  keys: {
    title: 'PIN and codes',
    changePin: 'Change the PIN',
    changePinText: 'The recovery code and the pairing key stay as they are.',
    recover: 'The PIN is forgotten',
    recoverText: 'The recovery code sets a new one. That code ends, and there will be a new one.',
    pair: 'New pairing key',
    pairText: 'For another device of the guardian, or if the key was lost. The device that has the old one can no longer answer.',
  },
  end: {
    title: 'End this',
    text: 'Everything that is stored here about these settings is deleted, and each app follows its own age setting again.',
    button: 'End the guardian settings',
    confirm: 'End them',
    done: 'The guardian settings have ended. Nothing of them is stored any more.',
  },
  dialog: {
    lead: 'This takes the guardian’s PIN.',
    leadRecovery: 'This takes the recovery code.',
    confirm: 'Confirm',
    useRecovery: 'Use the recovery code instead',
    usePin: 'Use the PIN instead',
    recovery: 'Recovery code',
    recoveryHint: '25 letters and digits. Hyphens, spaces and capitals do not matter.',
    recoveryEmpty: 'Type the recovery code.',
    waiting: 'After several wrong tries, each further one waits a little. That is how the PIN is protected.',
    waitingFor: 'The PIN can be tried again in',
    over: 'The PIN can be tried now.',
  },
  broken: {
    title: 'The settings need mending',
    lead: 'That can happen: a full disk, cleaned browser data, a restored backup. It need not be anybody’s doing.',
    found: 'What was found',
    holds: 'What holds meanwhile',
    holdsText: 'The strictest rules, those for under 13, until the settings are mended. Nothing has been sent or told to anybody.',
    mend: 'How to mend it',
    reinstateText: 'The stored settings are genuine. With the PIN or the recovery code they hold again.',
    reinstate: 'Bring the settings back',
    anewText: 'The stored settings cannot be used any more. Set them up again, together.',
    anewToo: 'If neither is at hand, set them up again, together. There will be a new PIN and new codes.',
    anew: 'Set up again',
    mended: 'The settings hold again.',
  },
  shared: {
    title: 'What is shared, and what never is',
    lead: 'This is for you, whose device it is. You can read it whenever you like, without a PIN.',
    sees: 'A guardian can see',
    decides: 'A guardian can decide',
    never: 'Nobody ever sees',
    neverNote: 'Not at any age, and there is no setting that changes it.',
    nothing: 'Nothing.',
    perBand: 'For another age group',
    ifSetUp: 'Nothing is set up on this device, so nobody sees or decides anything here. This is how it would be:',
    brokenNote:
      'The settings cannot be read at the moment, so the strictest rules hold, and a guardian decides nothing until they are ' +
      'mended. Once they are, the list of the age group counts.',
    change: 'If this does not feel right, say so. It was set up with you, and it can be changed with you.',
  },
  ask: {
    title: 'Ask about a contact',
    lead: 'You would like to be in touch with somebody. Your guardian answers from their own device, near or far.',
    demo: 'An app fills this in by itself. Here you can try what it does.',
    label: 'What you call them',
    labelHint: 'Your guardian reads this. At most 64 characters.',
    kind: 'What it is about',
    make: 'Make the request',
    requestTitle: 'Your request',
    tell: 'Say or send this code to your guardian, or let them scan the picture:',
    codeName: 'Code',
    qr: 'The request as a QR code',
    textTitle: 'The request as text, to send in a message',
    answerTitle: 'The answer',
    answer: 'Answer from your guardian',
    answerHint: '8 letters and digits.',
    take: 'Take the answer',
    other: 'Ask about somebody else',
    approved: 'Approved. An app would let them through now.',
    denied: 'Not approved. An app would not let them through. You can talk about it, and ask again another time.',
    expired: 'The request was too old: requests last 15 minutes. You can make a new one.',
    notSetUp: 'Nothing is set up on this device, so there is nobody to ask here.',
    broken: 'The settings need mending first. Until then, nobody new gets through.',
    notDecided: 'At your age group, contacts are your own decision. There is nobody to ask.',
    toSettings: 'Go to the settings',
    empty: 'Type the answer.',
  },
  answer: {
    title: 'Answer a request',
    lead: 'This part is for the guardian’s own device. It needs the pairing key once, and then works anywhere, without a network.',
    keys: 'Whose requests this device answers',
    noKeys: 'No pairing key is on this device yet.',
    add: 'Add a pairing key',
    keyName: 'Name',
    keyNameHint: 'Whose device it is, for you to tell them apart.',
    keyNameMissing: 'Give it a name.',
    key: 'Pairing key',
    keyHint: '30 letters and digits, from the set-up on the teen’s device.',
    save: 'Keep it here',
    remove: 'Remove',
    removed: 'Removed from this device.',
    stored: 'Kept on this device.',
    lock: 'It is kept on this device, unencrypted: whoever can unlock the device can answer.',
    request: 'The request',
    from: 'Whose request it is',
    input: 'Code, or the whole text',
    inputHint: 'The 8 letters and digits, or the text that begins with PPASK1.',
    read: 'Read it',
    inputEmpty: 'Type the code or paste the text.',
    who: 'Who is asked for',
    nameNote: 'The name is the one that the teen wrote.',
    codeOnly:
      'A code alone cannot show the name. Please ask whom it is about before you answer; the answer fits this one request only.',
    decide: 'Both answers are fine. If you would like to know more first, ask.',
    approve: 'Approve',
    deny: 'Do not approve',
    approved: 'You approve.',
    denied: 'You do not approve.',
    give: 'Say or send this answer. It fits this request only, for 15 minutes from when it was made.',
    answerName: 'Answer',
    qr: 'The answer as a QR code',
    other: 'Another request',
    keyFirst: 'Add a pairing key first; then requests can be answered here.',
    kind: 'About',
    label: 'Name',
    id: 'Name in the app',
  },
  scan: {
    title: 'Scan a QR code',
    open: 'Scan with the camera',
    missing: 'This browser cannot read QR codes by itself, so please type or paste instead.',
    starting: 'Starting the camera…',
    looking: 'Hold the QR code in front of the camera.',
    preview: 'What the camera sees',
    refused: 'The browser was not allowed to use the camera. Typing works as well.',
    failed: 'The camera could not be started. Typing works as well.',
    note: 'The picture is only looked at for a QR code and is not kept.',
  },
} as const;

export const NEXT_BAND: Record<MinorBand, AgeBand> = { 'under-13': '13-15', '13-15': '16-17', '16-17': 'adult' };

export const BAND_NOTES: Record<MinorBand, string> = {
  'under-13': 'About new contacts, a guardian is asked, or they stay out.',
  '13-15': 'Strangers stay out; the teen decides about people of their age.',
  '16-17': 'The teen decides. Danger signs still keep somebody out.',
};

interface Line {
  title: string;
  text: string;
}

/** What a guardian sees, in the words of the told lists. */
export const SEES: Record<Told['sees'][number], Line> = {
  settings: { title: 'These settings', text: 'The same page that you see: age group, rules, and what was changed.' },
  'approval-requests': { title: 'Whom you ask about', text: 'The name that you write, and what it is about. Only when you ask.' },
  'approved-contacts': { title: 'Whom they decided about', text: 'The list of contacts that they approved or denied themselves.' },
  'pause-counts': { title: 'How often there was a pause', text: 'A number. Not when, not why, and nothing of what it was about.' },
};

/** What a guardian decides. */
export const DECIDES: Record<Told['decides'][number], Line> = {
  'age-band': { title: 'The age group', text: 'Which of the three sets of rules holds.' },
  profiles: { title: 'Rules of regulators', text: 'Whether the rules of a country or union are added.' },
  'contact-approvals': { title: 'Contacts you ask about', text: 'Yes or no, when you ask, or here on this device with the PIN. You can see each decision in the settings.' },
  relaxations: { title: 'Milder rules for a while', text: 'With an end that everybody can see.' },
  pin: { title: 'The PIN', text: 'And with it, who can change these settings.' },
};

/** What nobody ever sees. */
export const NEVER: Record<Told['never'][number], Line> = {
  pictures: { title: 'Your pictures', text: 'None of them, sent, received or deleted, not even small or blurred.' },
  messages: { title: 'Your messages', text: 'Neither what you write nor what others write to you.' },
  scores: { title: 'What the check thought', text: 'No marks, no percentages, no judgement about you or anybody.' },
  hashes: { title: 'Fingerprints of pictures', text: 'The numbers by which a picture could be found again.' },
  'help-used': { title: 'Whether you looked for help', text: 'Reading about help or calling somebody is yours alone.' },
  journal: { title: 'What you write down', text: 'Notes you keep for yourself, or for showing somebody when you choose to.' },
};

/** Why what holds is not simply the preset. */
export function because(code: Holds['because'][number], holds: Holds): string {
  switch (code) {
    case 'settings-broken':
      return 'The settings cannot be used at the moment, so the strictest rules hold.';
    case 'guardian':
      return 'It was chosen here, with the guardian’s PIN.';
    case 'pictures-relaxed':
      return holds.until === null ? 'The rules for pictures are milder for a while.' : `The rules for pictures are milder until ${moment(holds.until)}.`;
    case 'contacts-relaxed':
      return holds.until === null ? 'The rules for contacts are milder for a while.' : `The rules for contacts are milder until ${moment(holds.until)}.`;
    case 'managed':
      return `This device is managed by ${holds.managedBy ?? 'somebody'}, who can make the rules stricter.`;
  }
}

/** Codes that were on the page when it was closed. */
export const UNCONFIRMED: Record<'recovery' | 'pairing', string> = {
  recovery:
    'The page was closed before anybody said that the recovery code is written down. If it is not, a forgotten PIN cannot be ' +
    'replaced: end the guardian settings below while the PIN is known, and set them up again.',
  pairing: 'The page was closed before anybody said that the pairing key is written down. If it is not, make a new one below.',
};

export const RELAXED: Record<Relaxed, string> = {
  pictures: 'Rules for pictures',
  contacts: 'Rules for contacts',
  all: 'Both',
};

export const DECISIONS: Record<'approved' | 'denied', string> = { approved: 'Approved', denied: 'Denied' };

export const KINDS: Record<ContactKind, string> = {
  suggestion: 'Being suggested to each other',
  'connect-request': 'Connecting',
  'message-request': 'A first message',
  message: 'Messages',
  'group-add': 'A group',
  call: 'Calls',
  'link-out': 'A link to another app',
  'location-share': 'Sharing the location',
};

/** What somebody may expect to be asked about, of the kinds above. */
export const ASKABLE: readonly ContactKind[] = ['connect-request', 'message', 'call', 'group-add'];

/** One sentence about each profile that the package has. */
export const PROFILES: Record<string, string> = {
  'eu-dsa-28': 'European Union: private accounts from the start, and contact only with people who were accepted.',
  'ico-children': 'United Kingdom, data protection: high privacy from the start, and no nudging to lower it.',
  'ofcom-icu': 'United Kingdom, online safety: children are not suggested to strangers, and strangers do not write to them.',
};

/** A situation that shows how the age groups differ; the answers come from the rules themselves. */
export type Situation = 'stranger' | 'claimed' | 'friend' | 'known-adult' | 'reported';

export const SITUATIONS: Record<Situation, string> = {
  stranger: 'An adult whom nobody knows writes',
  claimed: 'Somebody who says they are the same age writes, and nobody knows them',
  friend: 'Somebody of the same age with friends in common wants to connect',
  'known-adult': 'An adult from school writes for the first time',
  reported: 'An adult whom others have reported writes',
};

export const CONTACT_DECISIONS: Record<ContactDecision, string> = {
  allow: 'Gets through',
  confirm: 'The teen is asked first',
  quarantine: 'Kept aside, without a preview, until the teen looks',
  'ask-guardian': 'A guardian is asked first',
  hide: 'Is not shown',
  block: 'Does not get through',
};

export type PictureLine = 'sending' | 'receiving' | 'unchecked' | 'longest';

export const PICTURE_LINES: Record<PictureLine, string> = {
  sending: 'Sending a picture that may show nudity',
  receiving: 'Getting one',
  unchecked: 'Sending a picture that could not be checked',
  longest: 'Milder rules, at most for',
};

type Step = 'allow' | 'notice' | 'warn' | 'block';

const SENDING: Record<Step, string> = {
  allow: 'Goes on',
  notice: 'Goes on, with a note',
  warn: 'Pauses and asks; the teen decides',
  block: 'Pauses and asks; a clear one is held back',
};

const RECEIVING: Record<Step, string> = {
  allow: 'Shown',
  notice: 'Shown, with a note',
  warn: 'Stays covered until the teen chooses',
  block: 'Stays covered; a clear one cannot be opened',
};

const UNCHECKED: Record<Step, string> = {
  allow: 'Goes on',
  notice: 'Goes on, with a note',
  warn: 'Pauses and asks; the teen decides',
  block: 'Is held back',
};

export const sending = (strictest: Step): string => SENDING[strictest];
export const receiving = (strictest: Step): string => RECEIVING[strictest];
export const uncheckedPicture = (action: Step): string => UNCHECKED[action];

/** What was found in broken settings, calmly. */
const BROKEN: Record<string, string> = {
  'guardian/file-missing': 'The settings themselves are gone; only the note that there were some is left.',
  'guardian/anchor-missing': 'The settings are there, but the note that says which ones are the latest is gone.',
  'guardian/anchor-damaged': 'The settings are there, but the note that says which ones are the latest cannot be read.',
  'guardian/cut': 'The stored settings end in the middle.',
  'guardian/altered': 'The stored settings are not as they were when the guardian last changed them.',
  'guardian/swapped': 'The stored settings belong to another device or another set-up.',
  'guardian/rolled-back': 'The stored settings are older than the latest ones, as after restoring a backup.',
  'guardian/conflict': 'There are two different settings that both claim to be the latest.',
  'guardian/format': 'The settings were stored by another version of Pausepoint that this one cannot read.',
};

/** Those whose settings can be genuine: with the PIN or the recovery code they come back. */
const MENDABLE = new Set(['guardian/anchor-missing', 'guardian/anchor-damaged', 'guardian/rolled-back', 'guardian/conflict', 'guardian/swapped']);

export const brokenText = (code: string): string => BROKEN[code] ?? 'The stored settings cannot be used.';
export const isMendable = (code: string): boolean => MENDABLE.has(code);

const DROPPED = 'Some answers that came by code could not be read any more and no longer count. They can be asked for again.';
export const droppedText = (code: string): string => `${DROPPED} (${code})`;

/** What went wrong, in plain words; `code` for whoever asks a developer. */
const PROBLEMS: Record<string, string> = {
  'guardian/pin-wrong': 'That is not the PIN. A few tries are free; after those, each one waits a little.',
  'guardian/pin-length': 'A PIN has 6 to 64 characters.',
  'guardian/pin-weak': 'That one would be tried first: one character again and again, or a straight run like 123456. Any mix will do.',
  'guardian/recovery-wrong': 'That is a recovery code, but not the one that counts now. Is there a newer one?',
  'guardian/typo': 'There is a slip in it somewhere. Please compare it letter by letter.',
  'guardian/ended': 'These settings are from before the last change of the PIN, so they cannot be brought back. Setting up again helps.',
  'guardian/unknown': 'That request is no longer waiting. You can make a new one.',
  'guardian/approved': 'This contact is approved already.',
  'guardian/not-decided': 'At this age, a guardian does not decide that.',
  'guardian/duration': 'That is longer than this age group lets it be.',
  'guardian/text': 'There are characters in it that cannot be shown, or it is too long.',
  'guardian/too-many': 'There are too many at once. Some have to be answered or removed first.',
  'guardian/too-large': 'The settings have grown too large. Forgetting some contacts helps.',
  'guardian/time': 'The clock of this device is not set to a time that can be right.',
  'guardian/already-set-up': 'It is set up already, perhaps in another tab. Reloading shows it.',
  'guardian/not-set-up': 'There are no settings on this device any more. Reloading shows it.',
  'guardian/memory': 'This device does not have enough free memory for checking the PIN. Closing other tabs helps.',
  'assets/wasm-unreachable': 'A part of this page could not be loaded. Is the network on, for this first time?',
  'assets/worker-failed': 'A part of this page could not be loaded. Is the network on, for this first time?',
  'assets/wasm-invalid': 'This browser is too old for this page. A current one will do.',
  'store/failed': 'This browser could not store it. Is there space left, and are you not in a private window?',
  'store/not-readable': 'This browser does not let the page read what it stores. Private windows can be the reason.',
};

export function problemText(code: string): string {
  return PROBLEMS[code] ?? BROKEN[code] ?? `Something went wrong. Reloading the page may help. (${code})`;
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' });
const MOMENT = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' });
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

export const day = (at: string): string => DAY.format(new Date(at));
export const moment = (at: string): string => MOMENT.format(new Date(at));
export const clock = (at: number): string => CLOCK.format(at);

export const bandName = (band: string): string => AGE_BANDS[band as AgeBand] ?? band;
export const stepOf = (step: number, steps: number): string => `Step ${step} of ${steps}`;
export const typeBack = (place: number): string => `Type group ${place} of the recovery code`;
export const groupName = (place: number): string => `Group ${place}`;
export const ruleHeading = (band: string): string => `The rules for ${bandName(band).toLowerCase()}`;
export const validUntil = (at: number): string => `Good until ${clock(at)}.`;
export const decidedOn = (decision: 'approved' | 'denied', at: string): string => `${DECISIONS[decision]}, ${day(at)}`;
export const about = (action: string, name: string): string => `${action}: ${name}`;
export const relaxedUntil = (what: Relaxed, until: string): string => `${RELAXED[what]}: milder until ${moment(until)}.`;
export const relaxLimit = (band: MinorBand, hours: number): string =>
  `At most ${duration(hours)} for this age group. Meanwhile the rules for “${bandName(NEXT_BAND[band])}” hold.`;

export function duration(hours: number): string {
  if (hours === 1) return '1 hour';
  if (hours < 24) return `${hours} hours`;
  return hours === 24 ? '1 day' : `${hours / 24} days`;
}

export const wrongAnswer = (left: number): string =>
  left === 0
    ? 'That answer does not fit, and the request has ended. You can make a new one.'
    : `That answer does not fit this request. Please compare it. ${left === 1 ? 'One more try' : `${left} more tries`} for this request.`;

/** A length of time as a clock shows it. */
export const countdown = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** The same, for listening to. */
export function spokenWait(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? `${TEXT.dialog.waitingFor} about a minute.` : `${TEXT.dialog.waitingFor} about ${minutes} minutes.`;
}

/** What the dialog for the PIN says that it is for. */
export const CHANGES = {
  ageBand: (band: string) => `The age group becomes “${bandName(band)}”.`,
  approve: (name: string) => `${name} is approved.`,
  deny: (name: string) => `${name} is denied.`,
  forget: (name: string) => `The decision about ${name} is forgotten.`,
  profiles: (count: number) => (count === 0 ? 'No rules of regulators are added.' : `Rules of ${count === 1 ? 'one regulator are' : `${count} regulators are`} added.`),
  relax: (what: Relaxed, hours: number) => `${RELAXED[what]}: milder for ${duration(hours)}.`,
} as const;

/** Whether a state lets a guardian decide about contacts. */
export function decidesContacts(state: GuardianState): boolean {
  return state.is === 'open' && state.told.decides.includes('contact-approvals');
}
