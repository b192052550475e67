import { performance } from 'node:perf_hooks';
import type { Bench } from '../../core/model/bench.ts';
import type { AbortSignalLike } from '../../core/model/family-runtime.ts';
import type { Text } from '../../core/model/text.ts';
import type { LoadDefect, Scale, Scenario } from '../scenarios/scenario.ts';
import { accountDeliveries } from './account-deliveries.ts';
import { bundleScenario } from './bundle-scenario.ts';
import { demandOf } from './demand.ts';
import { requireK6 } from './k6-program.ts';
import type { LoadRun } from './load-run.ts';
import { machineHere } from './machine-here.ts';
import { type Machine, type MachinePlan, machinePlanText, planMachine } from './machine-plan.ts';
import type { Schedule } from './plan-load.ts';
import { playScenario } from './play-scenario.ts';
import { provision } from './provision.ts';
import { createRunFolder } from './run-files.ts';
import type { Tally } from './tally.ts';

export interface ExecuteOptions {
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
}

/** Prepares people and rooms, lets k6 play the scenario and counts what it tells. Leaves nothing on this machine. */
export async function executeScenario(options: ExecuteOptions): Promise<LoadRun> {
  const { bench, scenario, scale, schedule, onProgress } = options;
  const k6 = await requireK6(bench.tools.k6);
  await using folder = await createRunFolder(bench.scratchDirectory);
  const bundle = await bundleScenario(scenario.meta.id.slice('load.'.length), folder.path);
  const { machine, machinePlan } = await planHere(options, bundle.bytes);
  const startedAt = performance.now();
  const provisioned = await provision({ ...options, rooms: schedule.rooms, users: scale.users, label: 'load' });
  const durationMs = performance.now() - startedAt;
  onProgress(startingText(scale));
  const script = { k6, folder, script: bundle.file };
  const { processes, tally } = await playScenario({ ...options, ...script, provisioned, machinePlan });
  const userIds = provisioned.sessions.map(({ userId }) => userId);
  return {
    scenario,
    scale,
    tally,
    deliveries: accountDeliveries({ schedule, userIds, users: tally.users }),
    processes,
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

const startingText = ({ users, rampS, durationS }: Scale): Text => ({
  en: `k6: ${users} users, ${rampS} s to arrive, ${durationS} s of measuring`,
  de: `k6: ${users} Personen, ${rampS} s Anlauf, ${durationS} s Messung`,
});
