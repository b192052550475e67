import { DeviceId, LocalTrust, OlmMachine, UserId } from '@matrix-org/matrix-sdk-crypto-wasm';
import type { MatrixClient } from 'matrix-js-sdk';
import { RigError } from '../../../core/model/rig-error.ts';
import type { CryptoDevice } from '../crypto-device.ts';
import { notSeen } from './call.ts';
import type { DeviceTools } from './device.ts';

/** Shutting one device out. The library hands this only to its own parts, so its machine is taken from it. */
export function blockingOf(client: MatrixClient, { call }: DeviceTools): Pick<CryptoDevice, 'blockDevice'> {
  return {
    blockDevice: (userId, deviceId) =>
      call('block device', async () => {
        const device = await machineOf(client).getDevice(new UserId(userId), new DeviceId(deviceId));
        if (device === undefined) throw notSeen(client.getSafeUserId(), `${userId} ${deviceId}`);
        await device.setLocalTrust(LocalTrust.BlackListed);
      }),
  };
}

function machineOf(client: MatrixClient): OlmMachine {
  const machine: unknown = Reflect.get(client.getCrypto() ?? {}, 'olmMachine');
  if (machine instanceof OlmMachine) return machine;
  throw new RigError('defect', 'the library keeps its machine elsewhere');
}
