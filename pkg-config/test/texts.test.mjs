// What the elements say: whole in every language, and in the tone that somebody young and frightened needs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { reviewPage, stringsOf } from '../review-texts.mjs';
import { load } from '../test-support/load.mjs';

const { LANGUAGES, textsIn, counted, noticedHeading, pathOf } = await load('i18n/index.ts', 'elements/phrases.ts', 'elements/path.ts');

const CATEGORIES = ['zero', 'one', 'two', 'few', 'many', 'other'];
const isPlural = (value) => typeof value === 'object' && 'other' in value && Object.keys(value).every((key) => CATEGORIES.includes(key));
const plurals = (texts, path = '') =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [] : isPlural(value) ? [[`${path}${key}`, value]] : plurals(value, `${path}${key}.`));
/** Texts by their keys, those that count as one. */
const keysOf = (texts) => [...new Set(stringsOf(texts).map(([key]) => key.replace(/\.(zero|one|two|few|many|other)$/, '.#')))];
const words = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, word]) => word).sort();

const en = textsIn('en');
const others = LANGUAGES.filter((language) => language !== 'en');

test('there are six languages, found by any form of their tag; English for all others', () => {
  assert.deepEqual(LANGUAGES, ['en', 'es', 'de', 'fr', 'pt', 'ar']);
  for (const language of LANGUAGES) assert.equal(textsIn(language).language, language);
  for (const [locale, language] of [['pt-BR', 'pt'], ['AR-eg', 'ar'], ['zh-Hans', 'en'], ['constructor', 'en'], ['', 'en']]) {
    assert.equal(textsIn(locale).language, language, locale);
  }
  assert.deepEqual(LANGUAGES.filter((language) => textsIn(language).direction === 'rtl'), ['ar']);
});

for (const language of others) {
  const texts = textsIn(language);
  const strings = new Map(stringsOf(texts));

  test(`${language} says everything that English says`, () => assert.deepEqual(keysOf(texts), keysOf(en)));

  test(`${language} fills in the same words`, () => {
    for (const [key, text] of stringsOf(en)) {
      if (!strings.has(key) || /\.(zero|one|two|few|many|other)$/.test(key)) continue;
      assert.deepEqual(words(strings.get(key)), words(text), key);
    }
    for (const [key, forms] of plurals(texts)) {
      const wanted = new Map(plurals(en)).get(key).other;
      for (const [category, form] of Object.entries(forms)) {
        // A form for one or two need not say the number.
        const may = words(wanted);
        for (const word of words(form)) assert.ok(may.includes(word), `${key}.${category}: {${word}}`);
        if (category === 'other') assert.deepEqual(words(form), may, key);
      }
    }
  });
}

for (const language of LANGUAGES) {
  test(`${language} has a form for every number`, () => {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const forms = plurals(textsIn(language));
    assert.ok(forms.length >= 15);
    for (const [key, form] of forms) assert.deepEqual(Object.keys(form).sort(), [...categories].sort(), key);
  });
}

test('numbers take their forms', () => {
  const ar = textsIn('ar').checkingMany;
  const said = [1, 2, 3, 11, 100].map((count) => counted('ar', ar, count));
  assert.equal(new Set(said).size, 5);
  assert.match(said[3], /11/, 'in the digits that telephone numbers have');
  assert.equal(counted('en', en.guardian.waitSeconds, 1), 'It can be tried again in 1 second.');
  assert.equal(counted('de', textsIn('de').checkingMany, 1200), '1.200 Dateien werden geprüft …');
});

/** Same in two languages, and right in both. */
const SHARED = {
  de: ['direction', 'guardian.label'],
  es: ['direction', 'pressed.no'],
  fr: ['direction', 'guardian.label'],
  pt: ['direction'],
  ar: [],
};

for (const language of others) {
  test(`no English is left in ${language}`, () => {
    const strings = new Map(stringsOf(textsIn(language)));
    const same = stringsOf(en).filter(([key, text]) => strings.get(key) === text).map(([key]) => key);
    assert.deepEqual(same, SHARED[language]);
  });
}

test('no two other languages share a sentence', () => {
  const sentences = new Map();
  for (const language of others) {
    for (const [key, text] of stringsOf(textsIn(language))) {
      if (text.length < 30) continue;
      assert.ok(!sentences.has(text) || sentences.get(text) === language, `${language} ${key}: ${text}`);
      sentences.set(text, language);
    }
  }
});

/** Shame and blame, the law, forever, regret, urgency, promises. */
const FORBIDDEN = {
  en: /\b(shame|asham|naughty|dirty|stupid|should have|should not|shouldn’t|must not|your own fault|blame|illegal|crime|criminal|police|prison|jail|court|law|punish|forever|never go away|regret|sorry|hurry|urgent|immediately|right now|at once|before it is too late|last chance|guarantee|promise you|we will|you will be safe|always works|disgust|wrong with you|warning|danger zone|porn)/i,
  es: /\b(vergüenza|avergon|guarra|suci|estúpid|tonter|deberías|no debes|te lo buscaste|ilegal|delito|crimen|polic|cárcel|juez|castig|para siempre|arrepent|rápido|urgent|inmediat|ahora mismo|cuanto antes|última oportunidad|garantiz|te prometemos|haremos|asco|advertencia|porno)/i,
  de: /\b(scham|schäm|schmutzig|dumm|solltest|selbst schuld|selber schuld|illegal|straf|verbot|polizei|gefängnis|gericht|gesetz|für immer|bereu|beeil|dringend|sofort|schnell|letzte chance|garantier|versprechen dir|wir werden|eklig|warnung|porno)/i,
  fr: /\b(honte|honteu|sale|stupid|bêtise|tu devrais|tu ne dois pas (?!de )|illég|délit|crime|police|prison|juge|loi\b|puni|pour toujours|à jamais|regret|dépêche|vite|urgent\b|immédiat|tout de suite|dernière chance|garanti|nous te promettons|nous allons|dégoût|avertissement|porno)/i,
  pt: /\b(vergonha|envergonh|suj[oa]|burr[oa]|estúpid|deveria|você não deve\b(?! uma)|ilegal|crime|polícia|prisão|cadeia|juiz|castig|para sempre|arrepend|depressa|rápido|urgent|imediat|agora mesmo|última chance|garanti|prometemos|vamos\b|nojo|aviso|pornô)/i,
  ar: /((?<![\u0600-\u06ff])(?:ال)?عار(?!ٍ)|عيب|فضيح|خجل|قذر|غبي|يجب ألا|قانون|جريم|شرطة|سجن|محكمة|عقاب|معاقب|إلى الأبد|للأبد|ندم|تندم|بسرعة|فورًا|عاجل|حالًا|آخر فرصة|نضمن|نعدك|سنقوم|مقرف|تحذير|إباحي)/,
};

for (const language of LANGUAGES) {
  test(`${language} does not blame, threaten, hurry, promise or shout`, () => {
    for (const [key, text] of stringsOf(textsIn(language))) {
      assert.doesNotMatch(text, FORBIDDEN[language], `${key}: ${text}`);
      assert.doesNotMatch(text, /[!¡！]/, key);
      assert.doesNotMatch(text, /\p{Lu}{4,}/u, `${key} shouts`);
      assert.doesNotMatch(text, /\.\.\.|'|"|<|>/, `${key}: not how this is set`);
    }
  });
}

/** Whose fault it is not, in words that each language uses for it. */
const NOT_YOURS = {
  en: /not (your|a) fault|isn’t your fault|not your|not yours|not on you|on them|nothing wrong|their doing|their fault/i,
  es: /no es culpa|no culpa tuya|no tuya|nada malo|es suya|la culpa es|culpa tuya/i,
  de: /nicht deine Schuld|nicht an dir|nichts falsch|an dieser Person|an der anderen Person/i,
  fr: /pas ta faute|pas le tien|pas la tienne|rien fait de mal|n’est pas ta faute/i,
  pt: /culpa não é sua|não é culpa sua|não culpa sua|não sua|nada de errado|dessa pessoa/i,
  ar: /ليس ذنبك|ليست ذنبك|وليس ذنبك|لم يصدر منك خطأ/,
};

for (const language of LANGUAGES) {
  test(`${language} says at every step whose fault it is not`, () => {
    const texts = textsIn(language);
    const steps = [
      ['sendingLead', texts.sendingLead],
      ['showingLead', texts.showingLead],
      ['why', texts.why],
      ['whySimply', texts.whySimply],
      ['choices', texts.choices.lead],
      ['confirmSend', texts.confirmSend.lead],
      ['confirmShow', texts.confirmShow.lead],
      ['help', texts.help.lead],
      ['sentMine', texts.sentMine.lead],
      ['someoneElse', texts.someoneElse.lead],
      ['unsure', texts.support.unsure],
      ['guardian', { lead: texts.guardian.lead }],
      ['pressed', { heading: texts.support.pressedHeading }],
      ['conversation', Object.fromEntries(Object.entries(texts.conversation).map(([key, { text }]) => [key, text]))],
    ];
    for (const [step, of] of steps) for (const [key, text] of Object.entries(of)) assert.match(text, NOT_YOURS[language], `${step}.${key}`);
  });
}

/** What it is about is never said to be so. */
const PERHAPS = { en: /may/, es: /puede que/i, de: /vielleicht/i, fr: /peut-être/i, pt: /talvez/i, ar: /قد|ربما/ };

for (const language of LANGUAGES) {
  test(`${language} says “may”, where it is guessed`, () => {
    const { noticed, noticedSimply, imageCovered, noticeSending } = textsIn(language);
    const guesses = [noticed.explicit, noticed.suggestive, noticed['hash-list'], ...Object.values(noticedSimply), imageCovered.explicit, imageCovered.suggestive, imageCovered['hash-list'], noticeSending];
    for (const text of guesses) assert.match(text, PERHAPS[language], text);
  });
}

const LENGTHS = [
  [/^(back|close|dismiss|imageShow|imageHide|imageRetry|imageHelp)$|^(pressed\.(yes|no|unsure)|metadataAsk\.(remove|keep)|confirm(Send|Show)\.yes)$/, 24],
  [/^(ways\.|more$|imageBlock$|guardian\.submit)/, 40],
  [/heading$|Heading$|^noticed|^conversation\..*\.title$/, 90],
  [/\.title$/, 60],
  [/./, 290],
];

for (const language of LANGUAGES) {
  test(`${language} is short enough to be read in a hurry, and nothing is empty`, () => {
    for (const [key, text] of stringsOf(textsIn(language))) {
      assert.equal(text.trim(), text, key);
      assert.ok(text.length > 0, key);
      const [, most] = LENGTHS.find(([keys]) => keys.test(key));
      assert.ok(text.length <= most, `${key}: ${text.length} of ${most}: ${text}`);
    }
  });

  test(`${language} is shorter for children`, () => {
    const texts = textsIn(language);
    for (const of of [texts.sendingLead, texts.showingLead, texts.support.pressed, texts.choices.lead, texts.confirmSend.lead, texts.conversationLead]) {
      assert.ok(of['under-13'].length < of['13-15'].length, of['under-13']);
    }
    for (const key of Object.keys(texts.why)) assert.ok(texts.whySimply[key].length < texts.why[key].length, key);
  });
}

test('headings name what it is about, and how many', () => {
  const heading = (about, locale = 'en') => noticedHeading({ finding: 'explicit', media: 'picture', count: 1, of: 1, ageBand: '13-15', ...about }, textsIn(locale));
  assert.equal(heading({}), 'This picture may show a naked body or private parts');
  assert.equal(heading({ of: 3 }), '1 of 3 pictures may show a naked body or private parts');
  assert.equal(heading({ count: 2, of: 2, media: 'video', finding: 'unchecked' }), 'We couldn’t check these two videos');
  assert.equal(heading({ count: 4, of: 4, media: 'mixed', finding: 'unchecked' }), 'We couldn’t check these 4 pictures and videos');
  assert.equal(heading({ ageBand: 'under-13' }), 'This picture may show parts of a body that are private');
  assert.equal(heading({ count: 2, of: 5 }, 'de'), 'Auf 2 von 5 Bildern ist vielleicht ein nackter Körper oder Intimes zu sehen');
  assert.match(heading({ count: 2, of: 5 }, 'ar'), /^في صورتين من أصل 5 /);
  for (const language of LANGUAGES) {
    for (const finding of ['explicit', 'suggestive', 'own-list', 'hash-list', 'unchecked']) {
      for (const media of ['picture', 'video', 'mixed']) {
        for (const [count, of] of [[1, 1], [1, 3], [2, 2], [3, 3], [7, 100], [100, 100]]) {
          for (const ageBand of ['under-13', 'adult']) {
            assert.doesNotMatch(heading({ finding, media, count, of, ageBand }, language), /[{}]|undefined/);
          }
        }
      }
    }
  }
});

test('who is asked whether somebody presses', () => {
  const path = (about) => pathOf({ about: 'sending', finding: 'explicit', ageBand: '13-15', ...about }).join(' ');
  assert.equal(path({}), 'noticed pressed choices');
  assert.equal(path({ finding: 'suggestive', ageBand: 'under-13' }), 'noticed pressed choices');
  assert.equal(path({ ageBand: 'adult' }), 'noticed');
  assert.equal(path({ finding: 'own-list' }), 'noticed');
  assert.equal(path({ about: 'showing' }), 'noticed');
  assert.equal(path({ outlook: { level: 'caution', pattern: null, advice: [] } }), 'noticed support choices');
  assert.equal(path({ outlook: { level: 'notice', pattern: 'grooming', advice: [] } }), 'noticed pressed choices');
  assert.equal(path({ about: 'conversation', finding: undefined }), 'conversation');
});

test('docs/texts.md is current', async () => {
  const page = readFileSync(new URL('../../docs/texts.md', import.meta.url), 'utf8');
  assert.ok(page === (await reviewPage()), 'node pkg-config/review-texts.mjs > docs/texts.md');
});
