/** The bridge as wasm-bindgen makes it from the core's `src/wasm`: what metadata needs of it. */
export interface MetadataGlue {
  initSync(options: { module: WebAssembly.Module }): unknown;
  /** Throws an `Error` whose message is a stable code. */
  scan(bytes: Uint8Array): Looked;
  /** Throws an `Error` whose message is a stable code. */
  strip(bytes: Uint8Array): Looked;
  maxBytes(): number;
}

/** What a file carries. Codes have a comma between them. */
export interface Looked {
  kinds(): string;
  sizes(): Float64Array;
  kept(): string;
  format(): string;
  /** The file without, once; nothing if nothing was found. */
  bytes(): Uint8Array | undefined;
}
