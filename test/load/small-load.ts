import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountDeliveries } from '../../load/generator/account-deliveries.ts';
import { bundleScenario } from '../../load/generator/bundle-scenario.ts';
import type { K6Options, K6Run } from '../../load/generator/k6-process.ts';
import type { LoadRun } from '../../load/generator/load-run.ts';
import { planLoad } from '../../load/generator/plan-load.ts';
import { readPopulation } from '../../load/generator/read-population.ts';
import { loadPlans, userRows } from '../../load/generator/run-files.ts';
import type { Tally } from '../../load/generator/tally.ts';
import { writeTrustFile } from '../../load/generator/trust-file.ts';

/** Four people for a few seconds, prepared without a homeserver: what k6 does with them is looked at. */
export const scale = { users: 4, rampS: 1, durationS: 3, drainS: 1, compression: 2_000, minimumSamples: 10 };
export const secretToken = 'syt_a_token_nobody_may_see';

const rooms = [{ name: 'team', members: 4, messageShare: 1 }] as const;
const population = await readPopulation();
const schedule = planLoad({ scenario: { rooms, profile: 'V2' }, scale, population, seed: 'small' });
const userIds = ['alice', 'bob', 'carol', 'dave'].map((name) => `@${name}:hs1`);

export interface SmallLoad extends AsyncDisposable {
  readonly folder: string;
  readonly options: Omit<K6Options, 'signal' | 'onRecord'>;
}

/** Everything a k6 process needs to play the real scenario against `baseUrl`. */
export async function prepareSmallLoad(k6: string, baseUrl: string, usersInFile = scale.users): Promise<SmallLoad> {
  const folder = await mkdtemp(join(tmpdir(), 'pruefstand-load-test-'));
  const file = async (name: string, content: unknown) => {
    await writeFile(join(folder, name), JSON.stringify(content));
    return join(folder, name);
  };
  const sessions = userIds.map((userId) => ({ userId, deviceId: 'D', accessToken: secretToken }));
  const rows = userRows(schedule, { sessions, roomIds: ['!team:hs1'], joins: 0, joinMs: 0 });
  const trustFile = join(folder, 'authorities.pem');
  await writeTrustFile(trustFile, undefined);
  const { file: script } = await bundleScenario('office-day', folder);
  const slices = [{ process: 1, firstUser: 0, users: scale.users }];
  const machinePlan = { slices, usersPerVu: scale.users, vus: 1, neededKib: 0, neededCores: 0 };
  const measuringFromMs = Date.now() + 1_500 + scale.rampS * 1_000;
  const [plan] = loadPlans({ scale, baseUrl, seed: 'small', machinePlan, measuringFromMs });
  const planFile = await file('plan.json', plan);
  const usersFile = await file('users.json', rows.slice(0, usersInFile));
  return {
    folder,
    options: {
      k6,
      process: 1,
      measured: { fromMs: measuringFromMs, untilMs: measuringFromMs + scale.durationS * 1_000 },
      script,
      planFile,
      usersFile,
      trustFile,
      homeDirectory: folder,
      timeoutMs: 60_000,
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

/** As the generator puts it together for judging. */
export function loadRunFrom(k6: K6Run, tally: Tally): LoadRun {
  return {
    scenario: {
      levels: {
        delivery: { p95Ms: 1_000, p99Ms: 3_000 },
        sendAnswer: { p95Ms: 500, p99Ms: 2_000 },
        errorShare: 0.000_25,
      },
    },
    scale,
    tally,
    deliveries: accountDeliveries({ schedule, userIds, users: tally.users }),
    processes: [k6],
    vus: 1,
    bundleBytes: 1,
    machineCores: 2,
    provisioning: { durationMs: 1, joins: 0, joinMs: 1 },
  };
}

/** Processes of this machine whose command line names the folder, but for this one. */
export function processesIn(folder: string): number[] {
  return globSync('/proc/[0-9]*/cmdline').flatMap((path) => {
    const pid = Number(path.split('/')[2]);
    return pid !== process.pid && textOf(path).includes(`${folder}/office-day.js`) ? [pid] : [];
  });
}

/** What anybody on this machine can read about a process. */
export function visibleTextOf(pid: number): string {
  return textOf(`/proc/${pid}/cmdline`) + textOf(`/proc/${pid}/environ`);
}

export function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    // It ended while we looked, or is not ours.
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return '';
    throw thrown;
  }
}
