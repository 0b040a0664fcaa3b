import type { ClauseFinding, ConnectionFinding, ContactAnswer, SuggestionAnswer, Suggestions } from './answers.js';
import { ContactError } from './contact-error.js';
import type { ContactEngine, ContactGlue } from './engine.js';
import type { ContactFacts } from './facts.js';
import type { ContactOptions } from './options.js';

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

/** Makes the engine and what is shown of it. Throws `ContactError`. */
export function contactsOf(glue: ContactGlue, options: ContactOptions): Contacts {
  const { ageBand, policy, profiles } = options;
  // A policy says itself whom it is for.
  const engine = carefully(() => new glue.Contacts(JSON.stringify({ ageBand: policy === undefined ? ageBand : undefined, policy, profiles })));
  return new LiveContacts(glue, engine);
}

class LiveContacts implements Contacts {
  readonly #glue: ContactGlue;
  readonly #engine: ContactEngine;
  readonly profileNames: readonly string[];

  constructor(glue: ContactGlue, engine: ContactEngine) {
    this.#glue = glue;
    this.#engine = engine;
    this.profileNames = JSON.parse(glue.profiles()) as string[];
  }

  decide(facts: ContactFacts): ContactAnswer {
    return answered<ContactAnswer>(this.#engine.decide(JSON.stringify(dated(facts))));
  }

  decideAll(facts: readonly ContactFacts[]): (ContactAnswer | ContactError)[] {
    const answers = answered<Reply<ContactAnswer>[]>(this.#engine.decideAll(JSON.stringify(facts.map(dated))));
    return answers.map((answer) => ('error' in answer ? new ContactError(answer.error) : answer));
  }

  filterSuggestions<Facts extends Suggested>(facts: readonly Facts[]): Suggestions<Facts> {
    const given = facts.map((one) => ({ ...dated(one), kind: 'suggestion' }));
    const answers = answered<SuggestionAnswer[]>(this.#engine.filterSuggestions(JSON.stringify(given)));
    const isShown = new Set(answers.filter(({ shown }) => shown).map(({ index }) => index));
    return { shown: facts.filter((_, index) => isShown.has(index)), hidden: answers.filter(({ shown }) => !shown) };
  }

  auditConnections(facts: readonly Suggested[]): ConnectionFinding[] {
    const given = facts.map((one) => ({ ...dated(one), kind: 'message' }));
    return answered<ConnectionFinding[]>(this.#engine.auditConnections(JSON.stringify(given)));
  }

  tell(moment: Moment): string[] {
    return JSON.parse(this.#engine.tell(moment)) as string[];
  }

  policy(): Record<string, unknown> {
    return JSON.parse(this.#engine.policy()) as Record<string, unknown>;
  }

  auditPolicy(policy: object): Record<string, ClauseFinding[]> {
    return JSON.parse(carefully(() => this.#engine.auditPolicy(JSON.stringify(policy)))) as Record<string, ClauseFinding[]>;
  }

  setGuardianDecisions(decisions: Record<string, 'approved' | 'denied'>): void {
    carefully(() => this.#engine.setGuardian(JSON.stringify(decisions)));
  }

  preset(ageBand: string): Record<string, unknown> {
    return JSON.parse(carefully(() => this.#glue.preset(ageBand))) as Record<string, unknown>;
  }

  profile(name: string): Record<string, unknown> {
    return JSON.parse(carefully(() => this.#glue.profile(name))) as Record<string, unknown>;
  }
}

/** The core has no clock. */
function dated<Facts extends Suggested>(facts: Facts): Facts {
  return facts.now == null ? { ...facts, now: new Date() } : facts;
}

type Reply<T> = T | { error: string };

function answered<T extends object>(json: string): T {
  const reply = JSON.parse(json) as Reply<T>;
  if ('error' in reply) throw new ContactError(reply.error);
  return reply;
}

/** What the engine throws has a code for a message, unless it broke. */
function carefully<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error ? error.message : '';
    throw new ContactError(/^[a-z]+\/[a-z-]+$/.test(code) ? code : 'engine/failed');
  }
}
