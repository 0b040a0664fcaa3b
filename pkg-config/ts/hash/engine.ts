/** The bridge as wasm-bindgen makes it from the core's `src/wasm`: what hashing needs of it. */
export interface HashGlue {
  initSync(options: { module: WebAssembly.Module }): unknown;
  hashPicture(bytes: Uint8Array, options: string): string;
  hashPixels(rgba: Uint8Array, width: number, height: number, options: string): string;
  /** Gives an empty string for what is not the hashes of a video. */
  compareVideos(query: string, compared: string, distance: number | undefined, quality: number | undefined): string;
  defaultLimits(): string;
  Digester: new () => Digester;
  /** Throws an `Error` whose message is a stable code. */
  draftList(head: string, hashes: Uint8Array, labels: string): Uint8Array;
  inspectList(bytes: Uint8Array): string;
  /** Throws an `Error` whose message is a stable code. */
  HashList: new (bytes: Uint8Array, trusted: string, now: number) => EngineList;
}

export interface EngineList {
  about(): string;
  /** `hashes`: 32 bytes each. */
  matches(hashes: Uint8Array): string;
  free(): void;
}

export interface Digester {
  update(piece: Uint8Array): void;
  /** Gives the digests as JSON; the digester is gone then. */
  finish(): string;
  free(): void;
}
