import { ar } from './ar.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { pt } from './pt.js';
import type { Texts } from './texts.js';

export { counted, numeral, type Plural } from './plural.js';
export type { Amount, ByAge, Step, Texts } from './texts.js';

const TEXTS: Readonly<Record<string, Texts>> = { en, es, de, fr, pt, ar };

/** The languages that there are texts in. */
export const LANGUAGES: readonly string[] = Object.keys(TEXTS);

/** The texts in a language (BCP 47), or in English where there are none. */
export function textsIn(locale: string): Texts {
  const [language = ''] = locale.toLowerCase().split('-');
  return Object.hasOwn(TEXTS, language) ? (TEXTS[language] ?? en) : en;
}
