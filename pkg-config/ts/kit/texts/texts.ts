import type { AgeGroup, ServiceKind, Takes } from '../directory.js';

/** The steps, in the order in which they are taken. */
export const STEPS = [
  'safety',
  'talk',
  'do-not-pay',
  'keep-messages',
  'remove',
  'report',
  'hand-over',
  'keep-or-delete',
] as const;

/** One of the steps. */
export type StepCode = (typeof STEPS)[number];

/**
 * All that a person reads of a kit, in one language. Strings only, so that a translation is one file like en.ts and a line
 * in index.ts; `{words}` in braces are filled in. Its reader may be young and frightened: it never blames, threatens,
 * hurries or promises, which test/removal-kit.test.mjs checks word by word.
 */
export interface Texts {
  /** BCP 47. */
  language: string;
  direction: 'ltr' | 'rtl';
  /** The page's. It shows in the browser's history and the printer's queue, so it names nothing. */
  title: string;
  lead: readonly string[];
  stepsHeading: string;
  steps: Readonly<Record<StepCode, { title: string; text: string }>>;
  /** Instead of the safety step's, where no number is known. */
  safetyWithoutNumber: string;
  /** After a step's text, if there are services of the kind. */
  services: Readonly<Record<ServiceKind, string>>;
  /** Between numbers to choose from. */
  or: string;
  /** Whom a service is for, by age. */
  who: Readonly<Record<AgeGroup | 'anyone', string>>;
  /** Instead, where it depends on the age in the picture. */
  pictured: Readonly<Record<AgeGroup, string>>;
  takes: Readonly<Record<Takes, string>>;
  languages: string;
  overdue: string;
  aboutHeading: string;
  /** What hashes are and are not. */
  about: readonly string[];
  filesHeading: string;
  noFiles: string;
  file: string;
  upright: string;
  quality: string;
  lowQuality: string;
  noPdq: string;
  made: string;
}

/** Fills in the words in braces. */
export function fill(text: string, words: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (braces, word: string) => words[word] ?? braces);
}
