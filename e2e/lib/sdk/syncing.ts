import { initAsync } from '@matrix-org/matrix-sdk-crypto-wasm';
import { ClientEvent, type MatrixClient, MatrixEventEvent, RoomEvent, SyncState } from 'matrix-js-sdk';
import { CryptoEvent } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { firstLineOf, RigError } from '../../../core/model/rig-error.ts';
import { notSeen } from './call.ts';
import type { DeviceTools } from './device.ts';
import type { KeyUpload } from './key-upload.ts';

/** Everything after which a condition of a room, its members, its messages or the backup may have changed. */
const changing = [
  ClientEvent.Sync,
  RoomEvent.Timeline,
  RoomEvent.MyMembership,
  MatrixEventEvent.Decrypted,
  CryptoEvent.KeyBackupSessionsRemaining,
] as const;

/**
 * Far shorter than any deadline. Of two messages to devices that Synapse stores at the same time it may tell the recipient of
 * the first one before that is readable, and then of nothing until the next poll.
 */
const pollMs = 5_000;

/** Calls back after every change; the returned function ends it. */
export function changesOf(client: MatrixClient, listener: () => void): () => void {
  for (const event of changing) client.on(event, listener);
  return () => {
    for (const event of changing) client.off(event, listener);
  };
}

export interface Start extends DeviceTools {
  readonly store?: string;
  readonly isFirst: boolean;
  readonly isReopened?: boolean;
  readonly isStartedAgain?: boolean;
  readonly upload: Pick<KeyUpload, 'isDone'>;
}

/** Resolves when the first /sync is done and others find the device: with its keys, and the first one with its owner's signature. */
export async function startSyncing(client: MatrixClient, start: Start): Promise<void> {
  const { call, wait, store, isFirst, isReopened = false, isStartedAgain = false, upload } = start;
  await loadCryptography();
  await call('initRustCrypto', () =>
    client.initRustCrypto(
      store === undefined ? { useIndexedDB: false } : { useIndexedDB: true, cryptoDatabasePrefix: store },
    ),
  );
  await call('startClient', () =>
    client.startClient({ pollTimeout: pollMs, initialSyncLimit: 20, lazyLoadMembers: false }),
  );
  const synced = await wait(() => client.getSyncState() === SyncState.Syncing || undefined);
  const crypto = client.getCrypto();
  if (synced === undefined || crypto === undefined) throw notSeen(client.getSafeUserId(), 'sync');
  if (isReopened) return;
  const isKnown = isStartedAgain && (await isPublished(client, call));
  if (!isKnown && (await wait(() => upload.isDone() || undefined)) === undefined) {
    throw notSeen(client.getSafeUserId(), 'keys/upload');
  }
  if (!isFirst) return;
  // Only now: as with a person at a client, whom it asks for the identity when it has long been running.
  await call('keys/device_signing/upload', () =>
    crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys: async (allow) => allow(null) }),
  );
}

/** Once for all devices of a process. */
async function loadCryptography(): Promise<void> {
  try {
    await initAsync();
  } catch (thrown) {
    const reason = firstLineOf(thrown);
    throw new RigError(
      'toolFailed',
      {
        de: `Die Kryptographie der Geräte (matrix-sdk-crypto-wasm) ließ sich nicht laden: ${reason}`,
        en: `The devices' cryptography (matrix-sdk-crypto-wasm) could not be loaded: ${reason}`,
      },
      { cause: thrown },
    );
  }
}

/** Others find this device. */
async function isPublished(client: MatrixClient, call: DeviceTools['call']): Promise<boolean> {
  const [userId, deviceId] = [client.getSafeUserId(), client.getDeviceId() ?? ''];
  const { device_keys: keys } = await call('keys/query', () => client.downloadKeysForUsers([userId]));
  return keys[userId]?.[deviceId] !== undefined;
}
