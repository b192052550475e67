import { logger } from 'matrix-js-sdk/src/logger';
import { MatrixClientPeg } from 'matrix-react-sdk/src/MatrixClientPeg';
import type { MediaAccess } from './media-messages.ts';

function currentAccess(): MediaAccess | null {
  const client = MatrixClientPeg.get();
  const accessToken = client?.getAccessToken();
  return client && accessToken ? { homeserverUrl: client.getHomeserverUrl(), accessToken } : null;
}

/**
 * The SDK asks for media without a token, which homeservers no longer serve. A service worker adds the token; it keeps
 * none itself but asks this page. Where service workers are not allowed, everything but media works.
 */
export async function provideMediaAccess(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  navigator.serviceWorker.addEventListener('message', (event) => event.ports[0]?.postMessage(currentAccess()));
  try {
    await navigator.serviceWorker.register('service-worker.js');
  } catch (error) {
    logger.warn('media will not load: the service worker was refused', error);
  }
}
