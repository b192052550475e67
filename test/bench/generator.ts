import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { maxBundleBytes } from '../../load/generator/bundle-scenario.ts';
import { requireK6 } from '../../load/generator/k6-program.ts';
import { toolsHere } from '../deployment/tools.ts';
import { type Baseline, baselineFrom } from './generator/baseline.ts';
import { figuresOf, type IdleFigures, rounded } from './generator/figures.ts';
import { playLocust } from './generator/locust.ts';
import { playIdle } from './generator/play-idle.ts';

/**
 * What people cost the load generator who only keep their polls open, from a hundredth of `--users` to all of them, each
 * poll counted on both sides; beside it one VU per user and Locust. JSON on stdout, with `--json` or without.
 */
const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '100000' },
    'baseline-users': { type: 'string', default: '2000' },
    duration: { type: 'string', default: '60' },
    'users-per-vu': { type: 'string' },
    only: { type: 'boolean', default: false },
    json: { type: 'boolean' },
  },
});

/** For 100,000 users; of a few the program itself is a larger share. */
const limits = {
  kibPerUser: 80,
  cpuCores: 1.4,
  loopLagP99Ms: 100,
  accountedShare: 1,
  bundleBytes: maxBundleBytes,
};
const everybody = Number(values.users);
const durationS = Number(values.duration);
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
const k6 = await requireK6(toolsHere().k6);
const scratchDirectory = await mkdtemp(join(tmpdir(), 'pruefstand-bench-'));

const say = (line: string) => process.stderr.write(`· ${line}\n`);

async function idle(users: number, usersPerVu?: number): Promise<IdleFigures> {
  say(`${users} users, ${durationS} s${usersPerVu === undefined ? '' : `, ${usersPerVu} per VU`}`);
  const run = await playIdle({
    k6,
    users,
    durationS,
    scratchDirectory,
    signal: stop.signal,
    ...(usersPerVu !== undefined && { usersPerVu }),
  });
  const failed = Object.entries(run.tally.errors).map(([kind, count]) => `${kind}: ${count}`);
  if (failed.length > 0) say(`failed requests: ${failed.join(', ')}`);
  const figures = figuresOf(run);
  say(`${figures.kibPerUser} KiB and ${rounded((1_000 * figures.cpuCores) / users)} mCores per user`);
  return figures;
}

async function baselines(): Promise<Record<string, Baseline>> {
  const users = Math.min(everybody, Number(values['baseline-users']));
  const from = (figures: IdleFigures) =>
    baselineFrom({ ...figures, peakKib: figures.kibPerUser * users, requestsPerSecond: figures.pollsPerSecond });
  const pruefstand = from(await idle(users));
  const oneVuPerUser = from(await idle(users, 1));
  say(`Locust with ${users} users`);
  return { pruefstand, oneVuPerUser, locust: await playLocust({ users, durationS, scratchDirectory }) };
}

/** Between two levels: what one more user costs. */
function growth(levels: readonly IdleFigures[]) {
  return levels.slice(1).map((level, index) => {
    const before = levels[index] ?? level;
    const added = level.users - before.users;
    return {
      fromUsers: before.users,
      toUsers: level.users,
      kibPerAddedUser: rounded((level.kibPerUser * level.users - before.kibPerUser * before.users) / added),
      microCoresPerAddedUser: rounded((1e6 * (level.cpuCores - before.cpuCores)) / added),
    };
  });
}

try {
  const sizes = values.only ? [everybody] : [0.01, 0.1, 1].map((share) => Math.max(100, Math.round(everybody * share)));
  const perVu = values['users-per-vu'];
  const levels: IdleFigures[] = [];
  for (const users of new Set(sizes)) levels.push(await idle(users, perVu === undefined ? undefined : Number(perVu)));
  const compared = values.only ? {} : { baselines: await baselines() };
  const { users, pollsPerSecond, accountedShare, kibPerUser, cpuCores, loopLagP99Ms, bundleBytes } =
    levels.at(-1) ?? figuresMissing();
  const figures = {
    users,
    pollsPerSecond,
    accountedShare,
    kibPerUser,
    cpuCores,
    loopLagP99Ms,
    ...compared,
    bundleBytes,
  };
  const within =
    kibPerUser <= limits.kibPerUser &&
    cpuCores <= limits.cpuCores &&
    loopLagP99Ms <= limits.loopLagP99Ms &&
    accountedShare >= limits.accountedShare &&
    bundleBytes <= limits.bundleBytes;
  const machine = { cores: cpus().length };
  process.stdout.write(
    `${JSON.stringify({ ...figures, levels, growth: growth(levels), limits, within, machine }, null, 2)}\n`,
  );
  process.exitCode = within ? 0 : 1;
} finally {
  await rm(scratchDirectory, { recursive: true, force: true });
}

function figuresMissing(): never {
  throw new Error('no level was played');
}
