import type { MediaAccess } from './media-messages.ts';

declare const self: ServiceWorkerGlobalScope;

const answerWithinMs = 5_000;
const mediaPath = /^\/_matrix\/media\/v3\/(download|thumbnail)\//;

async function askForAccess(clientId: string): Promise<MediaAccess | null> {
  const client = await self.clients.get(clientId);
  if (client === undefined) return null;
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const deadline = setTimeout(() => resolve(null), answerWithinMs);
    port1.onmessage = ({ data }: MessageEvent<MediaAccess | null>) => {
      clearTimeout(deadline);
      resolve(data);
    };
    client.postMessage('media-access', [port2]);
  });
}

async function fetchMedia({ request, clientId }: FetchEvent): Promise<Response> {
  const url = new URL(request.url);
  const access = await askForAccess(clientId);
  if (access === null || new URL(access.homeserverUrl).origin !== url.origin) return fetch(request);
  url.pathname = url.pathname.replace('/_matrix/media/v3/', '/_matrix/client/v1/media/');
  return fetch(url, { headers: { Authorization: `Bearer ${access.accessToken}` } });
}

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  if (event.request.method !== 'GET' || !mediaPath.test(new URL(event.request.url).pathname)) return;
  event.respondWith(fetchMedia(event));
});
