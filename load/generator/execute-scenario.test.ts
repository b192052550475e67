import { expect, test } from 'vitest';
import type { Bench } from '../../core/model/bench.ts';
import { exampleTarget } from '../../core/testing/examples.ts';
import { officeDay } from '../scenarios/office-day.scenario.ts';
import { backgroundLoadOf } from './background-load.ts';
import { executeScenario } from './execute-scenario.ts';
import { createLoadFamily, planRun } from './family.ts';

const seed = 'locked';
const { signal } = new AbortController();
const { scale, schedule } = await planRun(officeDay, { scale: 'proof' }, { seed });
const forbidden = { ...exampleTarget.permissions, mayStressUsers: scale.users - 1, until: '2999-01-01T00:00:00Z' };

/** Whatever is asked of it but its target is one request too many. */
const lockedBench = new Proxy({ target: { ...exampleTarget, provider: 'remote', permissions: forbidden } } as Bench, {
  get: (bench, name) => {
    if (name !== 'target') throw new Error(`${String(name)} was used although the load is forbidden`);
    return bench.target;
  },
});

test('nothing is prepared or sent where the owner does not permit the load, whoever asks', async () => {
  const executing = executeScenario({
    ...{ bench: lockedBench, scenario: officeDay, scale, schedule, seed, signal },
    onProgress: () => {},
  });
  await expect(executing).rejects.toMatchObject({
    code: 'accessMissing',
    message: expect.stringMatching(/does not permit this load: Erlaubt sind Lasttests mit bis zu 19 Personen/),
  });
});

test('a check is inconclusive and tells what is not permitted', async () => {
  await using runtime = await createLoadFamily({ scale: 'proof' }).open(lockedBench);
  await using open = await runtime.contextFor(officeDay, { seed, signal });
  expect(await open.context.execute(officeDay)).toMatchObject({
    kind: 'inconclusive',
    reason: expect.stringContaining('bis zu 19 Personen'),
  });
});

test('no load runs beside a check that may not have it, nor the check', async () => {
  const beside = backgroundLoadOf(officeDay).beside({ bench: lockedBench, seed, signal, scale: 'small' }, async () => {
    throw new Error('the work began');
  });
  expect(await beside).toMatchObject({ kind: 'refused', reason: expect.stringContaining('bis zu 19 Personen') });
});
