/** How long somebody seems to write, at most, in milliseconds. */
const LONGEST_MS = 1_700;
const REST_MS = 450;

const still = matchMedia('(prefers-reduced-motion: reduce)');

/** Waits; rejects with the signal's reason. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    }, ms);
    const giveUp = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', giveUp, { once: true });
  });
}

/** Whether dots that move are left out, and waits are short. */
export const isStill = (): boolean => still.matches;

/** How long a message takes to write here: long enough to be met, short enough not to bore. */
export const writingTime = (text: string): number => (isStill() ? 120 : Math.min(LONGEST_MS, 500 + text.length * 16));
export const restTime = (): number => (isStill() ? 60 : REST_MS);
