import { en } from './en.js';
import type { Texts } from './texts.js';

const LANGUAGES: Readonly<Record<string, Texts>> = { en };

/** The texts in a language, or in English where there are none. */
export function textsIn(locale: string): Texts {
  const [language = ''] = locale.toLowerCase().split('-');
  return Object.hasOwn(LANGUAGES, language) ? (LANGUAGES[language] ?? en) : en;
}
