import data from '../../../packs/help/directory.json';
import { type AgeGroup, type Entry, type Near, type ServiceKind, servicesOf } from '../kit/directory.js';

/** All countries that the help directory knows something of. */
export function coveredCountries(): string[] {
  const names = [...data.services.flatMap(({ countries }) => countries), ...Object.keys(data.emergency)];
  const codes = names.flatMap((name) => data.groups[name] ?? (name === '*' ? [] : [name]));
  return [...new Set(codes)];
}

/** Who helps with something in a country, those first that suit the age and are nearest. */
export function helpersOf(country: string | null, kind: ServiceKind, age: AgeGroup | null): Entry[] {
  const fitting = servicesOf(country).filter(({ entry }) => entry.kind === kind && suits(entry, age));
  const known = fitting.some(({ distance }) => distance < 2);
  return (
    fitting
      // A page that leads to one's own country is one click too many where that country's are listed.
      .filter(({ entry, distance }) => !(known && distance === 2 && entry.takes.includes('country-choice')))
      .sort((one, other) => rank(one, age) - rank(other, age))
      .map(({ entry }) => entry)
  );
}

function suits(entry: Entry, age: AgeGroup | null): boolean {
  if (age === null || entry.for === 'anyone') return !(age === 'under-18' && entry.pictured === 'adult');
  return entry.for === age && !(age === 'under-18' && entry.pictured === 'adult');
}

/** Take It Down works in every country, for exactly those whom this is made for: first where it fits. */
function rank({ entry, distance }: Near, age: AgeGroup | null): number {
  if (entry.id === 'take-it-down' && age !== 'adult') return -1;
  const misfit = (entry.pictured ?? entry.for) === (age === 'adult' ? 'under-18' : 'adult');
  return distance + (misfit ? 3 : 0);
}
