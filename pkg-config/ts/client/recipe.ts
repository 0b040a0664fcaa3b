import { GuardError } from './error.js';
import type { GuardOptions, ModelName } from './options.js';
import type { Build, Recipe } from '../worker/protocol.js';

/** Makes an address of what stands in `assets`. */
export type Resolve = (asset: URL | string) => string;

/** The addresses of the package's own files. */
export interface Beside {
  wasm(build: Build): URL;
  model(model: ModelName): URL;
}

/** What is to be loaded and what engine to be made of it. Throws `GuardError` for a model that there is not. */
export function recipeOf(options: GuardOptions, build: Build, beside: Beside, resolve: Resolve): Recipe {
  const { policy, model = 'mid', limits, assets = {}, trustedIssuers: trusted } = options;
  if (model !== 'mid' && model !== 'small') throw new GuardError('options/form');
  // A policy says itself whom it is for.
  const ageBand = options.ageBand ?? (policy === undefined ? 'under-13' : undefined);
  return {
    build,
    wasm: assets.wasm === undefined ? beside.wasm(build).href : fileIn(resolve(assets.wasm), `${build}.wasm`),
    model: assets.model === undefined ? beside.model(model).href : fileIn(resolve(assets.model), `${model}.ppmodel`),
    options: JSON.stringify({ ageBand, policy, limits, trusted }),
  };
}

/** A file by its name where the address is that of a folder. */
export function fileIn(address: string, name: string): string {
  return address.endsWith('/') ? address + name : address;
}
