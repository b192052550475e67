/** A kind of room in the organisation: everyone is a member of exactly one room of each class. */
export interface RoomClass {
  /** Goes into room names: a–z. */
  readonly name: string;
  /** Members per room; `all` is one room for everybody. */
  readonly members: number | 'all';
  /** Share of a person's messages that goes to rooms of this class; the shares add up to 1. */
  readonly messageShare: number;
}

export interface Room {
  readonly roomClass: RoomClass;
  /** Indexes of users. The first one creates the room. */
  readonly members: readonly number[];
}

/** Divides users 0 … users − 1 among rooms; nobody is left alone in one. */
export function layOutRooms(users: number, classes: readonly RoomClass[]): readonly Room[] {
  return classes.flatMap((roomClass) => {
    const size = roomClass.members === 'all' ? users : roomClass.members;
    const count = Math.max(1, Math.floor(users / size));
    return Array.from({ length: count }, (_, room) => ({ roomClass, members: slice(users, count, room) }));
  });
}

function slice(users: number, rooms: number, room: number): number[] {
  const from = Math.floor((users * room) / rooms);
  const to = Math.floor((users * (room + 1)) / rooms);
  return Array.from({ length: to - from }, (_, offset) => from + offset);
}
