import { cpus, totalmem } from 'node:os';
import type { SizingConditions } from '../../core/model/sizing.ts';
import type { Target } from '../../core/model/target.ts';
import type { Scenario } from '../../load/scenarios/scenario.ts';
import type { Pinning } from '../../load/sizing/driver/pinning.ts';
import type { SizeWish } from './search-plan.ts';

/** Under what everything is measured, for the evidence and so that only like is put together with like. */
export function conditionsOf(target: Target, scenario: Scenario, wish: SizeWish, pinning: Pinning): SizingConditions {
  return {
    target: target.name,
    scenario: scenario.meta.id,
    seed: wish.plan.seed,
    startedAt: new Date().toISOString(),
    durationS: wish.durationS,
    compression: wish.compression,
    profile: scenario.profile,
    largestRoom: Math.max(...scenario.rooms.map(({ members }) => (members === 'all' ? 0 : members))),
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
