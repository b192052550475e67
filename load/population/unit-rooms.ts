import type { Random } from '../../core/random.ts';
import type { People } from './people.ts';
import type { RoomRule } from './population.ts';

/** People first … until − 1. */
export interface Stretch {
  readonly first: number;
  readonly until: number;
}

type Bounds = NonNullable<RoomRule['members']>;

/**
 * Units, each of them whole; where one has too few people even for the smallest room, neighbours share their rooms, so that
 * rooms keep their size at any scale.
 */
export function blocksOf({ count, firstOf }: Pick<People, 'count' | 'firstOf'>, least: number): Stretch[] {
  const blocks: Stretch[] = [];
  for (let first = 0; first < count; ) {
    const enough = firstOf.find((until) => until >= first + least) ?? count;
    const until = count - enough < least ? count : enough;
    blocks.push({ first, until });
    first = until;
  }
  return blocks;
}

/**
 * Rooms made of whole smaller ones, sizes drawn between the bounds as far as those allow; the last room takes what is left.
 * Empty where it would be the smaller room once more.
 */
export function groupRooms(inner: readonly Stretch[], bounds: Bounds, random: Random): Stretch[] {
  const whole = stretchOver(inner);
  if (sizeOf(whole) <= bounds.to) return inner.length > 1 ? [whole] : [];
  const most = Math.max(bounds.from, bounds.to - largestOf(inner));
  const groups: Stretch[] = [];
  for (let next = 0; next < inner.length; next++) {
    const first = inner[next]?.first ?? 0;
    const target = first + bounds.from + random.below(most - bounds.from + 1);
    while (next < inner.length - 1 && (inner[next]?.until ?? 0) < target) next++;
    groups.push({ first, until: inner[next]?.until ?? 0 });
  }
  return withoutRest(groups, inner, bounds);
}

/** A last room that came out too small is united with the one before, which is halved where that makes it too large. */
function withoutRest(groups: readonly Stretch[], inner: readonly Stretch[], { from, to }: Bounds): Stretch[] {
  const last = groups.at(-1);
  const before = groups.at(-2);
  if (last === undefined || before === undefined || sizeOf(last) >= from) return [...groups];
  const united = { first: before.first, until: last.until };
  const cut = sizeOf(united) <= to ? united.until : cutNearMiddle(united, inner);
  const halves = [
    { ...united, until: cut },
    { ...united, first: cut },
  ];
  return [...groups.slice(0, -2), ...halves.filter((half) => sizeOf(half) > 0)];
}

function cutNearMiddle({ first, until }: Stretch, inner: readonly Stretch[]): number {
  const middle = (first + until) / 2;
  const ends = inner.filter((one) => one.until > first && one.until <= until).map((one) => one.until);
  return ends.reduce((best, end) => (Math.abs(end - middle) < Math.abs(best - middle) ? end : best), until);
}

const largestOf = (inner: readonly Stretch[]): number => inner.reduce((most, one) => Math.max(most, sizeOf(one)), 0);

export const sizeOf = ({ first, until }: Stretch): number => until - first;

export function singles({ first, until }: Stretch): Stretch[] {
  return Array.from({ length: until - first }, (_, offset) => ({ first: first + offset, until: first + offset + 1 }));
}

function stretchOver(inner: readonly Stretch[]): Stretch {
  return { first: inner[0]?.first ?? 0, until: inner.at(-1)?.until ?? 0 };
}
