import type { PlannedRoom } from '../plan-load.ts';

export interface Join {
  readonly room: number;
  readonly user: number;
}

/**
 * Everybody but the creators, who are in already. A homeserver does the joins of one room one after the other, so those of
 * each room are spread evenly over the whole, each beginning at a point of its own.
 */
export function joinsInOrder(rooms: readonly PlannedRoom[]): Join[] {
  const joins = rooms.flatMap(({ members }, room) =>
    members.slice(1).map((user, place) => ({ room, user, at: (place + phaseOf(room)) / (members.length - 1) })),
  );
  return joins.sort((a, b) => a.at - b.at || a.room - b.room).map(({ room, user }) => ({ room, user }));
}

/** Multiples of the golden ratio lie evenly between 0 and 1, however many there are. */
const phaseOf = (room: number): number => (room * 0.618_034) % 1;
