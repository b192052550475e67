import { EventType, type MatrixClient, MatrixError, Preset, type StateEvents, Visibility } from 'matrix-js-sdk';
import type { CryptoDevice, NewRoom } from '../crypto-device.ts';
import { notSeen } from './call.ts';
import type { DeviceTools } from './device.ts';

type RoomMethods = Pick<
  CryptoDevice,
  'createEncryptedRoom' | 'joinRoom' | 'waitForMember' | 'withdrawEncryption' | 'waitForWithdrawnEncryption'
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
  return {
    createEncryptedRoom: async (room) => {
      const { room_id: roomId } = await call('createRoom', () => client.createRoom(creationOf(room)));
      await call('PUT m.room.topic', () => client.setRoomTopic(roomId, lastWord));
      await seen('m.room.topic', () => isComplete(roomId));
      return roomId;
    },
    joinRoom: async (roomId) => {
      await seen('invite', () => client.getRoom(roomId)?.getMyMembership() === 'invite');
      await call('join', () => client.joinRoom(roomId));
      await seen('join, m.room.topic', () => isComplete(roomId));
    },
    waitForMember: (roomId, userId) =>
      seen(`join: ${userId}`, () => client.getRoom(roomId)?.getMember(userId)?.membership === 'join'),
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

/** Set last, so whoever sees it in /sync has seen all that the room's creation brought; it also explains the room to people. */
const lastWord = 'Künstlicher Inhalt einer Abnahmeprüfung';

const creationOf = ({ name, invite }: NewRoom) => ({
  name,
  preset: Preset.PrivateChat,
  visibility: Visibility.Private,
  invite: [...invite],
  initial_state: [{ type: 'm.room.encryption', state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } }],
});
