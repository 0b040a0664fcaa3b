/** Lets a mistake in the caller's own callback be seen, but not at the price of what called it. */
export function reportError(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
