/** The browser's entry of `pausepoint/messages`. */
import { contactWasmBeside, packBeside, resolveInPage } from '../client/beside.js';
import { fileIn } from '../client/recipe.js';
import { fetchModule } from '../worker/fetch-parts.js';
import { StartError } from '../worker/start-error.js';
import { startMessagesGlue } from './glue.js';
import { languagesOf, messagesOf } from './live-messages.js';
import { MessageError } from './message-error.js';
import type { Messages } from './messages.js';
import type { MessagesOptions } from './options.js';

export * from './public.js';

/**
 * Starts the engine that looks at conversations: one WebAssembly file and a pack for each language, no worker, no model.
 * Nothing is fetched after the promise resolves.
 *
 * @throws MessageError if it cannot start, or the policy is refused.
 * @throws The signal's reason, if it was aborted meanwhile.
 *
 * @example
 * ```ts
 * const messages = await createMessages({ ageBand: '13-15' });
 * messages.meet('p1', { known: false });
 * const { level, raised, advice } = messages.check('p1', { from: 'peer', text });
 * if (raised && level !== 'notice') showHelp(advice);
 * ```
 */
export async function createMessages(options: MessagesOptions = {}): Promise<Messages> {
  const { assets = {}, signal } = options;
  signal?.throwIfAborted();
  const languages = languagesOf(options);
  const address = assets.wasm === undefined ? contactWasmBeside().href : fileIn(resolveInPage(assets.wasm), 'contact.wasm');
  const folder = assets.packs === undefined ? null : resolveInPage(assets.packs);
  const [module, packs] = await Promise.all([
    fetchModule(address, () => {}).catch((error: unknown) => {
      throw new MessageError(error instanceof StartError ? error.code : 'engine/failed');
    }),
    Promise.all(languages.map((language) => fetchPack(folder === null ? packBeside(language).href : `${folder}${language}.pppack`, signal))),
  ]);
  signal?.throwIfAborted();
  return messagesOf(startMessagesGlue(module), packs, options);
}

async function fetchPack(address: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  try {
    const response = await fetch(address, { signal: signal ?? null });
    if (!response.ok) throw new Error('pack');
    return new Uint8Array(await response.arrayBuffer());
  } catch {
    signal?.throwIfAborted();
    throw new MessageError('assets/pack-unreachable');
  }
}

