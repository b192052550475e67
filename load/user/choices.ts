import { createRandom, type Random } from '../../core/random.ts';
import type { UserState } from './user-state.ts';

/** Made anew for each question, because a source kept by each of thousands would cost more than asking. */
export function choiceOf({ shared, index }: UserState, name: string): Random {
  return createRandom(`${shared.plan.runTag}|${index}|${name}`);
}

/** 0 ≤ x < 1; the same run, person and name give the same. */
export const draw = (user: UserState, name: string): number => choiceOf(user, name).next();

/** A Poisson process within measuring: nobody waits for an answer before meaning to act again. */
export function moments(user: UserState, name: string, meanGapMs: number): number[] {
  const random = choiceOf(user, name);
  const gapMs = () => -Math.log(1 - random.next()) * meanGapMs;
  const times: number[] = [];
  for (let atMs = gapMs(); atMs < user.shared.plan.durationMs; atMs += gapMs()) times.push(Math.round(atMs));
  return times;
}
