/** The browser's entry of `pausepoint/contact`. */
import { contactWasmBeside, resolveInPage } from '../client/beside.js';
import { fileIn } from '../client/recipe.js';
import { fetchModule } from '../worker/fetch-parts.js';
import { StartError } from '../worker/start-error.js';
import { ContactError } from './contact-error.js';
import type { Contacts } from './contacts.js';
import { startContactGlue } from './glue.js';
import { contactsOf } from './live-contacts.js';
import type { ContactOptions } from './options.js';

export type { ClauseFinding, ConnectionFinding, ContactAnswer, ContactDecision, SuggestionAnswer, Suggestions } from './answers.js';
export { ContactError } from './contact-error.js';
export type { Contacts, Moment, Suggested } from './contacts.js';
export type { AgeEvidence, AgeLevel, AgeMethod, ContactFacts, ContactKind, PeerFacts, Tie } from './facts.js';
export type { ContactOptions, ProfileName } from './options.js';

/**
 * Starts the engine that decides about contacts: one small WebAssembly file, no worker, no model. Nothing is fetched after
 * the promise resolves.
 *
 * @throws ContactError if it cannot start, or the policy or a profile is refused. Allow nothing then.
 * @throws The signal's reason, if it was aborted meanwhile.
 *
 * @example
 * ```ts
 * const contacts = await createContacts({ ageBand: '13-15', profiles: ['ofcom-icu'] });
 * const { decision, reasons } = contacts.decide({ id: 'c1', kind: 'message-request', peer: { account_age_days: 3 } });
 * ```
 */
export async function createContacts(options: ContactOptions = {}): Promise<Contacts> {
  const { assets = {}, signal } = options;
  signal?.throwIfAborted();
  const address = assets.wasm === undefined ? contactWasmBeside().href : fileIn(resolveInPage(assets.wasm), 'contact.wasm');
  const module = await fetchModule(address, () => {}).catch((error: unknown) => {
    throw new ContactError(error instanceof StartError ? error.code : 'engine/failed');
  });
  signal?.throwIfAborted();
  return contactsOf(startContactGlue(module), options);
}
