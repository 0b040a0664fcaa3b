/**
 * The service worker: keeps a copy of every file of this build and answers from it, so that the page works without a
 * network. It tells the pages of every request that it could not answer so.
 */

/** Put before this script by the build. Addresses are relative to this script's folder. */
declare const BUILD: {
  version: string;
  /** Files to save before the worker takes over. */
  ahead: string[];
  /** Files to save when they are first asked for. */
  onUse: string[];
};
declare const self: ServiceWorkerGlobalScope;
// Makes this a module for the compiler, so that `self` is its own; the built file has neither imports nor exports.
export {};

/** Other builds of the page may live in other folders of the same origin. */
const FAMILY = `pausepoint-www ${self.registration.scope} `;
const CACHE = FAMILY + BUILD.version;
const KNOWN = new Set([...BUILD.ahead, ...BUILD.onUse].map(absolute));

self.addEventListener('install', (event) => event.waitUntil(save()));

// No skipWaiting: a page that is open keeps the files that it was built with.
self.addEventListener('activate', (event) => event.waitUntil(activate()));

self.addEventListener('fetch', (event) => {
  if (event.request.method === 'GET') event.respondWith(answer(event));
  else event.waitUntil(report(event.request.url));
});

async function save(): Promise<void> {
  const cache = await caches.open(CACHE);
  await Promise.all(BUILD.ahead.map((address) => saveFile(cache, address)));
}

async function saveFile(cache: Cache, address: string): Promise<void> {
  // A name with a hash means the same content for ever: another build's copy and the browser's own cache will do.
  const lasting = address.startsWith('./assets/');
  const kept = lasting ? await caches.match(absolute(address)) : undefined;
  const response = kept ?? (await fetch(address, { cache: lasting ? 'default' : 'reload' }));
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  await cache.put(absolute(address), response);
}

async function activate(): Promise<void> {
  const earlier = (await caches.keys()).filter((name) => name.startsWith(FAMILY) && name !== CACHE);
  await Promise.all(earlier.map((name) => caches.delete(name)));
  // Only the page of the very first visit is open without a worker. Later there is none to claim, but perhaps one that
  // is just being opened and waits for this to end.
  if (earlier.length === 0) await self.clients.claim();
}

async function answer(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const file = fileOf(request.url);
  if (!KNOWN.has(file)) return passOn(event);

  const cache = await caches.open(CACHE);
  const kept = await cache.match(file, { ignoreVary: true });
  if (kept !== undefined) return kept;
  const response = await passOn(event);
  if (response.ok) event.waitUntil(cache.put(file, response.clone()));
  return response;
}

function passOn(event: FetchEvent): Promise<Response> {
  event.waitUntil(report(event.request.url));
  return fetch(event.request);
}

async function report(address: string): Promise<void> {
  const at = performance.timeOrigin + performance.now();
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  for (const page of pages) page.postMessage({ type: 'network', address, at });
}

function fileOf(address: string): string {
  const url = new URL(address);
  url.search = '';
  url.hash = '';
  return url.href.replace(/\/index\.html$/, '/');
}

function absolute(address: string): string {
  return new URL(address, self.registration.scope).href;
}
