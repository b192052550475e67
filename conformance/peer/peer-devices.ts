import type { JsonObject } from '../../schemas/json.ts';
import type { Peer } from './peer.ts';

export interface PeerDevice {
  readonly deviceId: string;
  /** As `createDeviceKeys` gives them. */
  readonly keys: JsonObject;
}

/** What the peer tells whoever asks for a person's devices, until disposed: https://spec.matrix.org/v1.19/server-server-api/#device-management */
export function servingDevices(
  { server }: Peer,
  userId: string,
  { streamId, devices }: { readonly streamId: number; readonly devices: readonly PeerDevice[] },
): Disposable {
  const path = `/_matrix/federation/v1/user/devices/${userId}`;
  const listed = devices.map(({ deviceId, keys }) => ({ device_id: deviceId, keys }));
  return server.answering((asked) => asked.path === path, {
    status: 200,
    json: { user_id: userId, stream_id: streamId, devices: listed },
  });
}
