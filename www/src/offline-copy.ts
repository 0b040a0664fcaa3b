/** Whether the page is saved for use without a network. */
export type OfflineState = 'no' | 'busy' | 'ready' | 'newer';

/** What the service worker tells of every request that it could not answer from the copy. */
export interface NetworkNotice {
  type: 'network';
  address: string;
  /** Milliseconds since 1970. */
  at: number;
}

/**
 * Has the page saved by its service worker. Resolves once that is over, one way or the other, and never rejects: the
 * page works without, too.
 */
export async function saveForOffline(onState: (state: OfflineState) => void): Promise<void> {
  // While developing, a copy would only hide changes. Outside secure contexts, browsers have no service workers.
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return onState('no');
  onState('busy');
  try {
    const registration = await navigator.serviceWorker.register(new URL('sw.js', document.baseURI), {
      updateViaCache: 'none',
    });
    const first = registration.installing ?? registration.waiting;
    if (registration.active === null && first !== null) await activated(first);
    if (registration.active === null) return onState('no');
    // The browser may have found a newer build before it told us of this one.
    const next = registration.installing ?? registration.waiting;
    onState(next === null ? 'ready' : 'newer');
    registration.addEventListener('updatefound', () => onState('newer'));
  } catch {
    onState('no');
  }
}

/** Hears of requests that went past the offline copy. */
export function onNetworkNotice(hear: (notice: NetworkNotice) => void): void {
  if (!('serviceWorker' in navigator)) return;
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<NetworkNotice>) => {
    if (data.type === 'network') hear(data);
  });
}

function activated(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (worker.state === 'activated' || worker.state === 'redundant') resolve();
    };
    worker.addEventListener('statechange', look);
    look();
  });
}
