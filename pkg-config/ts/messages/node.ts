/** Node's entry of `pausepoint/messages`. */
import { readFile } from 'node:fs/promises';
import { fileIn } from '../client/recipe.js';
import { contactWasmBeside, packBeside, resolveInNode } from '../node/beside.js';
import { startMessagesGlue } from './glue.js';
import { languagesOf, messagesOf } from './live-messages.js';
import { MessageError } from './message-error.js';
import type { Messages } from './messages.js';
import type { MessagesOptions } from './options.js';
import { type PackTools, packTools } from './pack-tools.js';

export * from './public.js';
export type { InspectedPack, PackDraft, PackTools } from './pack-tools.js';

/**
 * Starts the engine that looks at conversations.
 *
 * @throws MessageError if it cannot start, or the policy is refused.
 * @throws The signal's reason, if it was aborted meanwhile.
 */
export async function createMessages(options: MessagesOptions = {}): Promise<Messages> {
  const { assets = {}, signal } = options;
  signal?.throwIfAborted();
  const languages = languagesOf(options);
  const folder = assets.packs === undefined ? null : resolveInNode(assets.packs);
  const packs = await Promise.all(
    languages.map((language) =>
      readFile(folder === null ? packBeside(language) : new URL(`${folder}${language}.pppack`)).catch(() => {
        throw new MessageError('assets/pack-unreachable');
      }),
    ),
  );
  const module = await moduleOf(assets.wasm);
  signal?.throwIfAborted();
  return messagesOf(startMessagesGlue(module), packs, options);
}

/** The tools that make language packs. Throws `MessageError` if they cannot start. */
export async function createPackTools(): Promise<PackTools> {
  return packTools(startMessagesGlue(await moduleOf(undefined)));
}

async function moduleOf(wasm: URL | string | undefined): Promise<WebAssembly.Module> {
  const address = wasm === undefined ? contactWasmBeside() : new URL(fileIn(resolveInNode(wasm), 'contact.wasm'));
  const bytes = await readFile(address).catch(() => {
    throw new MessageError('assets/wasm-unreachable');
  });
  return WebAssembly.compile(bytes).catch(() => {
    throw new MessageError('assets/wasm-invalid');
  });
}
