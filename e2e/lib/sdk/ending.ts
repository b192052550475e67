import type { IndexedDBStore, MatrixClient } from 'matrix-js-sdk';
import type { CryptoDevice } from '../crypto-device.ts';
import type { DeviceTools } from './device.ts';

type EndingMethods = Pick<CryptoDevice, 'kill' | 'signOut' | typeof Symbol.asyncDispose>;

interface Ending extends Pick<DeviceTools, 'call'> {
  /** Kept for the next start. */
  readonly synced?: IndexedDBStore;
}

/** How a device comes to its end. */
export function endingOf(client: MatrixClient, { call, synced }: Ending): EndingMethods {
  let isKilled = false;
  return {
    kill: () => {
      isKilled = true;
      client.stopClient();
    },
    signOut: async () => {
      await call('logout', () => client.logout(true));
    },
    [Symbol.asyncDispose]: async () => {
      client.stopClient();
      if (!isKilled) await synced?.save(true);
    },
  };
}
