import type { ClauseFinding, ConnectionFinding, ContactAnswer, SuggestionAnswer, Suggestions } from './answers.js';
import { ContactError } from './contact-error.js';
import type { Contacts, Moment, Suggested } from './contacts.js';
import type { ContactEngine, ContactGlue } from './engine.js';
import type { ContactFacts } from './facts.js';
import type { ContactOptions } from './options.js';

/** Makes the engine and what is shown of it. Throws `ContactError`. */
export function contactsOf(glue: ContactGlue, options: ContactOptions): Contacts {
  const { ageBand, policy, profiles } = options;
  // A policy says itself whom it is for.
  const engine = carefully(() => new glue.Contacts(JSON.stringify({ ageBand: policy == null ? ageBand : undefined, policy, profiles })));
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
    return answered<ContactAnswer>(this.#engine.decide(written(dated(facts))));
  }

  decideAll(facts: readonly ContactFacts[]): (ContactAnswer | ContactError)[] {
    const answers = answered<Reply<ContactAnswer>[]>(this.#engine.decideAll(written(facts.map(dated))));
    return answers.map((answer) => ('error' in answer ? new ContactError(answer.error) : answer));
  }

  filterSuggestions<Facts extends Suggested>(facts: readonly Facts[]): Suggestions<Facts> {
    const given = facts.map((one) => (kindOf(one, 'suggestion')));
    const answers = answered<SuggestionAnswer[]>(this.#engine.filterSuggestions(written(given)));
    const isShown = new Set(answers.filter(({ shown }) => shown).map(({ index }) => index));
    return { shown: facts.filter((_, index) => isShown.has(index)), hidden: answers.filter(({ shown }) => !shown) };
  }

  auditConnections(facts: readonly Suggested[]): ConnectionFinding[] {
    const given = facts.map((one) => (kindOf(one, 'message')));
    return answered<ConnectionFinding[]>(this.#engine.auditConnections(written(given)));
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

/** The core has no clock. What is no object, it refuses. */
function dated<Facts extends Suggested>(facts: Facts): Facts {
  return typeof facts === 'object' && facts !== null && facts.now == null ? { ...facts, now: new Date() } : facts;
}

function kindOf(facts: Suggested, kind: ContactFacts['kind']): unknown {
  return typeof facts === 'object' && facts !== null ? { ...dated(facts), kind } : facts;
}

/** Facts as the core reads them. */
function written(facts: unknown): string {
  try {
    return JSON.stringify(facts) ?? 'null';
  } catch {
    throw new ContactError('contact/form');
  }
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
