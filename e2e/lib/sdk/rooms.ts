import {
  EventType,
  type HistoryVisibility,
  type MatrixClient,
  MatrixError,
  Preset,
  type StateEvents,
  Visibility,
} from 'matrix-js-sdk';
import type { CryptoDevice, NewRoom } from '../crypto-device.ts';
import { notSeen } from './call.ts';
import type { DeviceTools } from './device.ts';

type RoomMethods = Pick<
  CryptoDevice,
  | 'createEncryptedRoom'
  | 'joinRoom'
  | 'joinPublicRoom'
  | 'waitForRoom'
  | 'forgetSession'
  | 'withdrawEncryption'
  | 'waitForWithdrawnEncryption'
  | 'setHistoryVisibility'
  | 'waitForHistoryVisibility'
>;

export function roomsOf(client: MatrixClient, { call, wait }: DeviceTools): RoomMethods {
  const seen = async (what: string, isSeen: () => boolean) => {
    const answer = await wait(() => isSeen() || undefined);
    if (answer === undefined) throw notSeen(client.getSafeUserId(), what);
  };
  const isComplete = (roomId: string) => {
    const room = client.getRoom(roomId);
    const topic = room?.currentState.getStateEvents('m.room.topic', '')?.getContent()['topic'];
    return room?.getMyMembership() === 'join' && topic === lastWord;
  };
  const areTold = (roomId: string, invited: readonly string[]) =>
    invited.every((userId) => client.getRoom(roomId)?.getMember(userId) != null);
  return {
    createEncryptedRoom: async (room) => {
      const { room_id: roomId } = await call('createRoom', () => client.createRoom(creationOf(room)));
      if (room.isDirect === true) await seen('invite', () => isComplete(roomId) && areTold(roomId, room.invite));
      else {
        await call('PUT m.room.topic', () => client.setRoomTopic(roomId, lastWord));
        await seen('m.room.topic', () => isComplete(roomId));
      }
      return roomId;
    },
    joinRoom: async (roomId) => {
      // Some servers accept invitations to direct conversations for the person.
      await seen('invite', () => ['invite', 'join'].includes(client.getRoom(roomId)?.getMyMembership() ?? ''));
      await call('join', () => client.joinRoom(roomId));
      await seen('join, m.room.topic', () => isComplete(roomId));
    },
    joinPublicRoom: async (roomId) => {
      await call('join', () => client.joinRoom(roomId));
      await seen('join, m.room.topic', () => isComplete(roomId));
    },
    waitForRoom: (roomId) => seen('join, m.room.topic', () => isComplete(roomId)),
    forgetSession: async (roomId) => {
      await seen('join, m.room.topic', () => isComplete(roomId));
      await client.getCrypto()?.forceDiscardSession(roomId);
    },
    setHistoryVisibility: async (roomId, history) => {
      const content = { history_visibility: history as HistoryVisibility };
      await call('PUT m.room.history_visibility', () =>
        client.sendStateEvent(roomId, EventType.RoomHistoryVisibility, content),
      );
    },
    waitForHistoryVisibility: (roomId, history) =>
      seen('m.room.history_visibility', () => client.getRoom(roomId)?.getHistoryVisibility() === history),
    withdrawEncryption: (roomId) =>
      call('PUT m.room.encryption', () =>
        client.sendStateEvent(roomId, EventType.RoomEncryption, noEncryption).then(() => true, refused),
      ),
    waitForWithdrawnEncryption: (roomId) =>
      seen('m.room.encryption', () => {
        const state = client.getRoom(roomId)?.currentState.getStateEvents('m.room.encryption', '');
        return state?.getContent()['algorithm'] === undefined;
      }),
  };
}

// The library's type knows no room that ceases to be encrypted.
const noEncryption = {} as StateEvents[EventType.RoomEncryption];

function refused(thrown: unknown): false {
  if (thrown instanceof MatrixError && thrown.httpStatus === 403) return false;
  throw thrown;
}

/**
 * Set last, so whoever sees it in /sync has seen all that the room's creation brought; it also explains the room to people.
 * In direct conversations it belongs to the creation: some servers accept such an invitation for the person, and an event
 * beside that forks the room, after which Synapse's /sync tells an older membership.
 */
const lastWord = 'Künstlicher Inhalt einer Abnahmeprüfung';

const creationOf = (room: NewRoom) => ({
  name: room.name,
  ...(room.isDirect === true && { topic: lastWord }),
  preset: presetOf(room),
  visibility: Visibility.Private,
  is_direct: room.isDirect ?? false,
  invite: [...room.invite],
  initial_state: [
    ...(room.leavesEncryptionToServer
      ? []
      : [{ type: 'm.room.encryption', state_key: '', content: encryptionWith(room.rotation ?? {}) }]),
    { type: 'm.room.history_visibility', state_key: '', content: { history_visibility: room.history ?? 'shared' } },
  ],
});

function presetOf({ isPublic = false, isDirect = false }: NewRoom): Preset {
  if (isPublic) return Preset.PublicChat;
  return isDirect ? Preset.TrustedPrivateChat : Preset.PrivateChat;
}

const encryptionWith = ({ messages, ms }: NonNullable<NewRoom['rotation']>) => ({
  algorithm: 'm.megolm.v1.aes-sha2',
  ...(messages !== undefined && { rotation_period_msgs: messages }),
  ...(ms !== undefined && { rotation_period_ms: ms }),
});
