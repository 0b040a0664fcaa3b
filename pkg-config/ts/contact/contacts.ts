import type { ClauseFinding, ConnectionFinding, ContactAnswer, Suggestions } from './answers.js';
import type { ContactError } from './contact-error.js';
import type { ContactFacts } from './facts.js';

/** A moment at which a profile may want the user to be told something. */
export type Moment =
  | 'connect-request'
  | 'new-connection'
  | 'message-request'
  | 'first-message'
  | 'location-share'
  | 'lowering-a-default'
  | 'block-or-report'
  | 'guardian-active';

/** Decides about contacts, on the thread that asks, within microseconds. */
export interface Contacts {
  /**
   * Decides about one contact.
   *
   * @throws ContactError `contact/…` for facts that cannot be. Nothing is allowed then.
   */
  decide(facts: ContactFacts): ContactAnswer;
  /**
   * Decides about each of many, in their order; `ContactError` stands where facts cannot be.
   *
   * @throws ContactError `contact/too-much` for more than 10,000.
   */
  decideAll(facts: readonly ContactFacts[]): (ContactAnswer | ContactError)[];
  /**
   * What is left of a recommender's output. Both ways are asked about: whom either side must not see is hidden, and so is
   * everybody whose facts cannot be. `kind` need not be given.
   *
   * @throws ContactError `contact/too-much` for more than 10,000.
   */
  filterSuggestions<Facts extends Suggested>(facts: readonly Facts[]): Suggestions<Facts>;
  /**
   * A look at everybody whom the user is connected with: would it come about today? The worst come first. Where facts do
   * not say what the user decided, they have let the other side in. `kind` need not be given.
   *
   * @throws ContactError `contact/too-much` for more than 10,000.
   */
  auditConnections(facts: readonly Suggested[]): ConnectionFinding[];
  /** What to tell the user at a moment, in codes; nothing where no profile asks for it. */
  tell(moment: Moment): string[];
  /** The policy in force, the profiles' settings included; without one, that of the youngest. A new copy each time. */
  policy(): Record<string, unknown>;
  /**
   * Which clauses of the profiles in force a policy meets by itself, by the profile's name.
   *
   * @throws ContactError `policy/…`, `rules/…` for a policy that is none.
   */
  auditPolicy(policy: object): Record<string, ClauseFinding[]>;
  /** Takes a guardian's decisions, by the app's names for contacts, in place of those before. */
  setGuardianDecisions(decisions: Record<string, 'approved' | 'denied'>): void;
  /** The preset of an age band: a policy to start from. */
  preset(ageBand: string): Record<string, unknown>;
  /** The package's profiles, by name. */
  profile(name: string): Record<string, unknown>;
  /** Names of the package's profiles. */
  readonly profileNames: readonly string[];
}

/** Facts whose kind is known from what is asked. */
export type Suggested = Omit<ContactFacts, 'kind'> & { kind?: ContactFacts['kind'] | undefined };
