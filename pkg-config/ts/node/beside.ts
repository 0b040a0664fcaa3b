import { resolve as absolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ModelName } from '../client/options.js';
import type { HashBuild } from '../hash/build.js';
import type { Language } from '../messages/options.js';
import type { Build } from '../worker/protocol.js';

/** The package's own WebAssembly file. */
export const wasmBeside = (build: Build) => new URL(`./wasm/${build}.wasm`, import.meta.url);

/** The hasher's own WebAssembly file. */
export const hashWasmBeside = (build: HashBuild) => new URL(`./wasm/${build}.wasm`, import.meta.url);

/** The WebAssembly file of contacts. */
export const contactWasmBeside = () => new URL('./wasm/contact.wasm', import.meta.url);

/** The WebAssembly file of metadata. */
export const metadataWasmBeside = () => new URL('./wasm/metadata.wasm', import.meta.url);

/** The package's own language pack. */
export const packBeside = (language: Language) => new URL(`./packs/${language}.pppack`, import.meta.url);

/** The package's own model file. */
export const modelBeside = (model: ModelName) => new URL(`./models/${model}.ppmodel`, import.meta.url);

/** The address of what stands in `assets`: a path. */
export function resolveInNode(asset: URL | string): string {
  if (typeof asset !== 'string') return asset.href;
  if (asset.startsWith('file:')) return asset;
  const { href } = pathToFileURL(absolute(asset));
  return /[\\/]$/.test(asset) && !href.endsWith('/') ? `${href}/` : href;
}
