import { type AgeGroup, emergencyOf, type Entry, type ServiceKind } from '../../kit/directory.js';
import { fill } from '../../kit/texts/texts.js';
import type { Texts } from '../../i18n/texts.js';
import { el } from '../dom.js';
import { coveredCountries, helpersOf } from '../helpers.js';
import { button, type Scope, text, tile, type View } from '../view.js';
import { stopLabel } from './ways.js';

const KINDS: readonly ServiceKind[] = ['helpline', 'removal', 'report'];

/** Who helps in the person's country. */
export function helpView(scope: Scope): View {
  const { texts, ageBand, country } = scope;
  return {
    heading: texts.help.heading,
    scene: 'harbour',
    body: [
      text(texts.help.lead[ageBand], 'lead'),
      countryField(scope),
      emergency(country, texts),
      ...KINDS.flatMap((kind) => servicesOf(kind, scope)),
      el(
        'div',
        { class: 'tiles aside' },
        tile(texts.ways.alreadySent, 'sent', () => scope.go('sent-mine')),
        tile(texts.ways.someoneElse, 'other', () => scope.go('someone-else')),
      ),
    ],
    ways: helpWays(scope),
  };
}

/** Out of a help step: not going on, or, where help was opened by itself, out of it. */
export function helpWays(scope: Scope): HTMLElement[] {
  const { texts, occasion } = scope;
  if (occasion === null) return [button(texts.close, () => scope.close(), 'out')];
  // A conversation is nothing that is sent or shown.
  return occasion.about === 'conversation' ? [] : [button(stopLabel(scope), () => scope.choose('stop'), 'out')];
}

/** The services of a kind, with a heading; nothing where there are none. */
export function servicesOf(kind: ServiceKind, { country, ageBand, occasion, texts }: Scope): Node[] {
  // Of a help flow by itself only the wording is known, not who reads it: minors first, and all of them.
  const age: AgeGroup | null = occasion === null && ageBand !== 'adult' ? null : ageBand === 'adult' ? 'adult' : 'under-18';
  const entries = helpersOf(country, kind, age);
  if (entries.length === 0) return [];
  return [
    el('h3', { part: 'subheading' }, texts.help.kinds[kind]),
    el('ul', { class: 'services', part: 'list' }, ...entries.map((entry) => card(entry, texts))),
  ];
}

function countryField({ texts, country, chooseCountry }: Scope): HTMLElement {
  const names = new Intl.DisplayNames([texts.language], { type: 'region' });
  const named = coveredCountries().map((code) => ({ code, name: names.of(code) ?? code }));
  named.sort((one, other) => one.name.localeCompare(other.name, texts.language));
  const known = country !== null && named.some(({ code }) => code === country);
  const select = el(
    'select',
    { id: 'country', part: 'input' },
    el('option', { value: '', selected: !known }, texts.help.anywhere),
    ...named.map(({ code, name }) => el('option', { value: code, selected: code === country }, name)),
  );
  select.addEventListener('change', () => chooseCountry(select.value || null));
  return el('div', { class: 'field' }, el('label', { for: 'country' }, texts.help.country), select);
}

function emergency(country: string | null, texts: Texts): HTMLElement {
  const numbers = emergencyOf(country);
  if (numbers.length === 0) return el('p', { class: 'emergency', part: 'text' }, texts.help.emergencyUnknown);
  const [before = '', after = ''] = texts.help.emergency.split('{numbers}');
  const links = numbers.flatMap((number, index) => (index === 0 ? [phoneLink(number)] : [` ${texts.help.or} `, phoneLink(number)]));
  return el('p', { class: 'emergency', part: 'text' }, before, ...links, after);
}

function card(entry: Entry, texts: Texts): HTMLElement {
  const { help } = texts;
  const { name, address, phone, languages = [], takes, review_by } = entry;
  const who = entry.pictured === undefined ? help.who[entry.for] : help.pictured[entry.pictured];
  const lines = takes.map((code) => (code === 'call' && phone !== undefined ? called(phone, help.takes.call) : told(entry, help.takes[code])));
  const overdue = new Date().toISOString().slice(0, 10) > review_by;
  return el(
    'li',
    { part: 'service' },
    el('h4', { lang: languages[0] }, el('bdi', {}, name)),
    el('p', {}, who),
    ...lines,
    ...(languages.length === 0 ? [] : [el('p', { class: 'quiet' }, fill(help.languages, { languages: languageNames(languages, texts) }))]),
    ...(overdue ? [el('p', { class: 'overdue' }, help.overdue)] : []),
    el(
      'a',
      { href: address, target: '_blank', rel: 'noreferrer noopener', part: 'link', dir: 'ltr' },
      address.replace(/^https:\/\/|\/$/g, ''),
      el('span', { class: 'hidden' }, ` (${help.newTab})`),
    ),
  );
}

const told = ({ text: message = '' }: Entry, line: string) => el('p', {}, fill(line, { text: `\u2068${message}\u2069` }));

function called(phone: string, line: string): HTMLElement {
  const [before = '', after = ''] = line.split('{phone}');
  return el('p', {}, before, phoneLink(phone), after);
}

function phoneLink(number: string): HTMLElement {
  return el('a', { class: 'phone', href: `tel:${number.replace(/[^\d+]/g, '')}`, part: 'link', dir: 'ltr' }, number);
}

function languageNames(codes: readonly string[], { language }: Texts): string {
  const names = new Intl.DisplayNames([language], { type: 'language' });
  return codes.map((code) => names.of(code) ?? code).join(', ');
}
