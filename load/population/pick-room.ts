import type { Random } from '../../core/random.ts';
import { membersOf, type RoomTable } from './room-table.ts';

/** The rooms of one class that a person may write to. */
interface Choice {
  readonly share: number;
  readonly rooms: readonly number[];
  /** Where the favourite room is. */
  readonly favourite: number;
}

/** Rooms of one person by class. Empty where the person may write nowhere. */
export function choicesOf(table: RoomTable, person: number, own: Uint32Array, random: Random): readonly Choice[] {
  const byKind = new Map<number, number[]>();
  for (const room of own) {
    if (!mayWrite(table, room, person)) continue;
    const kind = table.kindOf[room] ?? 0;
    const rooms = byKind.get(kind);
    if (rooms === undefined) byKind.set(kind, [room]);
    else rooms.push(room);
  }
  return [...byKind]
    .map(([kind, rooms]) => ({
      share: table.kinds[kind]?.messageShare ?? 0,
      rooms,
      favourite: random.below(rooms.length),
    }))
    .filter(({ share }) => share > 0);
}

/** A class by its share of the messages; in it the favourite more often than others (assumption: as the square). */
export function pickRoom(choices: readonly Choice[], random: Random): number {
  let left = random.next() * choices.reduce((sum, { share }) => sum + share, 0);
  const picked =
    choices.find(({ share }) => {
      left -= share;
      return left < 0;
    }) ?? choices.at(-1);
  if (picked === undefined) throw new RangeError('a person who may write nowhere sends nothing');
  const { rooms, favourite } = picked;
  const room = rooms[(favourite + Math.floor(rooms.length * random.next() ** 2)) % rooms.length];
  if (room === undefined) throw new RangeError('a class of rooms without a room');
  return room;
}

function mayWrite(table: RoomTable, room: number, person: number): boolean {
  const { writers } = table.kinds[table.kindOf[room] ?? 0] ?? {};
  return writers === undefined || membersOf(table, room).subarray(0, writers).includes(person);
}
