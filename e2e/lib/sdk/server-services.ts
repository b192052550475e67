import type { MatrixClient } from 'matrix-js-sdk';
import type { CryptoDevice } from '../crypto-device.ts';
import type { DeviceTools } from './device.ts';

/** What the server does with what it knows: it wakes devices and searches. */
export function serverServicesOf(
  client: MatrixClient,
  { call }: DeviceTools,
): Pick<CryptoDevice, 'askForPushes' | 'searchOnServer'> {
  return {
    askForPushes: async (gatewayUrl, pushkey) => {
      await call('pushers/set', () =>
        client.setPusher({
          app_id: 'de.pruefstand.app',
          pushkey,
          kind: 'http',
          app_display_name: 'Prüfstand',
          device_display_name: 'Prüfgerät',
          lang: 'de',
          data: { url: gatewayUrl },
        }),
      );
    },
    searchOnServer: async (word) => {
      const body = { search_categories: { room_events: { search_term: word } } };
      const answer = await call('search', () => client.search({ body }));
      return answer.search_categories.room_events.count ?? 0;
    },
  };
}
