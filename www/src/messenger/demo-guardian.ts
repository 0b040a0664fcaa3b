import { openGuardian, type Guardian } from 'pausepoint/guardian';
import { localStore, type ListStore } from 'pausepoint/store';

/** Shown on the screen: it protects nothing but the demo. */
export const DEMO_PIN = '258014';

/**
 * Whose code counts: the guardian's of this device, if the guardian page has set one up, else one that the demo makes up in
 * memory, so that nothing of this device is changed.
 */
export class DemoGuardian {
  #guardian: Guardian | null = null;
  #isDemo = true;

  get isDemo(): boolean {
    return this.#isDemo;
  }

  /** What `protect` takes; nothing as long as nobody could know a code. */
  get asked(): Guardian | undefined {
    return this.#guardian?.state.is === 'open' ? this.#guardian : undefined;
  }

  async open(): Promise<void> {
    const real = { store: localStore('pausepoint-settings'), anchor: localStore('pausepoint-settings-anchor') };
    const found = await openGuardian(real);
    this.#isDemo = found.state.is !== 'open';
    found.dispose();
    this.#guardian = await openGuardian({ ...(this.#isDemo ? { store: memoryStore(), anchor: memoryStore() } : real), manage: true });
  }

  /** Makes sure that there is a code. */
  async setUp(): Promise<void> {
    const guardian = this.#guardian;
    if (guardian === null) throw new Error('the guardian settings did not open');
    if (guardian.state.is !== 'open') await guardian.setUp({ pin: DEMO_PIN, ageBand: 'under-13' });
  }
}

/** Gone with the page. */
function memoryStore(): ListStore {
  const kept = new Map<string, Uint8Array>();
  return {
    keys: async () => [...kept.keys()],
    get: async (key) => kept.get(key) ?? null,
    set: async (key, bytes) => void kept.set(key, bytes),
    delete: async (key) => void kept.delete(key),
  };
}
