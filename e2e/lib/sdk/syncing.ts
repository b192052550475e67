import { ClientEvent, type MatrixClient, MatrixEventEvent, RoomEvent, SyncState } from 'matrix-js-sdk';
import { notSeen } from './call.ts';
import type { DeviceTools } from './device.ts';

/** Everything after which a condition of a room, its members or its messages may have changed. */
const changing = [ClientEvent.Sync, RoomEvent.Timeline, RoomEvent.MyMembership, MatrixEventEvent.Decrypted] as const;

/** Calls back after every change; the returned function ends it. */
export function changesOf(client: MatrixClient, listener: () => void): () => void {
  for (const event of changing) client.on(event, listener);
  return () => {
    for (const event of changing) client.off(event, listener);
  };
}

/** Resolves when the first /sync is done and the device is known to the server with its keys and its owner's signature. */
export async function startSyncing(client: MatrixClient, { call, wait }: DeviceTools): Promise<void> {
  await call('initRustCrypto', () => client.initRustCrypto({ useIndexedDB: false }));
  await call('startClient', () =>
    client.startClient({ pollTimeout: 20_000, initialSyncLimit: 20, lazyLoadMembers: false }),
  );
  const synced = await wait(() => client.getSyncState() === SyncState.Syncing || undefined);
  const crypto = client.getCrypto();
  if (synced === undefined || crypto === undefined) throw notSeen(client.getSafeUserId(), 'sync');
  // Uploading the device keys is part of it, so others find them from here on.
  await call('keys/device_signing/upload', () =>
    crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys: async (upload) => upload(null) }),
  );
}
