import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Bench } from '../../core/model/bench.ts';
import type { AbortSignalLike } from '../../core/model/family-runtime.ts';
import { RigError } from '../../core/model/rig-error.ts';
import type { Text } from '../../core/model/text.ts';

import type { LoadDefect, Scale, Scenario } from '../scenarios/scenario.ts';
import { accountDeliveries } from './account-deliveries.ts';
import { bundleScenario } from './bundle-scenario.ts';
import { type K6Run, runK6 } from './k6-process.ts';
import type { LoadRun } from './load-run.ts';
import type { Schedule } from './plan-load.ts';
import { type Provisioned, type ProvisionOptions, provision } from './provision.ts';
import { createRunFolder, loadPlanFrom, type RunFolder, userRows } from './run-files.ts';
import { createTally, enterRecord, type Tally } from './tally.ts';
import { startTamperingProxy } from './tampering-proxy.ts';
import { writeTrustFile } from './trust-file.ts';

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
}

/** k6 itself starts, stops and waits for its last polls in this time. */
const k6MarginMs = 75_000;

/** Prepares people and rooms, lets k6 play the scenario and counts what it tells. Leaves nothing on this machine. */
export async function executeScenario(options: ExecuteOptions): Promise<LoadRun> {
  const { bench, scenario, scale, schedule, onProgress } = options;
  const k6Program = k6Path(bench);
  await using folder = await createRunFolder(bench.scratchDirectory);
  const bundle = await bundleScenario(scenario.meta.id.slice('load.'.length), folder.path);
  const startedAt = performance.now();
  await using provisioned = await provision({
    ...options,
    users: scale.users,
    label: `load${randomBytes(4).toString('hex')}`,
  });
  const durationMs = performance.now() - startedAt;
  onProgress(`k6: ${scale.users} users, ${scale.rampS + scale.durationS} s`);
  const tally = createTally();
  const k6 = await play(options, { k6Program, folder, provisioned, tally, script: bundle.file });
  const userIds = provisioned.sessions.map(({ userId }) => userId);
  return {
    scenario,
    scale,
    tally,
    deliveries: accountDeliveries({ schedule, userIds, users: tally.users }),
    k6,
    vus: Math.ceil(scale.users / loadPlanFrom(scale, '', '').usersPerVu),
    bundleBytes: bundle.bytes,
    machineCores: availableParallelism(),
    provisioning: { durationMs, joins: provisioned.joins, joinMs: provisioned.joinMs },
  };
}

interface Prepared {
  readonly k6Program: string;
  readonly folder: RunFolder;
  readonly provisioned: Provisioned;
  readonly tally: Tally;
  readonly script: string;
}

async function play(
  options: ExecuteOptions,
  { k6Program, folder, provisioned, tally, script }: Prepared,
): Promise<K6Run> {
  const { bench, scale, schedule, seed, signal, defect, onTally } = options;
  await using proxy = defect === undefined ? undefined : await startTamperingProxy(bench, defect);
  const plan = loadPlanFrom(scale, proxy?.baseUrl ?? bench.target.homeserverUrl, seed);
  const trustFile = join(folder.path, 'authorities.pem');
  await writeTrustFile(trustFile, bench.target.caCertificates);
  return await runK6({
    k6: k6Program,
    script,
    planFile: await folder.write('plan.json', plan),
    usersFile: await folder.write('users.json', userRows(schedule, provisioned)),
    trustFile,
    homeDirectory: folder.path,
    timeoutMs: plan.rampMs + plan.durationMs + plan.drainMs + k6MarginMs,
    signal,
    onRecord: (record) => {
      enterRecord(tally, record);
      onTally?.(tally);
    },
    ...(proxy === undefined && bench.target.proxyUrl !== undefined && { proxyUrl: bench.target.proxyUrl }),
  });
}

function k6Path(bench: Bench): string {
  const path = bench.tools.k6;
  if (path !== undefined) return path;
  throw new RigError('toolMissing', {
    de: 'k6 ist nicht installiert; `npx pruefstand doctor` sagt, wie es kommt.',
    en: 'k6 is not installed; `npx pruefstand doctor` tells how to get it.',
  });
}
