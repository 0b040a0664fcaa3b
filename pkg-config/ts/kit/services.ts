import { type AgeGroup, type Entry, type Near, type ServiceKind, servicesOf, type Takes } from './directory.js';
import { fill, type Texts } from './texts/texts.js';

/** Somebody who helps, with what to say about it in the kit's language. */
export interface Service {
  /** Stays the same when the name changes. */
  id: string;
  /** `removal` gets pictures taken down or kept off, `report` takes reports, `helpline` is somebody to talk to. */
  kind: ServiceKind;
  name: string;
  /** Its page. */
  address: string;
  phone: string | null;
  /** What to send where, to write to it. */
  text: string | null;
  /** BCP 47, where known. */
  languages: readonly string[];
  /** How it is reached and what it wants, as codes. */
  takes: readonly Takes[];
  /** Whom it is for, in words. */
  who: string;
  /** How it is reached and what it wants, in words. */
  does: string[];
  /** Whether its review is overdue, so that a number may have changed. */
  overdue: boolean;
}

const KINDS: readonly ServiceKind[] = ['removal', 'helpline', 'report'];

/**
 * Who helps in a country, removal services first. Of each kind those come first that suit the age, or minors if it is
 * unknown, then those that are nearest.
 */
export function servicesFor(country: string | null, age: AgeGroup | null, madeAt: Date, texts: Texts): Service[] {
  const near = servicesOf(country).filter(({ entry }) => age === null || entry.for === 'anyone' || entry.for === age);
  const suiting = near.filter(({ entry }) => age !== 'under-18' || entry.pictured !== 'adult');
  const today = madeAt.toISOString().slice(0, 10);
  return KINDS.flatMap((kind) =>
    withoutNeedlessFinders(suiting.filter(({ entry }) => entry.kind === kind))
      .sort((one, other) => misfit(one.entry, age) - misfit(other.entry, age) || one.distance - other.distance)
      .map(({ entry }) => serviceOf(entry, today, texts)),
  );
}

/** A page that leads to one's own country is one click too many where that country's are listed. */
function withoutNeedlessFinders(services: Near[]): Near[] {
  const known = services.some(({ distance }) => distance < 2);
  return services.filter(({ entry, distance }) => !(known && distance === 2 && entry.takes.includes('country-choice')));
}

/** How badly an entry fits an age: 0 or 1. */
function misfit(entry: Entry, age: AgeGroup | null): number {
  return (entry.pictured ?? entry.for) === (age === 'adult' ? 'under-18' : 'adult') ? 1 : 0;
}

function serviceOf(entry: Entry, today: string, texts: Texts): Service {
  const { id, kind, name, address, phone = null, text = null, languages = [], takes } = entry;
  const who = entry.pictured === undefined ? texts.who[entry.for] : texts.pictured[entry.pictured];
  const does = takes.map((code) => fill(texts.takes[code], { phone: phone ?? '', text: text ?? '' }));
  return { id, kind, name, address, phone, text, languages, takes, who, does, overdue: today > entry.review_by };
}
