/** `pausepoint/removal-kit`: for browsers and Node alike; no DOM, no network, no clock. */
import type { AgeGroup } from './directory.js';
import { csvOf } from './csv.js';
import { type FileNames, filesOf, type KitItem } from './files.js';
import { jsonOf } from './json.js';
import { pageOf } from './page.js';
import { type Service, servicesFor } from './services.js';
import { type Step, stepsFor } from './steps.js';
import { textsIn } from './texts/index.js';

export type { AgeGroup, ServiceKind, Takes } from './directory.js';
export type { FileNames, KitItem } from './files.js';
export type { Service } from './services.js';
export type { Step } from './steps.js';
export { PAGE_STYLE_SOURCE } from './style.js';
export type { StepCode } from './texts/texts.js';

/** Options of `createRemovalKit`. */
export interface KitOptions {
  /** Where the person is: ISO 3166-1 alpha-2. Default: unknown, for which there are services that help everywhere. */
  country?: string | undefined;
  /** How old the person is now. Default: unknown; services for minors come first, and those for adults after them. */
  ageGroup?: AgeGroup | undefined;
  /** BCP 47. Where there are no texts in a language, they are in English; there is English only so far. */
  locale?: string | undefined;
  /** Which forms have the names of the files. Default: `page`. */
  fileNames?: FileNames | undefined;
  /** The time that the kit says it was made. */
  madeAt: Date;
}

/** Hashes of chosen files, and what to do next. It was sent nowhere. */
export interface RemovalKit {
  /** What can be done, the most pressing first. */
  readonly steps: readonly Step[];
  /** Who helps: removal services, then helplines, then who takes reports. */
  readonly services: readonly Service[];
  /** What to say of the hashes wherever they are shown or handed over. */
  readonly about: readonly string[];
  /** The hashes for programs. */
  json(): string;
  /** The hashes for hash exchanges and spreadsheets, RFC 4180. */
  csv(): string;
  /** A page for oneself, complete in one file without scripts: steps, services, hashes. */
  html(): string;
}

/**
 * Makes a removal kit.
 *
 * @throws TypeError `country/not-a-code` if the country is not two letters.
 * @throws RangeError if `madeAt` is no time.
 *
 * @example
 * ```ts
 * const kit = createRemovalKit([{ name: file.name, hashes: await hasher.hash(file) }], { country: 'IE', madeAt: new Date() });
 * link.href = URL.createObjectURL(new Blob([kit.html()], { type: 'text/html' }));
 * ```
 */
export function createRemovalKit(items: readonly KitItem[], options: KitOptions): RemovalKit {
  const { ageGroup = null, locale = 'en', fileNames = 'page' } = options;
  const madeAt = new Date(options.madeAt);
  const country = options.country === undefined ? null : countryCode(options.country);
  const texts = textsIn(locale);
  const files = filesOf(items, fileNames);
  const services = servicesFor(country, ageGroup, madeAt, texts);
  const steps = stepsFor(country, services, texts);
  return {
    steps,
    services,
    about: texts.about,
    json: () => jsonOf(files, madeAt, texts.about),
    csv: () => csvOf(files),
    html: () => pageOf(steps, files, madeAt, texts),
  };
}

/** The United Kingdom is better known by a code that is not its own. */
function countryCode(country: string): string {
  const code = country.toUpperCase();
  if (!/^[A-Z]{2}$/.test(code)) throw new TypeError('country/not-a-code');
  return code === 'UK' ? 'GB' : code;
}
