import type { JsonObject } from '../../schemas/json.ts';
import type { ToDeviceMessages } from '../lib/to-device.ts';
import { probeType } from '../lib/tools.ts';

/** Short-lived news between homeservers: https://spec.matrix.org/v1.19/server-server-api/#edus */
export type Edu = JsonObject & { readonly edu_type: string; readonly content: JsonObject };

export const typingEdu = (userId: string, roomId: string, typing = true): Edu => ({
  edu_type: 'm.typing',
  content: { room_id: roomId, user_id: userId, typing },
});

export const receiptEdu = (
  userId: string,
  at: { readonly roomId: string; readonly eventId: string; ts: number },
): Edu => ({
  edu_type: 'm.receipt',
  content: { [at.roomId]: { 'm.read': { [userId]: { data: { ts: at.ts }, event_ids: [at.eventId] } } } },
});

export const presenceEdu = (userId: string, statusMessage: string): Edu => ({
  edu_type: 'm.presence',
  content: {
    push: [
      {
        user_id: userId,
        presence: 'online',
        status_msg: statusMessage,
        last_active_ago: 1_000,
        currently_active: true,
      },
    ],
  },
});

/** A device with keys was added or changed; `streamId` counts such news per person, `after` names the one before. */
export const deviceListEdu = (
  userId: string,
  deviceId: string,
  streamId: number,
  after: readonly number[] = [],
): Edu => ({
  edu_type: 'm.device_list_update',
  content: { user_id: userId, device_id: deviceId, stream_id: streamId, prev_id: after },
});

/** The homeserver recognises a repeated message by its id. */
export const toDeviceEdu = (sender: string, messageId: string, messages: ToDeviceMessages): Edu => ({
  edu_type: 'm.direct_to_device',
  content: { sender, type: probeType, message_id: messageId, messages },
});
