import { createRandom } from '../../core/random.ts';
import { createGrowingNumbers } from './growing-numbers.ts';
import { ciphertextCharacters, drawTextBytes } from './message-size.ts';
import { choicesOf, pickRoom } from './pick-room.ts';
import { drawTimes, type Rate } from './rate.ts';
import { type RoomsOfPeople, type RoomTable, roomsOf } from './room-table.ts';

/** All messages of a run, by sender and time; a few bytes each. */
export interface MessageTable {
  /** By person: where the messages begin, and their number after the last person. */
  readonly firstOf: Uint32Array;
  readonly room: Uint32Array;
  /** Milliseconds since measuring began. */
  readonly atMs: Uint32Array;
  /** Counts from 0 for each sender and room. */
  readonly sequence: Uint32Array;
  readonly ciphertextCharacters: Uint32Array;
}

export interface MessageOptions {
  readonly people: number;
  readonly table: RoomTable;
  readonly own: RoomsOfPeople;
  readonly rateOf: (person: number) => Rate;
  readonly seed: string;
}

/** Everything that will be written, decided before the run; who may write nowhere is silent. */
export function drawMessages({ people, table, own, rateOf, seed }: MessageOptions): MessageTable {
  const firstOf = new Uint32Array(people + 1);
  const room = createGrowingNumbers();
  const atMs = createGrowingNumbers();
  const sequence = createGrowingNumbers();
  const characters = createGrowingNumbers();
  for (let person = 0; person < people; person++) {
    const random = createRandom(`${seed}|messages|${person}`);
    const choices = choicesOf(table, person, roomsOf(own, person), random);
    const sequences = new Map<number, number>();
    for (const ms of choices.length === 0 ? [] : drawTimes(rateOf(person), random)) {
      const picked = pickRoom(choices, random);
      const number = sequences.get(picked) ?? 0;
      sequences.set(picked, number + 1);
      room.push(picked);
      atMs.push(Math.round(ms));
      sequence.push(number);
      characters.push(ciphertextCharacters(drawTextBytes(random)));
    }
    firstOf[person + 1] = room.length;
  }
  return {
    firstOf,
    room: room.taken().slice(),
    atMs: atMs.taken().slice(),
    sequence: sequence.taken().slice(),
    ciphertextCharacters: characters.taken().slice(),
  };
}
