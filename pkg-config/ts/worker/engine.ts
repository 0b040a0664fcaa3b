/** The bridge as wasm-bindgen makes it from the core's `src/wasm`. */
export interface Engine {
  checkImage(bytes: Uint8Array, context: string): string;
  checkPixels(rgba: Uint8Array, width: number, height: number, format: string, context: string): string;
  watchPixels(rgba: Uint8Array, width: number, height: number, format: string, sight: string): string;
  watchUnchecked(reason: string, sight: string): string;
  unchecked(reason: string, context: string): string;
  /** Whether the verdict is decided. */
  samplePixels(film: Film, rgba: Uint8Array, width: number, height: number, at: number, context: string): boolean;
  sampleUnchecked(film: Film, reason: string, context: string): boolean;
  endVideo(film: Film, reason: string | undefined, context: string): string;
  info(): string;
  takeList(bytes: Uint8Array, now: number): string;
  dropList(issuer: string, name: string): string;
  lists(): string;
  loadOwnList(bytes: Uint8Array): string;
  addOwn(bytes: Uint8Array, name: string): string;
  addOwnPixels(rgba: Uint8Array, width: number, height: number, name: string): string;
  removeOwn(name: string): string;
  ownNames(): string;
  ownBytes(now: number): Uint8Array;
}

/** What was seen of a video file so far. */
export interface Film {
  free(): void;
}

/** One copy of a build's glue, good for one instance. */
export interface Glue {
  initSync(options: { module: WebAssembly.Module }): unknown;
  /** Has the kernels compiled well; some ten milliseconds of work. */
  warmUp(): void;
  Engine: new (model: Uint8Array, options: string) => Engine;
  Film: new () => Film;
}
