import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DiscoveredCheck, discoverChecks } from '../cli/discover.ts';
import { asAnyFamily } from '../cli/families.ts';
import { availableCapabilities } from '../cli/run/available.ts';
import { createAbort } from '../cli/run/create-abort.ts';
import { conformanceFamily } from '../conformance/family.ts';
import type { Bench } from '../core/model/bench.ts';
import type { Outcome } from '../core/model/outcome.ts';
import { inParallel } from '../core/run/in-parallel.ts';
import { runCheck } from '../core/run/run-checks.ts';
import { systemClock } from '../core/system-clock.ts';
import { openLedger } from '../deployment/ledger.ts';
import type { Deployment } from '../deployment/provider.ts';
import { processProvider } from '../deployment/providers/process.ts';
import { remoteProvider } from '../deployment/providers/remote.ts';
import { deploy } from './deployment/deploy.ts';
import { describeRemote, type RemoteFixture } from './deployment/remote-target.ts';
import { temporaryFolder } from './deployment/temporary.ts';
import { requireParts, toolsHere } from './deployment/tools.ts';

const tools = toolsHere();
const missing = requireParts({ synapse: tools.synapsePython });
const family = asAnyFamily(conformanceFamily);
const within = temporaryFolder();

/** Few enough that checks must lend them to each other all the time. */
const people = 8;

async function runAll(bench: Bench, checks: readonly DiscoveredCheck[]): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  await using runtime = await family.open(bench);
  const { signal } = new AbortController();
  await inParallel(checks, runtime.concurrency ?? family.concurrency, async ({ check, meta: { id } }) => {
    const run = await runCheck({ runtime, check, seed: `remote/${id}`, clock: systemClock, signal, createAbort });
    outcomes.set(id, run.outcome);
  });
  return outcomes;
}

// The variant without limits stands in for a deployment whose operator lifted them for the test accounts.
describe.skipIf(missing !== undefined)('a target known by its address and eight ordinary accounts', () => {
  let reference: Deployment;
  let fixture: RemoteFixture;
  let checks: readonly DiscoveredCheck[];
  let outcomes: ReadonlyMap<string, Outcome>;

  beforeAll(async () => {
    reference = await deploy({ name: 'reference', provider: processProvider, tools });
    const variant = await reference.bench.lab?.variant('open');
    if (variant === undefined) throw new Error('the lab has no variants');
    fixture = await describeRemote(within, variant, { passwords: people, tokens: 0, requestsPerSecond: 200 });
    await using remote = await deploy({ name: 'remote', provider: remoteProvider(fixture), tools: {} });
    const available = availableCapabilities(remote.bench);
    const all = await discoverChecks(family);
    checks = all.filter(({ meta }) => meta.needs.every((need) => available.has(need)));
    outcomes = await runAll(remote.bench, checks);
  });

  afterAll(() => reference?.[Symbol.asyncDispose]());

  test('is examined by most checks', () => {
    expect(checks.length).toBeGreaterThan(200);
    expect(outcomes.size).toBe(checks.length);
  });

  test('breaks no check, and accounts never run out', () => {
    const broken = [...outcomes].filter(([, { kind }]) => kind === 'rigFault' || kind === 'inconclusive');
    expect(broken).toEqual([]);
  });

  test('keeps nothing that was made on it', () => {
    expect(openLedger(fixture.runFolder).open()).toEqual([]);
  });
});
