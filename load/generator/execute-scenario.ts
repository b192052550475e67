import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Bench } from '../../core/model/bench.ts';
import type { AbortSignalLike } from '../../core/model/family-runtime.ts';
import { RigError } from '../../core/model/rig-error.ts';
import type { Text } from '../../core/model/text.ts';
import type { LoadDefect, Scale, Scenario } from '../scenarios/scenario.ts';
import { accountDeliveries } from './account-deliveries.ts';
import { bundleScenario } from './bundle-scenario.ts';
import { demandOf } from './demand.ts';
import { requireK6 } from './k6-program.ts';
import type { AbortRule } from './live/abort-rule.ts';
import type { LiveFigures } from './live/live-figures.ts';
import type { LoadRun } from './load-run.ts';
import { machineHere } from './machine-here.ts';
import { type Machine, type MachinePlan, machinePlanText, planMachine } from './machine-plan.ts';
import type { MetricsOutput } from './metrics-output.ts';
import type { Schedule } from './plan-load.ts';
import { playScenario } from './play-scenario.ts';
import { type ProvisionOptions, provision } from './provision.ts';
import { createRunFolder } from './run-files.ts';
import type { Tally } from './tally.ts';

export interface ExecuteOptions extends Pick<ProvisionOptions, 'login' | 'journalFile' | 'isKept'> {
  readonly bench: Bench;
  readonly scenario: Scenario;
  readonly scale: Scale;
  readonly schedule: Schedule;
  readonly seed: string;
  readonly signal: AbortSignalLike;
  readonly onProgress: (text: Text) => void;
  /** Told whenever something was counted. */
  readonly onTally?: (tally: Tally) => void;
  readonly defect?: LoadDefect;
  /** k6 processes at least; default as many as the machine's limits ask for. */
  readonly processes?: number;
  /** A run that exceeds one of them ends. */
  readonly abortOn?: readonly AbortRule[];
  /** k6 writes its own metrics there too. */
  readonly metricsTo?: MetricsOutput;
  /** Told once a second. */
  readonly onFigures?: (figures: LiveFigures) => void;
  /** What was measured until it was stopped comes back; otherwise stopping throws `interrupted`. */
  readonly keepsWhenStopped?: boolean;
}

/** Prepares people and rooms, lets k6 play the scenario and counts what it tells. Leaves nothing on this machine. */
export async function executeScenario(options: ExecuteOptions): Promise<LoadRun> {
  const { bench, scenario, scale, schedule, onProgress } = options;
  const k6 = await requireK6(bench.tools.k6);
  await using folder = await createRunFolder(bench.scratchDirectory);
  const bundle = await bundleScenario(scenario.meta.id.slice('load.'.length), folder.path);
  const { machine, machinePlan } = await planHere(options, bundle.bytes);
  const startedAt = performance.now();
  await using provisioned = await provision({
    ...options,
    users: scale.users,
    label: `load${randomBytes(4).toString('hex')}`,
  });
  const durationMs = performance.now() - startedAt;
  onProgress(startingText(scale));
  const script = { k6, folder, script: bundle.file };
  const { processes, tally, stopped, server } = await playScenario({ ...options, ...script, provisioned, machinePlan });
  if (stopped?.by === 'person' && options.keepsWhenStopped !== true) throw interrupted();
  const userIds = provisioned.sessions.map(({ userId }) => userId);
  return {
    scenario,
    scale,
    tally,
    deliveries: accountDeliveries({ schedule, userIds, users: tally.users }),
    processes,
    server,
    ...(stopped && { stopped }),
    vus: machinePlan.vus,
    bundleBytes: bundle.bytes,
    machineCores: machine.cores,
    provisioning: { durationMs, joins: provisioned.joins, joinMs: provisioned.joinMs },
  };
}

async function planHere(
  { bench, scale, schedule, processes, onProgress }: ExecuteOptions,
  bundleBytes: number,
): Promise<{ machine: Machine; machinePlan: MachinePlan }> {
  const machine = await machineHere(bench.target.homeserverUrl);
  const demand = { ...demandOf(scale, schedule), bundleBytes, ...(processes !== undefined && { processes }) };
  const machinePlan = planMachine(demand, machine);
  onProgress(machinePlanText(machinePlan));
  return { machine, machinePlan };
}

function interrupted(): RigError {
  return new RigError('interrupted', {
    de: 'Der Lasttest wurde abgebrochen; k6 ist beendet.',
    en: 'The load test was stopped; k6 has ended.',
  });
}

const startingText = ({ users, rampS, durationS }: Scale): Text => ({
  en: `k6: ${users} users, ${rampS} s to arrive, ${durationS} s of measuring`,
  de: `k6: ${users} Personen, ${rampS} s Anlauf, ${durationS} s Messung`,
});
