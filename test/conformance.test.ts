import { describe, expect, test } from 'vitest';
import { asAnyFamily } from '../cli/families.ts';
import { proveRecordings } from '../cli/prove/prove-recordings.ts';
import { createAbort } from '../cli/run/create-abort.ts';
import { check as crowdCheck } from '../conformance/checks/keys/keys-claim-crowd.check.ts';
import { readDeclarations } from '../conformance/coverage/data.ts';
import { coverageOf } from '../conformance/coverage/operations.ts';
import { conformanceFamily, createConformanceFamily, provenAtOnce } from '../conformance/family.ts';
import { type HttpDefect, onlyNth, setting } from '../conformance/lib/defect.ts';
import { claimPath } from '../conformance/lib/key-requests.ts';
import { createRecordings } from '../conformance/replay/recordings.ts';
import { runCheck } from '../core/run/run-checks.ts';
import { systemClock } from '../core/system-clock.ts';
import { processProvider } from '../deployment/providers/process.ts';
import { readOperationFacts } from '../schemas/matrix/bundle.ts';
import { deploy } from './deployment/deploy.ts';
import { requireParts, toolsHere } from './deployment/tools.ts';
import { provesFamily } from './lib/prove-family.ts';

const tools = toolsHere();
const missing = requireParts({ synapse: tools.synapsePython, nginx: tools.nginx });

const recorded = createRecordings();

await provesFamily({
  family: 'conformance',
  variant: asAnyFamily(createConformanceFamily(recorded.equip, provenAtOnce)),
  candidate: { name: 'process', provider: processProvider, tools, missing },
  // Of two claims for the same key the later finds it gone only where PostgreSQL lets both read it.
  withoutTrueFindings: tools.postgresBin === undefined ? ['conformance.keys.keys-claim-crowd'] : [],
  andThen: (proofs) => {
    test('every operation of the client-server API is exercised or declared', async () => {
      const exercises = [...proofs().values()].flatMap(({ control }) => control.exercised ?? []);
      const coverage = coverageOf(readOperationFacts('client-server'), exercises, await readDeclarations());
      expect(coverage).toHaveLength(164);
      expect(coverage.filter(({ state }) => state === 'unexplained')).toEqual([]);
    });

    test('of falsified recordings 95 % are noticed where the specification speaks against them', async () => {
      const recordings = [...proofs().values()].flatMap(
        ({ check, control }) => recorded.of(check, control.outcome) ?? [],
      );
      const { report } = await proveRecordings({ recordings, budget: 24_000, seed: 1, write: () => {} });
      expect(report.mutants).toBeGreaterThanOrEqual(20_000);
      expect(report.constrained.rate).toBeGreaterThanOrEqual(0.95);
      expect(report.excluded.share).toBeLessThanOrEqual(0.25);
      const { blind, notReplayable, broken } = report;
      expect({ blind, notReplayable, broken }).toEqual({ blind: [], notReplayable: [], broken: {} });
      expect(report.byKind['badBody']).toMatchObject({ survived: 0, broken: 0 });
      // What a run records differs a little from the next; whole kinds of lies must not go unexplained.
      const unexplained = report.survivors.filter(({ why }) => why === undefined);
      expect(unexplained.length).toBeLessThanOrEqual(report.survivors.length * 0.02);
    });
  },
});

// With SQLite Synapse serves everybody, so that the check can be seen both ways.
describe.skipIf(missing !== undefined)('a crowd that claims keys from a homeserver with SQLite', () => {
  async function conclude(defect?: HttpDefect) {
    const { postgresBin: _postgres, ...withSqlite } = tools;
    await using deployment = await deploy({ name: 'SQLite', provider: processProvider, tools: withSqlite });
    await using runtime = await conformanceFamily.open(deployment.bench);
    const { signal } = new AbortController();
    const how = { runtime, check: crowdCheck, seed: 'crowd', clock: systemClock, signal, createAbort };
    const { outcome } = await runCheck({ ...how, ...(defect && { defect }) });
    return outcome;
  }

  test('is served', async () => {
    expect(await conclude()).toMatchObject({ kind: 'passed' });
  });

  test('is not served when a single one comes away empty-handed', async () => {
    const defect = { when: { path: claimPath }, alter: onlyNth(100, setting(['one_time_keys'], {})) };
    expect(await conclude(defect)).toMatchObject({ kind: 'failed', findings: [{ code: 'empty-handed' }] });
  });
});
