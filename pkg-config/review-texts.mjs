// All texts of the elements side by side, for those who review a language:
//
//   node pkg-config/review-texts.mjs > docs/texts.md

import { pathToFileURL } from 'node:url';
import { load } from './test-support/load.mjs';

/** Every string of a language's texts, by where it is. */
export function stringsOf(texts, path = '') {
  if (typeof texts === 'string') return [[path, texts]];
  return Object.entries(texts).flatMap(([key, value]) => stringsOf(value, path === '' ? key : `${path}.${key}`));
}

/** The page, as Markdown. */
export async function reviewPage() {
  const { LANGUAGES, textsIn } = await load('i18n/index.ts');
  const strings = LANGUAGES.map((language) => new Map(stringsOf(textsIn(language))));
  const keys = [...new Set(strings.flatMap((of) => [...of.keys()]))];
  const cell = (text) => text?.replaceAll('|', '\\|') ?? '';
  const rows = keys.map((key) => `| ${[`\`${key}\``, ...strings.map((of) => cell(of.get(key)))].join(' | ')} |`);
  return `# What the elements say

Written by \`node pkg-config/review-texts.mjs > docs/texts.md\` from \`pkg-config/ts/i18n\`; change the texts there. What each
text is for is said in \`texts.ts\`. Forms that a language does not have are empty. The languages other than English were not
checked by native speakers yet: corrections are welcome.

| | ${LANGUAGES.join(' | ')} |
| ${['', ...LANGUAGES].map(() => '---').join(' | ')} |
${rows.join('\n')}
`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.stdout.write(await reviewPage());
