/** Does what may fail for the host's reasons, which are answers, unlike the engine's. */
export async function attempt<T>(work: () => T | Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch {
    return null;
  }
}
