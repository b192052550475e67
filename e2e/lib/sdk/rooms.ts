import { type MatrixClient, Preset, Visibility } from 'matrix-js-sdk';
import type { CryptoDevice, NewRoom } from '../crypto-device.ts';
import { notSeen } from './call.ts';
import type { DeviceTools } from './device.ts';

type RoomMethods = Pick<CryptoDevice, 'createEncryptedRoom' | 'joinRoom' | 'waitForMember'>;

export function roomsOf(client: MatrixClient, { call, wait }: DeviceTools): RoomMethods {
  const seen = async (what: string, isSeen: () => boolean) => {
    const answer = await wait(() => isSeen() || undefined);
    if (answer === undefined) throw notSeen(client.getSafeUserId(), what);
  };
  const isNamed = (roomId: string, name: string) => {
    const room = client.getRoom(roomId);
    return room?.getMyMembership() === 'join' && room.name === name;
  };
  return {
    createEncryptedRoom: async (room) => {
      const { room_id: roomId } = await call('createRoom', () => client.createRoom(creationOf(room)));
      await call('PUT m.room.name', () => client.setRoomName(roomId, room.name));
      await seen('m.room.name', () => isNamed(roomId, room.name));
      return roomId;
    },
    joinRoom: async (roomId, name) => {
      await seen('invite', () => client.getRoom(roomId)?.getMyMembership() === 'invite');
      await call('join', () => client.joinRoom(roomId));
      await seen('join, m.room.name', () => isNamed(roomId, name));
    },
    waitForMember: (roomId, userId) =>
      seen(`join: ${userId}`, () => client.getRoom(roomId)?.getMember(userId)?.membership === 'join'),
  };
}

const creationOf = ({ invite }: NewRoom) => ({
  preset: Preset.PrivateChat,
  visibility: Visibility.Private,
  invite: [...invite],
  initial_state: [{ type: 'm.room.encryption', state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } }],
});
