import type { Random } from '../../core/random.ts';
import { drawLogNormal, drawRounded, type Spread } from './draw.ts';

export interface PairOptions {
  readonly people: number;
  readonly perPerson: Spread;
  /** 1: as many as the rule says. */
  readonly density: number;
  readonly random: Random;
}

/** Most conversations are with people nearby in the organisation (assumption: seven of ten among thirty colleagues). */
const nearShare = 0.7;
const nearest = 30;

/**
 * Conversations of two, no pair twice: each person begins half of theirs, always with people that come later by less than
 * half a turn, so that nobody begins one with somebody who has begun it.
 */
export function drawPairs(
  { people, perPerson, density, random }: PairOptions,
  add: (pair: [number, number]) => void,
): void {
  const farthest = Math.floor((people - 1) / 2);
  for (let person = 0; person < people && farthest > 0; person++) {
    const wanted = drawRounded(random, (drawLogNormal(random, perPerson) * density) / 2);
    for (const distance of distances(Math.min(wanted, farthest), farthest, random)) {
      add([person, (person + distance) % people]);
    }
  }
}

function distances(count: number, farthest: number, random: Random): Set<number> {
  const chosen = new Set<number>();
  while (chosen.size < count) {
    const reach = random.next() < nearShare ? Math.min(nearest, farthest) : farthest;
    let distance = 1 + random.below(reach);
    while (chosen.has(distance)) distance = 1 + (distance % farthest);
    chosen.add(distance);
  }
  return chosen;
}
