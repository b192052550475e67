import { expect, test } from 'vitest';
import type { Bench } from '../../core/model/bench.ts';
import { exampleTarget } from '../../core/testing/examples.ts';
import { planRun } from '../generator/family.ts';
import { readPopulation } from '../generator/read-population.ts';
import { officeDay } from '../scenarios/office-day.scenario.ts';
import { collectScenario } from './collect-scenario.ts';

const seed = 'locked';
const population = await readPopulation();
const { scale, schedule } = await planRun(officeDay, { scale: 'proof', population }, { seed });
const plan = {
  ...{ suiteVersion: '', scenario: 'office-day', scale, seed, runners: 2, usersPerVu: 5, bundleBytes: 1 },
  ...{ population, planHash: schedule.planHash },
};

test('the collector prepares nothing and offers nothing where the load is not permitted', async () => {
  const permissions = { ...exampleTarget.permissions, until: '2999-01-01T00:00:00Z', mayStressFrom: '2998-01-01' };
  const bench = { target: { ...exampleTarget, provider: 'remote', permissions } } as Bench;
  const server = {
    ...{ port: 0, [Symbol.asyncDispose]: async () => {} },
    open: () => {
      throw new Error('runners were let in');
    },
  };
  const { signal } = new AbortController();
  const outcome = await collectScenario({ bench, scenario: officeDay, plan, server, signal, onProgress: () => {} });
  expect(outcome).toMatchObject({
    kind: 'inconclusive',
    reason: expect.stringContaining('beginnt erst am 2998-01-01'),
  });
});
