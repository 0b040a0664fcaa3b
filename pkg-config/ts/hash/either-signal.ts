/** A signal that follows several. The first Nodes and browsers that this is for have no `AbortSignal.any`. */
export function eitherSignal(signals: readonly AbortSignal[]): { signal: AbortSignal; release(): void } {
  const either = new AbortController();
  const follow = () => either.abort(signals.find(({ aborted }) => aborted)?.reason);
  signals.forEach((signal) => signal.addEventListener('abort', follow));
  return {
    signal: either.signal,
    release: () => signals.forEach((signal) => signal.removeEventListener('abort', follow)),
  };
}
