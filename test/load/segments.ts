import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from '../../core/model/bench.ts';
import type { Text } from '../../core/model/text.ts';
import { accountDeliveries } from '../../load/generator/account-deliveries.ts';
import { bundleScenario } from '../../load/generator/bundle-scenario.ts';
import type { AbortRule } from '../../load/generator/live/abort-rule.ts';
import type { LoadRun } from '../../load/generator/load-run.ts';
import { machineHere } from '../../load/generator/machine-here.ts';
import { planMachine } from '../../load/generator/machine-plan.ts';
import { planLoad } from '../../load/generator/plan-load.ts';
import { playScenario } from '../../load/generator/play-scenario.ts';
import { readPopulation } from '../../load/generator/read-population.ts';
import { createRunFolder } from '../../load/generator/run-files.ts';
import type { Tally } from '../../load/generator/tally.ts';
import { officeDay } from '../../load/scenarios/office-day.scenario.ts';
import { textOf } from './small-load.ts';

/** Twelve people in one room, in three processes, for a few seconds. */
const scale = { users: 12, rampS: 1, durationS: 4, drainS: 1, compression: 2_500, minimumSamples: 10 };
const scenario = { ...officeDay, rooms: [{ name: 'all', members: 'all', messageShare: 1 }] } as const;
const population = await readPopulation();
const scheduleFor = (durationS: number) =>
  planLoad({ scenario, scale: { ...scale, durationS }, population, seed: 'segments' });
const scratchPrefix = `pruefstand-segments-${process.pid}-`;

export interface SegmentsOptions {
  readonly k6: string;
  readonly baseUrl: string;
  /** Of measuring; default 4. */
  readonly durationS?: number;
  readonly signal?: AbortSignal;
  readonly abortOn?: readonly AbortRule[];
  readonly onTally?: (tally: Tally) => void;
  readonly onProgress?: (text: Text) => void;
}

/** Plays the real scenario in several k6 processes against a stub, and puts the run together as the generator does. */
export async function playSegments(segments: SegmentsOptions): Promise<LoadRun> {
  const { k6, baseUrl, durationS = scale.durationS, ...options } = segments;
  const schedule = scheduleFor(durationS);
  const scratchDirectory = await mkdtemp(join(tmpdir(), scratchPrefix));
  try {
    await using folder = await createRunFolder(scratchDirectory);
    const { file: script, bytes } = await bundleScenario('office-day', folder.path);
    const demand = { users: scale.users, requestsPerSecond: 10, bundleBytes: bytes, processes: 3 };
    const machine = await machineHere(baseUrl);
    const machinePlan = planMachine(demand, machine);
    const userIds = Array.from({ length: scale.users }, (_, user) => `@user${user}:stub`);
    const sessions = userIds.map((userId) => ({ userId, deviceId: 'D', accessToken: userId }));
    const provisioned = { sessions, roomIds: ['!all:stub'], joins: 0, joinMs: 0 };
    const bench = { target: { homeserverUrl: baseUrl } } as Bench;
    const { signal = new AbortController().signal, onProgress = () => {} } = options;
    const played = await playScenario({
      ...options,
      signal,
      onProgress,
      bench,
      scenario,
      scale: { ...scale, durationS },
      schedule,
      seed: 'segments',
      k6,
      script,
      folder,
      provisioned,
      machinePlan,
    });
    const deliveries = accountDeliveries({ schedule, userIds, users: played.tally.users });
    const provisioning = { durationMs: 1, joins: 0, joinMs: 1 };
    return {
      ...played,
      scenario,
      scale: { ...scale, durationS },
      deliveries,
      vus: machinePlan.vus,
      bundleBytes: bytes,
      machineCores: machine.cores,
      provisioning,
    };
  } finally {
    await rm(scratchDirectory, { recursive: true, force: true });
  }
}

export const totalMessages = scheduleFor(scale.durationS).messages.flat().length;

/** Process ids by number of the k6 process; each is told its plan in its environment. */
export function k6Pids(): Map<number, number> {
  const found = new Map<number, number>();
  for (const path of globSync('/proc/[0-9]*/environ')) {
    const plan = new RegExp(`PRUEFSTAND_PLAN=\\S*${scratchPrefix}\\S*/plan-(\\d+)\\.json`).exec(textOf(path))?.[1];
    if (plan !== undefined) found.set(Number(plan), Number(path.split('/')[2]));
  }
  return found;
}
