import type { HashBuild } from '../hash/build.js';
import type { Language } from '../messages/options.js';
import type { Build } from '../worker/protocol.js';
import type { ModelName } from './options.js';

// Each address is written out, in the one form that bundlers recognise as a file to carry along.

/** The package's own WebAssembly file. */
export function wasmBeside(build: Build): URL {
  switch (build) {
    case 'relaxed':
      return new URL('./wasm/relaxed.wasm', import.meta.url);
    case 'simd128':
      return new URL('./wasm/simd128.wasm', import.meta.url);
    case 'portable':
      return new URL('./wasm/portable.wasm', import.meta.url);
  }
}

/** The hasher's own WebAssembly file. */
export function hashWasmBeside(build: HashBuild): URL {
  switch (build) {
    case 'hash-simd128':
      return new URL('./wasm/hash-simd128.wasm', import.meta.url);
    case 'hash-portable':
      return new URL('./wasm/hash-portable.wasm', import.meta.url);
  }
}

/** The WebAssembly file of contacts. */
export const contactWasmBeside = () => new URL('./wasm/contact.wasm', import.meta.url);

/** The WebAssembly file of metadata. */
export const metadataWasmBeside = () => new URL('./wasm/metadata.wasm', import.meta.url);

/** The package's own language pack. */
export function packBeside(language: Language): URL {
  switch (language) {
    case 'en':
      return new URL('./packs/en.pppack', import.meta.url);
    case 'es':
      return new URL('./packs/es.pppack', import.meta.url);
    case 'de':
      return new URL('./packs/de.pppack', import.meta.url);
    case 'fr':
      return new URL('./packs/fr.pppack', import.meta.url);
  }
}

/** The package's own model file. */
export function modelBeside(model: ModelName): URL {
  switch (model) {
    case 'mid':
      return new URL('./models/mid.ppmodel', import.meta.url);
    case 'small':
      return new URL('./models/small.ppmodel', import.meta.url);
  }
}

/** The address of what stands in `assets`, as the page resolves it. */
export function resolveInPage(asset: URL | string): string {
  return new URL(asset, globalThis.document?.baseURI ?? globalThis.location.href).href;
}
