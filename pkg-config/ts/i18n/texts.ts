import type { AgeBand } from '../client/options.js';
import type { Finding, Occasion } from '../elements/occasion.js';
import type { AgeGroup, ServiceKind, Takes } from '../kit/directory.js';
import type { MessageAdvice, MessagePattern } from '../messages/messages.js';
import type { Plural } from './plural.js';

/** A text in four voices: short and simple, calm, matter-of-fact, brief. */
export type ByAge = Readonly<Record<AgeBand, string>>;

/** How many files a sentence is about. */
export interface Amount {
  /** One, of one. */
  this: string;
  /** Two, of two. */
  both: string;
  /** All of three or more: `{of}`. It counts `of`. */
  all: Plural;
  /** Some: `{count}`, `{of}`. It counts `count`. */
  some: Plural;
}

/** Something to do, with why or how. */
export interface Step {
  title: string;
  text: string;
}

/**
 * All that the elements say, in one language. Words in braces are filled in. Its reader may be young and frightened: it never
 * blames, threatens, hurries or promises, which test/texts.test.mjs checks word by word; docs/texts.md has all languages side by
 * side.
 */
export interface Texts {
  /** BCP 47. */
  language: string;
  direction: 'ltr' | 'rtl';

  /** Files as the place where something is seen, at the start of a sentence: “This picture may show …”, «En esta foto …». */
  where: Readonly<Record<Occasion['media'], Amount>>;
  /** The same as an object within a sentence: “We couldn’t check this picture”. */
  object: Readonly<Record<Occasion['media'], Amount>>;

  /** To the step before. */
  back: string;
  /** Ends a help flow that was opened by itself. */
  close: string;
  /** To the step after, from what was noticed. */
  more: string;

  /** Headings by what was noticed: `{where}` or `{object}`. */
  noticed: Readonly<Record<Finding, string>>;
  /** Instead, for under-13s. */
  noticedSimply: Readonly<Record<'explicit' | 'suggestive', string>>;
  /** Below the heading, before sending: that nothing was sent, that one need not, whose fault it is not. */
  sendingLead: ByAge;
  /** Below the heading, before showing. */
  showingLead: ByAge;
  /** Instead of that, where it is not about what a picture shows: why this matters, whose fault it is not, what is lost. */
  why: Readonly<Record<'own-list' | 'hash-list' | 'unchecked', string>>;
  /** Instead, for under-13s. */
  whySimply: Readonly<Record<'own-list' | 'hash-list' | 'unchecked', string>>;
  /** Who saw the picture (nobody), and that this may be wrong. */
  onDevice: string;

  /** Ways out and on, as buttons. */
  ways: {
    stopSending: string;
    stopShowing: string;
    someone: string;
    block: string;
    help: string;
    retry: string;
    sendAnyway: string;
    showAnyway: string;
    keepChatting: string;
    guardianCode: string;
    alreadySent: string;
    someoneElse: string;
  };

  /** Whether somebody presses. */
  pressed: { heading: string; lead: ByAge; yes: string; no: string; unsure: string };
  /** What is said then. */
  support: {
    pressedHeading: string;
    pressed: ByAge;
    unsureHeading: string;
    unsure: ByAge;
    /** Above the list of what helps. */
    steps: string;
  };
  /** The message engine’s advice, in words. */
  advice: Readonly<Record<MessageAdvice, Step>>;
  /** What a conversation looks like: heading, and what was seen and whose doing it is. */
  conversation: Readonly<Record<MessagePattern | 'unclear', Step>>;
  /** Below that: who knows best, and who was told (nobody). */
  conversationLead: ByAge;

  choices: { heading: string; lead: ByAge };
  /** Why there is no way on. */
  stays: Readonly<Record<'sending' | 'showing' | 'own-list' | 'hash-list' | 'unchecked', string>>;
  /** The last question before it goes on. */
  confirmSend: { heading: string; lead: ByAge; yes: string };
  confirmShow: { heading: string; lead: ByAge; yes: string };

  guardian: {
    heading: string;
    /** Who may enter a code, and that the picture is not shown to them. */
    lead: string;
    label: string;
    submit: string;
    checking: string;
    empty: string;
    wrong: string;
    /** It could not be checked at all. */
    failed: string;
    waitSeconds: Plural;
    waitMinutes: Plural;
    /** After the wait, or where there is none. */
    again: string;
  };

  help: {
    heading: string;
    lead: ByAge;
    /** `{numbers}` */
    emergency: string;
    emergencyUnknown: string;
    /** Between numbers to choose from. */
    or: string;
    country: string;
    /** No country, in the list of countries. */
    anywhere: string;
    kinds: Readonly<Record<ServiceKind, string>>;
    /** Whom a service is for, by age. */
    who: Readonly<Record<AgeGroup | 'anyone', string>>;
    /** Instead, where it depends on the age in the picture. */
    pictured: Readonly<Record<AgeGroup, string>>;
    /** How a service is reached and what it wants: `{phone}`, `{text}`. */
    takes: Readonly<Record<Takes, string>>;
    /** `{languages}` */
    languages: string;
    overdue: string;
    /** Said of every address, for those who cannot see that it opens elsewhere. */
    newTab: string;
  };
  sentMine: { heading: string; lead: ByAge };
  someoneElse: { heading: string; lead: ByAge; steps: readonly Step[] };

  /** While one is looked at. */
  checking: string;
  checkingMany: Plural;
  /** It was not held back, only pointed out: `{where}`. */
  noticeSending: string;
  /** `{object}` */
  couldNotCheck: string;
  /** Place, time and device were taken out of a file. */
  metadataRemoved: string;
  metadataAsk: { question: string; remove: string; keep: string };
  contentCredentialsRemoved: string;
  metadataNotRemovable: string;
  /** Closes a notice. */
  dismiss: string;

  /** A picture that covers itself. */
  imageChecking: string;
  imageCovered: Readonly<Record<Finding, string>>;
  imageShow: string;
  imageHide: string;
  imageBlock: string;
  imageHelp: string;
  imageUnchecked: string;
  imageRetry: string;
}
