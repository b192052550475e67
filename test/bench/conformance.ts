import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { discoverChecks } from '../../cli/discover.ts';
import { asAnyFamily } from '../../cli/families.ts';
import { availableCapabilities } from '../../cli/run/available.ts';
import { createAbort } from '../../cli/run/create-abort.ts';
import { createConformanceFamily } from '../../conformance/family.ts';
import { asItIs } from '../../conformance/lib/instruments.ts';
import { createLedger, type Ledger } from '../../conformance/lib/validation.ts';
import type { Bench } from '../../core/model/bench.ts';
import { inParallel } from '../../core/run/in-parallel.ts';
import { runCheck } from '../../core/run/run-checks.ts';
import { systemClock } from '../../core/system-clock.ts';
import { processProvider } from '../../deployment/providers/process.ts';
import { deploy } from '../deployment/deploy.ts';
import { toolsHere } from '../deployment/tools.ts';

/** What the conformance family costs, with and without comparing answers with the specification; JSON on stdout. */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '2' } } });

interface Round {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly requests: number;
  /** In comparing, in ms; 0 where nothing was compared. */
  readonly comparingMs: number;
}

interface Meter {
  requests: number;
  comparingMs: number;
}

function measured<T>(meter: Meter, compare: () => T): T {
  const startedAt = performance.now();
  const result = compare();
  meter.comparingMs += performance.now() - startedAt;
  return result;
}

const timed = (meter: Meter, ledger: Ledger): Ledger => ({
  get validated() {
    return ledger.validated;
  },
  get findings() {
    return ledger.findings;
  },
  get tally() {
    // Looks for unknown keys in all that was seen.
    return measured(meter, () => ledger.tally);
  },
  note: (answer, asked) => {
    measured(meter, () => ledger.note(answer, asked));
    meter.requests += 1;
  },
});

/** Counts and compares nothing. */
const silent = (meter: Meter): Ledger => ({
  validated: 1,
  findings: [],
  tally: [],
  note: () => {
    meter.requests += 1;
  },
});

interface RoundOptions {
  /** Named in progress; every random choice follows from it, so that no round meets names another has taken. */
  readonly name: string;
  readonly isCompared: boolean;
}

async function round(
  bench: Bench,
  { name, isCompared }: RoundOptions,
): Promise<Round & { readonly checks: number; readonly waiting: readonly string[] }> {
  const meter: Meter = { requests: 0, comparingMs: 0 };
  const family = asAnyFamily(
    createConformanceFamily((its) => ({
      ...asItIs(its),
      openLedger: (version) => (isCompared ? timed(meter, createLedger(version)) : silent(meter)),
    })),
  );
  const available = availableCapabilities(bench);
  // What waits by nature would hide what is measured here.
  const able = (await discoverChecks(family)).filter(({ meta }) => meta.needs.every((need) => available.has(need)));
  const checks = able.filter(({ meta }) => meta.waits === undefined);
  await using runtime = await family.open(bench);
  const { signal } = new AbortController();
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  await inParallel(checks, family.concurrency, async ({ check }) => {
    await runCheck({ runtime, check, seed: name, clock: systemClock, signal, createAbort });
  });
  const { user, system } = process.cpuUsage(cpuBefore);
  const seconds = (performance.now() - startedAt) / 1_000;
  process.stderr.write(`${name}: ${checks.length} checks, ${meter.requests} requests, ${rounded(seconds)} s\n`);
  const waiting = able.filter(({ meta }) => meta.waits !== undefined).map(({ meta }) => meta.id);
  return { checks: checks.length, waiting, seconds, cpuSeconds: (user + system) / 1e6, ...meter };
}

const rounded = (value: number) => Math.round(value * 1_000) / 1_000;
const startedAt = performance.now();
await using deployment = await deploy({ name: 'bench', provider: processProvider, tools: toolsHere() });
// Variants of the deployment are not part of the question.
const { lab: _lab, ...bench } = deployment.bench;
const startSeconds = (performance.now() - startedAt) / 1_000;
const first = await round(bench, { name: 'first', isCompared: true });
const compared: Round[] = [];
const uncompared: Round[] = [];
for (let number = 0; number < Number(values.rounds); number += 1) {
  compared.push(await round(bench, { name: `compared ${number + 1}`, isCompared: true }));
  uncompared.push(await round(bench, { name: `not compared ${number + 1}`, isCompared: false }));
}

const sum = (rounds: readonly Round[], key: keyof Round) => rounds.reduce((total, one) => total + one[key], 0);
const figures = (rounds: readonly Round[]) => ({
  requests: sum(rounds, 'requests') / rounds.length,
  seconds: rounded(sum(rounds, 'seconds') / rounds.length),
  cpuSeconds: rounded(sum(rounds, 'cpuSeconds') / rounds.length),
  requestsPerSecond: rounded(sum(rounds, 'requests') / sum(rounds, 'seconds')),
});
const mostShare = 0.1;
const mostSecondsWithStart = 90;
const firstSeconds = startSeconds + first.seconds;
const share = sum(compared, 'comparingMs') / 1_000 / sum(compared, 'seconds');
const figured = JSON.stringify(
  {
    command: 'npm run bench:conformance',
    cores: cpus().length,
    rounds: compared.length,
    checks: first.checks,
    waitingByNature: first.waiting,
    startSeconds: rounded(startSeconds),
    firstRunSecondsWithStart: rounded(firstSeconds),
    compared: {
      ...figures(compared),
      microsecondsPerAnswer: rounded((sum(compared, 'comparingMs') / sum(compared, 'requests')) * 1_000),
      shareOfRun: rounded(share),
    },
    notCompared: figures(uncompared),
    secondsRatio: rounded(sum(compared, 'seconds') / sum(uncompared, 'seconds')),
    limits: { shareOfRun: mostShare, firstRunSecondsWithStart: mostSecondsWithStart },
  },
  null,
  2,
);
process.stdout.write(`${figured}\n`);
process.exitCode = share <= mostShare && firstSeconds <= mostSecondsWithStart ? 0 : 1;
