import type { MatrixClient } from 'matrix-js-sdk';
import { RigError } from '../../../core/model/rig-error.ts';
import { megolm } from '../attacker/payloads.ts';
import type { CryptoDevice } from '../crypto-device.ts';
import type { DeviceTools } from './device.ts';

type AttackMethods = Pick<CryptoDevice, 'ownKeys' | 'sendClosed' | 'importRoomKey'>;

/** What no honest device does: messages of the attacker's own making through real Olm sessions. */
export function attacksOf(client: MatrixClient, { call }: DeviceTools): AttackMethods {
  const crypto = () => {
    const api = client.getCrypto();
    if (api === undefined) throw new RigError('defect', 'the device was asked before its cryptography had started');
    return api;
  };
  return {
    ownKeys: () => crypto().getOwnDeviceKeys(),
    sendClosed: async ({ userId, deviceId }, type, content) => {
      const { batch, eventType } = await call('encrypt to device', () =>
        crypto().encryptToDeviceMessages(type, [{ userId, deviceId }], { ...content }),
      );
      const [message] = batch;
      if (message === undefined) throw new RigError('defect', `${deviceId} is unknown to the attacking device`);
      const contents = new Map([[userId, new Map([[deviceId, message.payload]])]]);
      await call('sendToDevice', () => client.sendToDevice(eventType, contents));
    },
    importRoomKey: ({ roomId, sessionId, sessionKey, owner }) =>
      crypto().importRoomKeys([
        {
          algorithm: megolm,
          room_id: roomId,
          session_id: sessionId,
          session_key: sessionKey,
          sender_key: owner.curve25519,
          sender_claimed_keys: { ed25519: owner.ed25519 },
          forwarding_curve25519_key_chain: [],
        },
      ]),
  };
}
