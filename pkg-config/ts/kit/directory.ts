import data from '../../../packs/help/directory.json';

/** What a service is for. */
export type ServiceKind = 'removal' | 'report' | 'helpline';

/** How old somebody is. */
export type AgeGroup = 'under-18' | 'adult';

/** How a service is reached and what it wants. */
export type Takes =
  | 'picture-hashes-made-there'
  | 'picture-upload'
  | 'url'
  | 'report-form'
  | 'call'
  | 'text-message'
  | 'chat'
  | 'email'
  | 'advice-page'
  | 'country-choice';

/** An entry of the help directory; packs/help/README.md says what its fields mean. */
export interface Entry {
  id: string;
  kind: ServiceKind;
  name: string;
  countries: readonly string[];
  for: AgeGroup | 'anyone';
  pictured?: AgeGroup;
  takes: readonly Takes[];
  address: string;
  phone?: string;
  text?: string;
  languages?: readonly string[];
  source: string;
  verified: 'page' | 'known';
  checked: string | null;
  review_by: string;
}

/** The help directory, as packs/help/directory.json has it. */
export interface HelpDirectory {
  version: string;
  groups: Readonly<Record<string, readonly string[]>>;
  emergency: Readonly<Record<string, readonly string[]>>;
  services: readonly Entry[];
}

/** An entry that serves a country, and how near it is: of the country, of a group it is in, or of everywhere. */
export interface Near {
  entry: Entry;
  distance: 0 | 1 | 2;
}

const EVERYWHERE = '*';

/** The day of the directory's last change. */
export const VERSION = data.version;

/** All entries that serve a country, in the directory's order; without one, those of everywhere. */
export function servicesOf(country: string | null): Near[] {
  const groups = groupsOf(country);
  return data.services.flatMap((entry): Near[] => {
    if (country !== null && entry.countries.includes(country)) return [{ entry, distance: 0 }];
    if (groups.some((group) => entry.countries.includes(group))) return [{ entry, distance: 1 }];
    return entry.countries.includes(EVERYWHERE) ? [{ entry, distance: 2 }] : [];
  });
}

/** The emergency numbers of a country, the usual one first; none where they are not known. */
export function emergencyOf(country: string | null): readonly string[] {
  const names = country === null ? [] : [country, ...groupsOf(country)];
  return names.map((name) => data.emergency[name]).find((numbers) => numbers !== undefined) ?? [];
}

function groupsOf(country: string | null): string[] {
  if (country === null) return [];
  return Object.keys(data.groups).filter((group) => data.groups[group]?.includes(country));
}
