import { VERSION } from './directory.js';
import type { KitFile } from './files.js';
import type { HashRow } from './rows.js';
import type { Service } from './services.js';
import type { Step } from './steps.js';
import { PAGE_STYLE_SOURCE, STYLE } from './style.js';
import { fill, type Texts } from './texts/texts.js';

/** The page loads nothing, runs nothing and sends nothing, wherever it is opened. */
const POLICY = `default-src 'none'; style-src ${PAGE_STYLE_SOURCE}; base-uri 'none'; form-action 'none'`;

/** The kit as a page of its own, to read, keep and print. */
export function pageOf(steps: readonly Step[], files: readonly KitFile[], madeAt: Date, texts: Texts): string {
  const made = `${madeAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `<!doctype html>
<html lang="${escape(texts.language)}" dir="${texts.direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex, nofollow">
<title>${escape(texts.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escape(texts.title)}</h1>
${texts.lead.map((text) => `<p class="lead">${escape(text)}</p>`).join('\n')}
<h2>${escape(texts.stepsHeading)}</h2>
<ol>
${steps.map((step) => stepOf(step, texts)).join('\n')}
</ol>
<h2>${escape(texts.aboutHeading)}</h2>
<ul>
${texts.about.map((text) => `<li>${escape(text)}</li>`).join('\n')}
</ul>
<h2>${escape(texts.filesHeading)}</h2>
${files.length === 0 ? `<p>${escape(texts.noFiles)}</p>` : files.map((file) => fileOf(file, texts)).join('\n')}
<footer><p>${escape(fill(texts.made, { made, version: VERSION }))}</p></footer>
</main>
</body>
</html>
`;
}

function stepOf({ title, text, services }: Step, texts: Texts): string {
  const listed = services.map((service) => serviceOf(service, texts)).join('\n');
  return `<li><h3>${escape(title)}</h3>
<p>${escape(text)}</p>${services.length === 0 ? '' : `\n<ul class="services">\n${listed}\n</ul>`}</li>`;
}

function serviceOf({ name, address, phone, languages, who, does, overdue }: Service, texts: Texts): string {
  const [language] = languages;
  const lines = [who, ...does, ...(languages.length === 0 ? [] : [fill(texts.languages, { languages: named(languages, texts) })])];
  const told = lines.map((line) => `<p>${phone === null ? escape(line) : dialled(line, phone)}</p>`);
  if (overdue) told.push(`<p class="mark">${escape(texts.overdue)}</p>`);
  return `<li><h4${language === undefined ? '' : ` lang="${escape(language)}"`}>${escape(name)}</h4>
${told.join('\n')}
<p><a href="${escape(address)}" target="_blank" rel="noopener noreferrer">${escape(address.replace(/^https:\/\/|\/$/g, ''))}</a></p></li>`;
}

/** A line in which the number can be tapped. */
function dialled(line: string, phone: string): string {
  const link = `<a href="tel:${escape(phone.replace(/\D/g, ''))}">${escape(phone)}</a>`;
  return line.split(phone).map(escape).join(link);
}

function named(languages: readonly string[], { language }: Texts): string {
  const names = new Intl.DisplayNames([language], { type: 'language' });
  return languages.map((code) => names.of(code) ?? code).join(', ');
}

function fileOf({ number, name, note, rows }: KitFile, texts: Texts): string {
  const title = escape(fill(texts.file, { number: String(number) }));
  const told = [
    ...(note === null ? [] : [`<p><bdi>${escape(note)}</bdi></p>`]),
    ...(rows.some(({ type }) => type === 'pdq') ? [] : [`<p class="soft">${escape(texts.noPdq)}</p>`]),
  ];
  return `<article>
<h3>${title}${name === null ? '' : `: <bdi>${escape(name)}</bdi>`}</h3>
${[...told, '<dl>', ...rows.map((row) => rowOf(row, texts)), '</dl>'].join('\n')}
</article>`;
}

const TYPES: Record<HashRow['type'], string> = { pdq: 'PDQ', video_md5: 'MD5', md5: 'MD5', sha256: 'SHA-256' };

function rowOf({ type, family, view, hash, quality, caution }: HashRow, texts: Texts): string {
  const named = family === null ? TYPES[type] : `${TYPES[type]} ${family}`;
  const title = view === 'upright' ? fill(texts.upright, { type: named }) : named;
  const told = caution === 'low-quality' ? texts.lowQuality : texts.quality;
  const rated =
    quality === null
      ? ''
      : ` <span class="${caution === null ? 'soft' : 'mark'}">${escape(fill(told, { quality: String(quality) }))}</span>`;
  return `<div><dt>${escape(title)}</dt><dd><code>${breakable(hash)}</code>${rated}</dd></div>`;
}

/** A hash that may go on in the next line, and is copied as one. */
function breakable(hash: string): string {
  return escape(hash).replace(/.{8}(?=.)/g, '$&<wbr>');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** For text and for quoted attributes. */
function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
