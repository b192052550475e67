import type { LoadPlan } from '../scenarios/load-plan.ts';

type Division = Pick<LoadPlan, 'users' | 'usersPerVu'>;

export const vusOf = ({ users, usersPerVu }: Division): number => Math.ceil(users / usersPerVu);

/**
 * Places of a VU's people among those of its process. Neighbours arrive one after the other, so they are dealt out
 * in turn: otherwise one VU after the other would have all arrivals to itself.
 */
export function usersOfVu(plan: Division, vu: number): number[] {
  const vus = vusOf(plan);
  const first = vu - 1;
  return Array.from({ length: Math.ceil((plan.users - first) / vus) }, (_, round) => first + round * vus);
}
