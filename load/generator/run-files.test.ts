import { expect, test } from 'vitest';
import { hardOpenFiles } from './machine-here.ts';
import { planMachine } from './machine-plan.ts';
import { loadPlans, startMarginMs } from './run-files.ts';

const machine = {
  cores: 64,
  availableKib: 200_000_000,
  openFiles: 20_000,
  portsPerAddress: 28_232,
  sourceAddresses: Array.from({ length: 16 }, (_, index) => `127.0.0.${index + 1}`),
};

function planned(users: number, processes = 1) {
  const machinePlan = planMachine({ users, requestsPerSecond: 1, bundleBytes: 40_000, processes }, machine);
  const scale = { users, rampS: 10, durationS: 60, drainS: 5, compression: 1, minimumSamples: 0 };
  const plans = loadPlans({ scale, baseUrl: 'http://hs1', seed: '1', machinePlan, measuringFromMs: 5_000 });
  return { machinePlan, plans };
}

test('processes have people of their own, and everything else in common', () => {
  const { plans } = planned(30, 3);
  expect(plans.map(({ process, firstUser, users }) => [process, firstUser, users])).toEqual([
    [1, 0, 10],
    [2, 10, 10],
    [3, 20, 10],
  ]);
  const common = plans.map(({ process: _p, firstUser: _f, users: _u, ...rest }) => rest);
  expect(new Set(common.map((rest) => JSON.stringify(rest))).size).toBe(1);
  expect(common[0]).toMatchObject({ measuringFromMs: 5_000, people: 30 });
});

test('looking after the event loops costs many VUs together no more than few', () => {
  const looksPerSecond = (users: number) => {
    const { plans, machinePlan } = planned(users);
    return (1_000 * machinePlan.vus) / (plans[0]?.lagEveryMs ?? 1);
  };
  expect(looksPerSecond(200)).toBeLessThanOrEqual(400);
  expect(looksPerSecond(20_000)).toBeCloseTo(400, -1);
});

test('the polls of many end spread over as long as they take to come back', () => {
  expect(planned(200).plans[0]?.endSpreadMs).toBe(3_000);
  expect(planned(90_000).plans[0]?.endSpreadMs).toBe(30_000);
});

test('larger processes get longer to start', () => {
  expect(startMarginMs(planned(90_000).machinePlan)).toBeGreaterThan(startMarginMs(planned(200).machinePlan) + 3_000);
});

test('the hard limit of open files counts', () => {
  const limits =
    'Max processes 1 2 processes\nMax open files            1024                 20000                files\n';
  expect(hardOpenFiles(limits)).toBe(20_000);
  expect(hardOpenFiles('Max open files 1024 unlimited files')).toBe(Number.MAX_SAFE_INTEGER);
});
