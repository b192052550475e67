import { type MatrixClient, Method } from 'matrix-js-sdk';
import { RigError } from '../../../core/model/rig-error.ts';
import type { CryptoDevice, DeviceAddress } from '../crypto-device.ts';
import type { DeviceTools } from './device.ts';

type AttackMethods = Pick<CryptoDevice, 'ownKeys' | 'sendClosed' | 'sendOpen' | 'sendRaw'>;

/** What no honest device does: messages of the attacker's own making, through real Olm sessions or as they stand. */
export function attacksOf(client: MatrixClient, { call }: DeviceTools): AttackMethods {
  const crypto = () => {
    const api = client.getCrypto();
    if (api === undefined) throw new RigError('defect', 'the device was asked before its cryptography had started');
    return api;
  };
  const deliver = (type: string, { userId, deviceId }: DeviceAddress, content: Record<string, unknown>) =>
    call('sendToDevice', () => client.sendToDevice(type, new Map([[userId, new Map([[deviceId, content]])]])));
  return {
    ownKeys: () => crypto().getOwnDeviceKeys(),
    sendClosed: async (to, type, content) => {
      const { userId, deviceId } = to;
      const { batch, eventType } = await call('encrypt to device', () =>
        crypto().encryptToDeviceMessages(type, [{ userId, deviceId }], { ...content }),
      );
      const [message] = batch;
      if (message === undefined) throw new RigError('defect', `${deviceId} is unknown to the attacking device`);
      await deliver(eventType, to, message.payload);
    },
    sendOpen: async (to, type, content) => void (await deliver(type, to, { ...content })),
    sendRaw: async (roomId, type, content) => {
      const path = `/rooms/${encodeURIComponent(roomId)}/send/${type}/${client.makeTxnId()}`;
      const { event_id: eventId } = await call('send', () =>
        client.http.authedRequest<{ event_id: string }>(Method.Put, path, undefined, { ...content }),
      );
      return eventId;
    },
  };
}
