import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectRun } from '../load/collector/collect-run.ts';
import { startCollectorServer } from '../load/collector/collector-server.ts';
import { accountDeliveries } from '../load/generator/account-deliveries.ts';
import { bundleScenario } from '../load/generator/bundle-scenario.ts';
import { judgeLoad } from '../load/generator/judge-load.ts';
import type { LoadRun } from '../load/generator/load-run.ts';
import { planLoad } from '../load/generator/plan-load.ts';
import { readPopulation } from '../load/generator/read-population.ts';
import { createRunFolder, loadPlans, userRows } from '../load/generator/run-files.ts';
import { runProcesses } from '../load/generator/run-processes.ts';
import { createTally, enterRecord } from '../load/generator/tally.ts';
import { writeTrustFile } from '../load/generator/trust-file.ts';
import { officeDay } from '../load/scenarios/office-day.scenario.ts';
import { requireParts, toolsHere } from './deployment/tools.ts';
import { until } from './lib/pruefstand.ts';
import { type SegmentOptions, type SegmentRunner, startSegment } from './load/segment-runners.ts';
import { type StubHomeserver, startStub } from './load/stub-homeserver.ts';

const { k6 = '' } = toolsHere();
const missing = requireParts({ k6: toolsHere().k6 });
const signal = new AbortController().signal;
const key = 'the-key-of-this-test';
const runners = 3;

/** Twelve people in one room, four for each of three processes. */
const scale = { users: 12, rampS: 3, durationS: 5, drainS: 1, compression: 4_000, minimumSamples: 500 };
const scenario = { ...officeDay, rooms: [{ name: 'all', members: 'all', messageShare: 1 }] } as const;
const seed = 'segments';
const population = await readPopulation();
const schedule = planLoad({ scenario, scale, population, seed });
const { planHash } = schedule;
const userIds = Array.from({ length: scale.users }, (_, user) => `@person-${user}:hs1`);
// The stub takes a token for its owner's name.
const sessions = userIds.map((userId) => ({ userId, deviceId: 'D', accessToken: userId }));
const provisioned = { sessions, roomIds: ['!all:hs1'], joins: 0, joinMs: 0 };
const plan = {
  ...{ suiteVersion: '', scenario: 'office-day', scale, seed, runners, usersPerVu: 2, bundleBytes: 1 },
  ...{ population, planHash },
};

let folder: string;
let script: string;
let stub: StubHomeserver;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pruefstand-collector-'));
  script = (await bundleScenario('office-day', folder)).file;
  stub = await startStub();
});

afterAll(async () => {
  await stub[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

describe.skipIf(missing !== undefined)(missing === undefined ? 'collector' : `collector (${missing})`, () => {
  test('runners started as the k6-operator does count the same as one process here', async () => {
    const { run, ends } = await collected(async () => {});
    expect(ends).toEqual([0, 0, 0]);
    expect(totals(run)).toMatchObject({ users: scale.users, vus: 6, deliveries: { lost: 0, neverOnline: 0 } });
    expect(totals(run)).toEqual(totals(await playedHere()));
  });

  test('a runner that is killed makes the run invalid, which says which, and the others stop', async () => {
    const { run, ends } = await collected(async (processes) => {
      await until('people are online', () => processes.length === runners, 10_000);
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      processes[1]?.child.kill('SIGKILL');
    });
    const outcome = judgeLoad(run);
    expect(outcome).toMatchObject({
      kind: 'inconclusive',
      reason: expect.stringContaining('k6-Prozess 2 von 3 meldete sich nicht mehr'),
    });
    expect(ends).toEqual([108, null, 108]);
  });

  test('a runner that is started anew makes the run invalid', async () => {
    const { run } = await collected(async (_processes, segment) => {
      const again = await startSegment({ ...segment, index: 3, instance: 'again' });
      await again.resume();
      await again.ended;
    });
    expect(judgeLoad(run)).toMatchObject({
      kind: 'inconclusive',
      reason: expect.stringContaining('k6-Prozess 3 von 3 wurde mitten im Lauf neu gestartet'),
    });
  });
});

type Meddle = (processes: readonly SegmentRunner[], segment: SegmentOptions) => Promise<void>;

/** One run through the collector, and with which codes its processes ended. */
async function collected(meddle: Meddle): Promise<{ run: LoadRun; ends: readonly unknown[] }> {
  await using server = await startCollectorServer({ host: '127.0.0.1', port: 0 }, key);
  const collecting = collectRun({
    ...{ server, plan, scenario, schedule, provisioned, provisioningMs: 0, baseUrl: stub.baseUrl, signal },
    patience: { waitMs: 60_000, gatherMs: 2_000, silenceMs: 3_000 },
    onProgress: () => {},
  });
  const collectorUrl = `http://127.0.0.1:${server.port}`;
  const segment = { k6, script, folder, collectorUrl, key, runners, index: 1, instance: 'first' };
  const indexes = Array.from({ length: runners }, (_, index) => index + 1);
  const processes = await Promise.all(indexes.map((index) => startSegment({ ...segment, index })));
  try {
    for (const one of processes) await one.resume();
    await meddle(processes, segment);
    const run = await collecting;
    await Promise.all(processes.map(({ ended }) => ended));
    return { run, ends: processes.map(({ child }) => child.exitCode) };
  } finally {
    for (const { child } of processes) child.kill('SIGKILL');
  }
}

/** The same plan by one process on this machine. */
async function playedHere(): Promise<LoadRun> {
  await using own = await createRunFolder(folder);
  const trustFile = join(own.path, 'authorities.pem');
  await writeTrustFile(trustFile, undefined);
  const slices = [{ process: 1, firstUser: 0, users: scale.users }];
  const machinePlan = { slices, usersPerVu: 2, vus: 6, neededKib: 0, neededCores: 0 };
  const tally = createTally();
  const processes = await runProcesses({
    ...{ k6, script, folder: own, trustFile, slices, rows: userRows(schedule, provisioned), leadMs: 7_000, signal },
    plansFrom: (measuringFromMs) =>
      loadPlans({ scale, baseUrl: stub.baseUrl, seed: plan.seed, machinePlan, measuringFromMs }),
    timeoutMs: 60_000,
    onRecord: (record) => enterRecord(tally, record),
    onEnd: () => {},
  });
  const deliveries = accountDeliveries({ schedule, userIds, users: tally.users });
  const provisioning = { durationMs: 0, joins: 0, joinMs: 0 };
  return { scenario, scale, tally, deliveries, processes, vus: 6, bundleBytes: 1, machineCores: 2, provisioning };
}

/** Everything that does not depend on how long things took. */
function totals({ tally, deliveries }: LoadRun) {
  const { sends, sent } = tally.counters;
  const { delivery, send } = tally.histograms;
  const samples = { delivery: delivery.totalCount, send: send.totalCount };
  return { deliveries, sends, sent, samples, users: tally.users.size, vus: tally.vus.size };
}
