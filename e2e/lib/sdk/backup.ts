import { type MatrixClient, MatrixError } from 'matrix-js-sdk';
import { CryptoEvent, decodeRecoveryKey } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { RigError } from '../../../core/model/rig-error.ts';
import type { CryptoDevice } from '../crypto-device.ts';
import { notSeen } from './call.ts';
import type { DeviceTools } from './device.ts';
import type { RecoveryKey } from './recovery-key.ts';
import { waitForAnswer } from './wait-for-answer.ts';

type BackupMethods = Pick<
  CryptoDevice,
  'newRecoveryKey' | 'setUpBackup' | 'restoreBackup' | 'exportRoomKeys' | 'waitForRoomKey'
>;

interface BackupTools extends DeviceTools {
  /** What a person would type when the device asks for it. */
  readonly recoveryKey: RecoveryKey;
}

/** Room keys in the server's keeping, closed with a key that only the person has. */
export function backupOf(client: MatrixClient, { call, wait, recoveryKey }: BackupTools): BackupMethods {
  let remaining: number | undefined;
  client.on(CryptoEvent.KeyBackupSessionsRemaining, (count) => {
    remaining = count;
  });
  const crypto = () => {
    const api = client.getCrypto();
    if (api === undefined) throw new RigError('defect', 'the device was asked before its cryptography had started');
    return api;
  };
  const newKey = async () => {
    const key = await crypto().createRecoveryKeyFromPassphrase();
    if (key.encodedPrivateKey === undefined) throw new RigError('defect', 'the library made a key without its words');
    return { ...key, encodedPrivateKey: key.encodedPrivateKey };
  };
  const exportRoomKeys: CryptoDevice['exportRoomKeys'] = async () =>
    (await crypto().exportRoomKeys()).map(({ room_id, session_id, session_key }) => ({
      roomId: room_id,
      sessionId: session_id,
      sessionKey: session_key,
    }));
  return {
    newRecoveryKey: async () => (await newKey()).encodedPrivateKey,
    setUpBackup: async () => {
      const key = await newKey();
      recoveryKey.type(key.privateKey);
      await call('room_keys/version', () =>
        crypto().bootstrapSecretStorage({
          createSecretStorageKey: async () => key,
          setupNewSecretStorage: true,
          setupNewKeyBackup: true,
        }),
      );
      const done = await wait(() => remaining === 0 || undefined);
      if (done === undefined) throw notSeen(client.getSafeUserId(), 'room_keys/keys');
      return key.encodedPrivateKey;
    },
    restoreBackup: async (words) => {
      try {
        recoveryKey.type(decodeRecoveryKey(words));
        return await call('room_keys/keys', async () => {
          await crypto().loadSessionBackupPrivateKeyFromSecretStorage();
          return { kind: 'restored', ...(await crypto().restoreKeyBackup()) };
        });
      } catch (thrown) {
        if (!(thrown instanceof Error) || thrown instanceof RigError || thrown instanceof MatrixError) throw thrown;
        return { kind: 'refused', reason: thrown.message };
      }
    },
    exportRoomKeys,
    waitForRoomKey: (roomId, sessionId) => {
      const isHeld = async () =>
        (await exportRoomKeys()).some((key) => key.roomId === roomId && key.sessionId === sessionId);
      // Keys come with /sync: nothing beside it has to be listened to.
      return waitForAnswer(wait, isHeld, () => () => {});
    },
  };
}
