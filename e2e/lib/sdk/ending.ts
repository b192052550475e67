import type { IndexedDBStore, MatrixClient } from 'matrix-js-sdk';
import type { CryptoDevice } from '../crypto-device.ts';
import { notSeen } from './call.ts';
import type { DeviceTools } from './device.ts';

type EndingMethods = Pick<CryptoDevice, 'kill' | 'signOut' | typeof Symbol.asyncDispose>;

interface Ending extends DeviceTools {
  /** Under which the keys are kept. */
  readonly store?: string;
  /** Kept for the next start. */
  readonly synced?: IndexedDBStore;
  /** Told before it is stopped for good. */
  onEnd(): void;
}

/** How a device comes to its end. */
export function endingOf(client: MatrixClient, { call, wait, store, synced, onEnd }: Ending): EndingMethods {
  let isOver = false;
  const clear = async (cryptoDatabasePrefix: string) => {
    const clearing = call('clear stores', () => client.clearStores({ cryptoDatabasePrefix })).then(() => {
      isOver = true;
    });
    // A database is not deleted while something in the library still holds it.
    const done = await wait(
      () => isOver || undefined,
      (listener) => {
        clearing.then(listener, listener);
        return () => {};
      },
    );
    if (done === undefined) throw notSeen(client.getSafeUserId(), 'IndexedDB deleted');
  };
  return {
    kill: () => {
      isOver = true;
      client.stopClient();
    },
    signOut: async () => {
      await call('logout', () => client.logout(true));
      if (store !== undefined) await clear(store);
    },
    [Symbol.asyncDispose]: async () => {
      onEnd();
      client.stopClient();
      if (!isOver) await synced?.save(true);
    },
  };
}
