import { fill } from '../kit/texts/texts.js';

/** A text that counts, by the categories of its language (`Intl.PluralRules`): two in English, six in Arabic. */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** The form of a text for a number. `{count}` and other words in braces are filled in. */
export function counted(language: string, text: Plural, count: number, words: Readonly<Record<string, string>> = {}): string {
  const form = text[new Intl.PluralRules(language).select(count)] ?? text.other;
  return fill(form, { count: numeral(language, count), ...words });
}

/** A number in digits that telephone numbers have as well, so that a page has one kind of digits only. */
export function numeral(language: string, number: number): string {
  return new Intl.NumberFormat(language, { numberingSystem: 'latn' }).format(number);
}
