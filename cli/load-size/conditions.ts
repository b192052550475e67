import { cpus, totalmem } from 'node:os';
import type { SizingConditions } from '../../core/model/sizing.ts';
import type { Target } from '../../core/model/target.ts';
import type { Population } from '../../load/population/population.ts';
import { chosenRules } from '../../load/population/room-choice.ts';
import type { Scenario } from '../../load/scenarios/scenario.ts';
import type { Pinning } from '../../load/sizing/driver/pinning.ts';
import type { SizeWish } from './search-plan.ts';

export interface ConditionsOptions {
  readonly target: Target;
  readonly scenario: Scenario;
  readonly population: Population;
  readonly wish: SizeWish;
  readonly pinning: Pinning;
}

/** Under what everything is measured, for the evidence and so that only like is put together with like. */
export function conditionsOf({ target, scenario, population, wish, pinning }: ConditionsOptions): SizingConditions {
  return {
    target: target.name,
    scenario: scenario.meta.id,
    seed: wish.plan.seed,
    startedAt: new Date().toISOString(),
    durationS: wish.durationS,
    compression: wish.compression,
    profile: scenario.profile,
    largestRoom: largestRoom(scenario, population),
    runsPerStep: wish.plan.runs,
    machine: {
      cores: cpus().length,
      processor: cpus()[0]?.model ?? 'unknown',
      memoryGib: Math.round(totalmem() / 1_024 ** 3),
    },
    pinning: pinning.cores,
    versions: target.versions,
  };
}

/** Members at most; a room for everybody grows with the step and is not counted. */
function largestRoom({ rooms }: Scenario, population: Population): number {
  const sizes =
    'classes' in rooms
      ? (chosenRules(population.rooms, rooms) ?? []).map(({ members }) => members?.to ?? 2)
      : rooms.map(({ members }) => (members === 'all' ? 0 : members));
  return Math.max(...sizes);
}
