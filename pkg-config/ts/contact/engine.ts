/** The bridge as wasm-bindgen makes it from the core's `src/wasm`: what contacts need of it. */
export interface ContactGlue {
  initSync(options: { module: WebAssembly.Module }): unknown;
  /** Throws an `Error` whose message is a stable code. */
  Contacts: new (options: string) => ContactEngine;
  preset(band: string): string;
  profile(name: string): string;
  profiles(): string;
}

/** What decides. All values are JSON. */
export interface ContactEngine {
  setGuardian(decisions: string): void;
  decide(facts: string): string;
  decideAll(facts: string): string;
  filterSuggestions(facts: string): string;
  auditConnections(facts: string): string;
  tell(moment: string): string;
  policy(): string;
  auditPolicy(policy: string): string;
  free(): void;
}
