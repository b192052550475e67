import type { MatrixClient } from 'matrix-js-sdk';
import { decodeBase64, encodeUnpaddedBase64 } from 'matrix-js-sdk/lib/base64.js';
import { CryptoEvent } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { RigError } from '../../../core/model/rig-error.ts';
import type { CryptoDevice } from '../crypto-device.ts';
import type { DeviceTools } from './device.ts';

type BackupStateMethods = Pick<
  CryptoDevice,
  'plantBackup' | 'backupInUse' | 'heldBackupKey' | 'keepBackupKey' | 'waitForUpload'
>;

/** Whose backup a device uses, and a backup that is not the person's. */
export function backupStateOf(client: MatrixClient, { call, wait }: DeviceTools): BackupStateMethods {
  let remaining: number | undefined;
  client.on(CryptoEvent.KeyBackupSessionsRemaining, (count) => {
    remaining = count;
  });
  const crypto = () => {
    const api = client.getCrypto();
    if (api === undefined) throw new RigError('defect', 'the device was asked before its cryptography had started');
    return api;
  };
  const heldBackupKey: CryptoDevice['heldBackupKey'] = async () => {
    const key = await crypto().getSessionBackupPrivateKey();
    return key === null ? undefined : encodeUnpaddedBase64(key);
  };
  return {
    plantBackup: async () => {
      await call('room_keys/version', () => crypto().resetKeyBackup());
      const key = await heldBackupKey();
      if (key === undefined) throw new RigError('defect', 'the library began a backup and has no key to it');
      return key;
    },
    backupInUse: async () => {
      await call('room_keys/version', () => crypto().checkKeyBackupAndEnable());
      return (await crypto().getActiveSessionBackupVersion()) ?? undefined;
    },
    heldBackupKey,
    keepBackupKey: async (key) => {
      // What the library remembers of the server's backup may be older than this one.
      const seen = await call('room_keys/version', () => crypto().checkKeyBackupAndEnable());
      const version = seen?.backupInfo.version;
      if (version === undefined) throw new RigError('defect', 'the server names no backup the key could open');
      await crypto().storeSessionBackupPrivateKey(decodeBase64(key), version);
    },
    waitForUpload: async () => (await wait(() => remaining === 0 || undefined)) ?? false,
  };
}
