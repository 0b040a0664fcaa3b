/** Node's entry of `pausepoint/contact`. */
import { readFile } from 'node:fs/promises';
import { fileIn } from '../client/recipe.js';
import { contactWasmBeside, resolveInNode } from '../node/beside.js';
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
 * Starts the engine that decides about contacts.
 *
 * @throws ContactError if it cannot start, or the policy or a profile is refused. Allow nothing then.
 * @throws The signal's reason, if it was aborted meanwhile.
 */
export async function createContacts(options: ContactOptions = {}): Promise<Contacts> {
  const { assets = {}, signal } = options;
  signal?.throwIfAborted();
  const address = assets.wasm === undefined ? contactWasmBeside() : new URL(fileIn(resolveInNode(assets.wasm), 'contact.wasm'));
  const bytes = await readFile(address).catch(() => {
    throw new ContactError('assets/wasm-unreachable');
  });
  const module = await WebAssembly.compile(bytes).catch(() => {
    throw new ContactError('assets/wasm-invalid');
  });
  signal?.throwIfAborted();
  return contactsOf(startContactGlue(module), options);
}
