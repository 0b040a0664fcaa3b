import { counted, numeral } from '../i18n/plural.js';
import type { Amount, Texts } from '../i18n/texts.js';
import { fill } from '../kit/texts/texts.js';
import type { Occasion } from './occasion.js';

type About = Pick<Occasion, 'finding' | 'media' | 'count' | 'of' | 'ageBand'>;

/** What was noticed, as a sentence. */
export function noticedHeading(about: About, texts: Texts): string {
  const { finding = 'unchecked', ageBand } = about;
  const simple = ageBand === 'under-13' && (finding === 'explicit' || finding === 'suggestive');
  return withFiles(simple ? texts.noticedSimply[finding] : texts.noticed[finding], about, texts);
}

/** Fills the files that it is about into a text: `{where}`, `{object}`. */
export function withFiles(text: string, { media, count, of }: Pick<Occasion, 'media' | 'count' | 'of'>, texts: Texts): string {
  const say = (amount: Amount) => said(amount, count, of, texts.language);
  return fill(text, { where: say(texts.where[media]), object: say(texts.object[media]) });
}

function said(amount: Amount, count: number, of: number, language: string): string {
  const words = { of: numeral(language, of) };
  if (count < of) return counted(language, amount.some, count, words);
  if (of <= 1) return amount.this;
  return of === 2 ? amount.both : counted(language, amount.all, of, words);
}
