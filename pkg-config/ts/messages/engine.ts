/** The bridge as wasm-bindgen makes it from the core's `src/wasm`: what conversations need of it. */
export interface MessagesGlue {
  initSync(options: { module: WebAssembly.Module }): unknown;
  /** Throws an `Error` whose message is a stable code. */
  Messages: new (options: string) => MessagesEngine;
  draftPack(head: string, source: string): Uint8Array;
  inspectPack(bytes: Uint8Array): string;
}

/** What looks at conversations. Values are JSON; what throws throws an `Error` whose message is a stable code. */
export interface MessagesEngine {
  addBundled(bytes: Uint8Array): void;
  takePack(bytes: Uint8Array, now: number): string;
  dropPack(issuer: string, name: string): void;
  packs(): string;
  meet(peer: string, about: string): void;
  check(peer: string, isOwn: boolean, text: string, at: number): string;
  picture(peer: string, event: string, at: number): string;
  beforeSending(peer: string, text: string): string;
  explain(isOwn: boolean, text: string): string;
  forget(peer: string): void;
  level(peer: string): string;
  state(peer: string): Uint8Array | undefined;
  restore(peer: string, state: Uint8Array): void;
  count(): number;
  free(): void;
}
