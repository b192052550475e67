import { EventType, KnownMembership, type MatrixClient, type MatrixEvent } from 'matrix-js-sdk';
import type { CryptoDevice } from '../crypto-device.ts';
import { notSeen } from './call.ts';
import type { DeviceTools } from './device.ts';

type PeopleMethods = Pick<
  CryptoDevice,
  'invite' | 'leave' | 'kick' | 'ban' | 'renameIn' | 'waitForMembership' | 'waitForMember' | 'membersOf' | 'showsJoinOf'
>;

/** Who is in a room, and how people are called. */
export function peopleOf(client: MatrixClient, { call, wait }: DeviceTools): PeopleMethods {
  const waitForMembership: CryptoDevice['waitForMembership'] = async (roomId, userId, membership) => {
    const isSeen = () => client.getRoom(roomId)?.getMember(userId)?.membership === membership || undefined;
    if ((await wait(isSeen)) === undefined) throw notSeen(client.getSafeUserId(), `${membership}: ${userId}`);
  };
  return {
    invite: async (roomId, userId) => void (await call('invite', () => client.invite(roomId, userId))),
    leave: async (roomId) => void (await call('leave', () => client.leave(roomId))),
    kick: async (roomId, userId) => void (await call('kick', () => client.kick(roomId, userId))),
    ban: async (roomId, userId) => void (await call('ban', () => client.ban(roomId, userId))),
    renameIn: async (roomId, name) => {
      const content = { membership: KnownMembership.Join, displayname: name };
      await call('PUT m.room.member', () =>
        client.sendStateEvent(roomId, EventType.RoomMember, content, client.getSafeUserId()),
      );
    },
    waitForMembership,
    waitForMember: (roomId, userId) => waitForMembership(roomId, userId, 'join'),
    membersOf: async (roomId) =>
      client
        .getRoom(roomId)
        ?.getJoinedMembers()
        .map(({ userId }) => userId) ?? [],
    showsJoinOf: async (roomId, userId) => {
      const room = client.getRoom(roomId);
      const isTold = room?.getLiveTimeline().getEvents().some(isJoinOf(userId)) ?? false;
      return isTold && room?.getMember(userId)?.membership === KnownMembership.Join;
    },
  };
}

const isJoinOf = (userId: string) => (event: MatrixEvent) =>
  event.getType() === EventType.RoomMember &&
  event.getStateKey() === userId &&
  event.getContent()['membership'] === KnownMembership.Join;
