import { join } from 'node:path';
import { type Bundle, bundleScenario } from '../../../load/generator/bundle-scenario.ts';
import type { K6Run } from '../../../load/generator/k6-process.ts';
import { machineHere } from '../../../load/generator/machine-here.ts';
import { planMachine } from '../../../load/generator/machine-plan.ts';
import { createRunFolder, loadPlans, startMarginMs } from '../../../load/generator/run-files.ts';
import { runProcesses } from '../../../load/generator/run-processes.ts';
import { createTally, enterRecord, type Tally } from '../../../load/generator/tally.ts';
import { writeTrustFile } from '../../../load/generator/trust-file.ts';
import { type StubCounts, type StubHomeserver, startStub } from '../../load/stub-homeserver.ts';
import { idleUsers } from './idle-users.ts';

export interface IdleOptions {
  readonly k6: string;
  readonly users: number;
  readonly durationS: number;
  /** Absent: as the generator chooses. */
  readonly usersPerVu?: number;
  readonly scratchDirectory: string;
  readonly signal: AbortSignal;
}

export interface IdleRun {
  readonly users: number;
  readonly durationS: number;
  readonly vus: number;
  readonly bundle: Bundle;
  readonly tally: Tally;
  readonly processes: readonly K6Run[];
  readonly stubs: readonly StubCounts[];
}

/** As fast as people are let in: a first synchronisation and a poll each. */
const arrivalsPerSecond = 1_000;

/** Everybody keeps a poll open, at a stub for each k6 process; both sides count. */
export async function playIdle(options: IdleOptions): Promise<IdleRun> {
  const { k6, users, durationS, signal } = options;
  await using folder = await createRunFolder(options.scratchDirectory);
  const bundle = await bundleScenario('office-day', folder.path);
  const machine = await machineHere('http://127.0.0.1');
  const planned = planMachine({ users, requestsPerSecond: users / 30, bundleBytes: bundle.bytes }, machine);
  const machinePlan = options.usersPerVu === undefined ? planned : { ...planned, usersPerVu: options.usersPerVu };
  const rampS = Math.max(5, Math.ceil(users / arrivalsPerSecond));
  const scale = { users, rampS, durationS, drainS: 5, compression: 1, minimumSamples: 0 };
  await using stubs = await startStubs(machinePlan.slices.length);
  const trustFile = join(folder.path, 'authorities.pem');
  await writeTrustFile(trustFile, undefined);
  const tally = createTally();
  let fromMs = 0;
  const processes = await runProcesses({
    k6,
    script: bundle.file,
    folder,
    trustFile,
    slices: machinePlan.slices,
    rows: idleUsers(users, rampS),
    leadMs: startMarginMs(machinePlan) + rampS * 1_000,
    plansFrom: (measuringFromMs) =>
      loadPlans({ scale, baseUrl: '', seed: 'bench', machinePlan, measuringFromMs }).map((plan, index) => ({
        ...plan,
        baseUrl: stubs.all[index]?.baseUrl ?? '',
      })),
    timeoutMs: 600_000,
    signal,
    onStart: (measuringFromMs) => {
      fromMs = measuringFromMs;
    },
    onRecord: (record) => enterRecord(tally, record, Date.now() - fromMs),
    onEnd: () => {},
  });
  const counts = await Promise.all(stubs.all.map((stub) => stub.counts()));
  const vus = Math.ceil(users / machinePlan.usersPerVu);
  return { users, durationS, vus, bundle, tally, processes, stubs: counts };
}

async function startStubs(count: number): Promise<{ readonly all: readonly StubHomeserver[] } & AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const all: StubHomeserver[] = [];
  for (let index = 0; index < count; index++) all.push(stack.use(await startStub()));
  const owned = stack.move();
  return { all, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
