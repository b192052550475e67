import type { Session } from '../../core/model/bench.ts';
import { arrayAt, stringAt } from './json.ts';
import { hasType, roomIn } from './sync-sections.ts';

const eventsIn = (room: unknown): readonly unknown[] => [
  ...arrayAt(room, ['state', 'events']),
  ...arrayAt(room, ['timeline', 'events']),
];

/** What a room that somebody left tells about that person, in its state and then its timeline. */
export function ownMembershipIn(
  sync: unknown,
  roomId: string,
  { userId }: Pick<Session, 'userId'>,
): string | undefined {
  const own = eventsIn(roomIn(sync, 'leave', roomId)).findLast(
    (event) => hasType(event, 'm.room.member') && stringAt(event, ['state_key']) === userId,
  );
  return stringAt(own, ['content', 'membership']);
}

/** Events of a room that somebody left, as a sync tells them. */
export const departedEvents = (sync: unknown, roomId: string): readonly unknown[] =>
  eventsIn(roomIn(sync, 'leave', roomId));
