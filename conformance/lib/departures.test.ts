import { expect, test } from 'vitest';
import { departedEvents, ownMembershipIn } from './departures.ts';

const member = (userId: string, membership: string) => ({
  type: 'm.room.member',
  state_key: userId,
  content: { membership },
});
const bob = { userId: '@bob:x' };

const syncWith = (room: unknown) => ({ rooms: { leave: { '!r': room } } });

test('the latest own membership counts, the timeline after the state', () => {
  const room = {
    state: { events: [member('@bob:x', 'join')] },
    timeline: { events: [member('@bob:x', 'leave'), member('@alice:x', 'ban')] },
  };
  expect(ownMembershipIn(syncWith(room), '!r', bob)).toBe('leave');
  expect(departedEvents(syncWith(room), '!r')).toHaveLength(3);
});

test('nothing is told of a room that is not there', () => {
  expect(ownMembershipIn({}, '!r', bob)).toBeUndefined();
  expect(departedEvents({}, '!r')).toEqual([]);
});
