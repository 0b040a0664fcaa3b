/** What is done one after another. */
export interface Turns {
  last: Promise<unknown>;
}

/** Does something when all before it is done. Taken back before its turn has come, it rejects at once and is never done. */
export function inTurn<T>(turns: Turns, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  const done = turns.last.then(() => {
    signal?.throwIfAborted();
    return work();
  });
  turns.last = done.catch(() => undefined);
  return signal === undefined ? done : orAborted(done, signal);
}

function orAborted<T>(done: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    done.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
