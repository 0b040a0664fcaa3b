/** The bridge as wasm-bindgen makes it from the core's `src/wasm`: what guardian settings need of it. */
export interface GuardianGlue {
  initSync(options: { module: WebAssembly.Module }): unknown;
  Guardianship: new (...records: (Uint8Array | undefined)[]) => GuardianEngine;
  readRequest(text: string): string;
  answerRequest(pairing: string, code: string, decision: string): string;
  randomBytes(): string;
}

/** One set of settings. What throws throws an `Error` whose message is a stable code. Values are JSON. */
export interface GuardianEngine {
  take(record: string): Uint8Array | undefined;
  state(): string;
  layers(unset: string, managed: string | undefined, now: number): string;
  begin(now: number): string;
  setUp(begin: string, pin: string, random: Uint8Array, now: number): string;
  change(secret: string, change: string, now: number): void;
  changePin(old: string, pin: string, random: Uint8Array, now: number): void;
  recover(code: string, pin: string, random: Uint8Array, now: number): string;
  pair(secret: string, random: Uint8Array, now: number): string;
  reinstate(secret: string, now: number): void;
  confirm(secret: string, now: number): void;
  ask(wish: string, random: Uint8Array, now: number): string;
  accept(code: string, answer: string, now: number): string;
  free(): void;
}
