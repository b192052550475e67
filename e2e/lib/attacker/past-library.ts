import { randomUUID } from 'node:crypto';
import { isJsonObject } from '../alteration.ts';
import type { CryptoDevice, DeviceAddress } from '../crypto-device.ts';

export interface AnyMessage {
  readonly type: string;
  readonly content: object;
}

/** Sends a device a message as it stands. */
export async function sendAsItStands(
  from: CryptoDevice,
  { userId, deviceId }: DeviceAddress,
  { type, content }: AnyMessage,
) {
  const path = `/sendToDevice/${type}/${randomUUID()}`;
  await from.askPastLibrary('PUT', path, { messages: { [userId]: { [deviceId]: content } } });
}

/** Sends a room an event as it stands; resolves with its id. */
export async function sendEventAsItStands(from: CryptoDevice, roomId: string, { type, content }: AnyMessage) {
  const path = `/rooms/${encodeURIComponent(roomId)}/send/${type}/${randomUUID()}`;
  const answer = await from.askPastLibrary('PUT', path, content);
  return isJsonObject(answer) ? String(answer['event_id']) : '';
}
