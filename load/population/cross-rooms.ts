import type { Random } from '../../core/random.ts';
import { drawLogNormal, drawRounded } from './draw.ts';
import { createGrowingNumbers } from './growing-numbers.ts';
import type { PairOptions } from './pair-rooms.ts';

export interface CrossOptions extends PairOptions {
  readonly members: { readonly from: number; readonly to: number };
}

/**
 * Rooms that mix everybody: each person gets as many places as drawn, all places are shuffled and dealt out. Who is dealt
 * twice into one room is in it once.
 */
export function drawCrossRooms(options: CrossOptions, add: (members: Iterable<number>) => void): void {
  const { members, people, random } = options;
  const places = drawPlaces(options);
  shuffle(places, random);
  for (let first = 0; first < places.length; ) {
    const size = Math.min(members.from + random.below(members.to - members.from + 1), people);
    const room = new Set(places.subarray(first, first + size));
    if (room.size > 1) add(room);
    first += size;
  }
}

/** Nobody gets more places than there can be different rooms worth the name. */
function drawPlaces({ people, perPerson, density, random }: CrossOptions): Uint32Array {
  const places = createGrowingNumbers();
  const most = Math.ceil(people / 4);
  for (let person = 0; person < people; person++) {
    const wanted = drawRounded(random, drawLogNormal(random, perPerson) * density);
    for (let place = 0; place < Math.min(wanted, most); place++) places.push(person);
  }
  return places.taken().slice();
}

function shuffle(numbers: Uint32Array, random: Random): void {
  for (let last = numbers.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const moved = numbers[last] ?? 0;
    numbers[last] = numbers[other] ?? 0;
    numbers[other] = moved;
  }
}
