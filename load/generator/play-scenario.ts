import { join } from 'node:path';
import type { ExecuteOptions } from './execute-scenario.ts';
import type { K6Run } from './k6-process.ts';
import type { MachinePlan } from './machine-plan.ts';
import type { Provisioned } from './provision.ts';
import { loadPlans, type RunFolder, startMarginMs, userRows } from './run-files.ts';
import { runProcesses } from './run-processes.ts';
import { createTally, enterRecord, type Tally } from './tally.ts';
import { startTamperingProxy } from './tampering-proxy.ts';
import { writeTrustFile } from './trust-file.ts';

export interface PlayOptions extends ExecuteOptions {
  /** The program. */
  readonly k6: string;
  readonly script: string;
  readonly folder: RunFolder;
  readonly provisioned: Provisioned;
  readonly machinePlan: MachinePlan;
}

/** What k6 told, whole or as far as it came. */
export interface Played {
  readonly processes: readonly K6Run[];
  readonly tally: Tally;
}

/** k6 itself starts, stops and waits for its last polls in this time. */
const k6MarginMs = 75_000;

/** Lets k6 play what was prepared. When it is stopped from outside, what was measured until then is kept. */
export async function playScenario(options: PlayOptions): Promise<Played> {
  const { bench, scale, schedule, seed, defect, onTally, folder, provisioned, machinePlan } = options;
  await using proxy = defect === undefined ? undefined : await startTamperingProxy(bench, defect);
  const baseUrl = proxy?.baseUrl ?? bench.target.homeserverUrl;
  const trustFile = join(folder.path, 'authorities.pem');
  await writeTrustFile(trustFile, bench.target.caCertificates);
  const tally = createTally();
  let beganAtMs = 0;
  const leadMs = startMarginMs(machinePlan) + scale.rampS * 1_000;
  const processes = await runProcesses({
    k6: options.k6,
    script: options.script,
    folder,
    trustFile,
    slices: machinePlan.slices,
    rows: userRows(schedule, provisioned),
    leadMs,
    plansFrom: (measuringFromMs) => loadPlans({ scale, baseUrl, seed, machinePlan, measuringFromMs }),
    timeoutMs: leadMs + (scale.durationS + scale.drainS) * 1_000 + k6MarginMs,
    signal: options.signal,
    onStart: (measuringFromMs) => {
      beganAtMs = measuringFromMs;
    },
    onRecord: (record) => {
      enterRecord(tally, record, Date.now() - beganAtMs);
      onTally?.(tally);
    },
    onEnd: () => {},
    ...(proxy === undefined && bench.target.proxyUrl !== undefined && { proxyUrl: bench.target.proxyUrl }),
  });
  return { processes, tally };
}
