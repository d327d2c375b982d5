/**
 * Keeps the page for days without a network. The build puts `FILES`, `WHEN_USED` and `VERSION` before this text:
 * what is kept at the first visit, and what is kept once somebody has asked for it. A version is kept whole or not at
 * all, and answers until no open page uses it: an open page never meets files of another version.
 */
const CACHE = `serosa-${VERSION}`;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(CACHE).then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: 'no-cache' })))),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name.startsWith('serosa-') && name !== CACHE).map((name) => caches.delete(name))),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  const wanted = request.mode === 'navigate' ? './' : request;
  event.respondWith(
    caches.open(CACHE).then(async (cache) => {
      const kept = await cache.match(wanted, { ignoreSearch: true });
      if (kept !== undefined) return kept;
      const response = await fetch(request);
      if (response.ok && WHEN_USED.some((file) => request.url === new URL(file, self.registration.scope).href))
        // A device without room for it still gets the answer.
        event.waitUntil(cache.put(request, response.clone()).catch(() => undefined));
      return response;
    }),
  );
});
