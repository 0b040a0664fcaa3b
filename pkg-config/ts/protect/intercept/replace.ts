/**
 * Puts another function in the place of one of an object's, until the signal ends. Whoever has replaced it again since
 * keeps what they have, and the function that they call then only passes on.
 *
 * @param make - makes the other one; what it is given calls the one that was there
 */
export function replace<This, Arguments extends unknown[], Result>(
  object: object,
  name: string,
  signal: AbortSignal,
  make: (original: (self: This, ...rest: Arguments) => Result) => (self: This, ...rest: Arguments) => Result,
): void {
  const there = (object as Record<string, unknown>)[name];
  if (typeof there !== 'function') return;
  const own = Object.getOwnPropertyDescriptor(object, name);
  const original = (self: This, ...rest: Arguments): Result => Reflect.apply(there, self, rest) as Result;
  const made = make(original);
  const replacement = {
    [name](this: This, ...rest: Arguments): Result {
      return signal.aborted ? original(this, ...rest) : made(this, ...rest);
    },
  }[name];
  Object.defineProperty(object, name, { ...(own ?? { writable: true, configurable: true, enumerable: true }), value: replacement });
  signal.addEventListener('abort', () => {
    if ((object as Record<string, unknown>)[name] !== replacement) return;
    if (own === undefined) Reflect.deleteProperty(object, name);
    else Object.defineProperty(object, name, own);
  });
}
