import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Bench } from '../../core/model/bench.ts';
import type { AbortSignalLike } from '../../core/model/family-runtime.ts';
import { type CheckOutcome, inconclusive } from '../../core/model/outcome.ts';
import type { Text } from '../../core/model/text.ts';
import { judgeLoad } from '../generator/judge-load.ts';
import type { LiveFigures } from '../generator/live/live-figures.ts';
import { permissionGap } from '../generator/permission-gap.ts';
import { provision } from '../generator/provision.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { type CollectPlan, scheduleFor } from './collect-plan.ts';
import { collectRun } from './collect-run.ts';
import type { CollectorServer } from './collector-server.ts';

export interface CollectOptions {
  readonly bench: Bench;
  readonly scenario: Scenario;
  readonly plan: CollectPlan;
  readonly server: CollectorServer;
  readonly signal: AbortSignalLike;
  readonly onProgress: (text: Text) => void;
  /** Told once a second. */
  readonly onFigures?: (figures: LiveFigures) => void;
}

/** Prepares people and rooms, lets others play the scenario and judges once what all of them told. */
export async function collectScenario(options: CollectOptions): Promise<CheckOutcome> {
  const { bench, scenario, plan } = options;
  const { scale } = plan;
  const schedule = scheduleFor(plan, scenario);
  const gap = () => permissionGap(bench.target, scale, schedule, Date.now());
  const before = gap();
  if (before !== undefined) return inconclusive(before);
  const startedAt = performance.now();
  await using provisioned = await provision({
    ...options,
    schedule,
    users: scale.users,
    label: `load${randomBytes(4).toString('hex')}`,
    ...(plan.login !== undefined && { login: plan.login }),
  });
  let refusal: string | undefined;
  const run = await collectRun({
    ...options,
    schedule,
    provisioned,
    provisioningMs: performance.now() - startedAt,
    baseUrl: bench.target.homeserverUrl,
    mayBegin: () => {
      refusal = gap();
      return refusal === undefined;
    },
  });
  return refusal === undefined ? judgeLoad(run) : inconclusive(refusal);
}
