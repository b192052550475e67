import type { CryptoCallbacks } from 'matrix-js-sdk/lib/crypto-api/index.js';

export interface RecoveryKey {
  /** From now on the device gets this key when it asks for one. */
  type(key: Uint8Array<ArrayBuffer>): void;
  readonly callbacks: CryptoCallbacks;
}

/** Stands for the person whom the device asks for the recovery key. */
export function createRecoveryKey(): RecoveryKey {
  let typed: Uint8Array<ArrayBuffer> | undefined;
  return {
    type: (key) => {
      typed = key;
    },
    callbacks: {
      getSecretStorageKey: async ({ keys }) => {
        const [id] = Object.keys(keys);
        return typed === undefined || id === undefined ? null : [id, typed];
      },
    },
  };
}
