import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Machine, machinePlanText, planMachine } from './machine-plan.ts';

const loopback = Array.from({ length: 16 }, (_, index) => `127.0.0.${index + 1}`);
const machine: Machine = {
  cores: 2,
  availableKib: 22 * 1_024 * 1_024,
  openFiles: 20_000,
  portsPerAddress: 28_232,
  sourceAddresses: loopback,
};
const idle = (users: number) => ({ users, requestsPerSecond: users / 30, bundleBytes: 20_000 });

test('a few users need one process and no source address of their own', () => {
  const plan = planMachine(idle(200), machine);
  expect(plan.slices).toEqual([{ process: 1, firstUser: 0, users: 200 }]);
  expect(plan.vus).toBe(2);
});

test('100,000 idle users fit on two cores and 24 GB, in six processes with addresses of their own', () => {
  const { slices, neededCores, vus } = planMachine(idle(100_000), machine);
  expect(slices).toHaveLength(6);
  expect(slices.map(({ sourceAddress }) => sourceAddress)).toEqual(loopback.slice(0, 6));
  expect(neededCores).toBeCloseTo(1.4, 1);
  expect(vus).toBeLessThan(500);
});

test('more processes than needed are started when wished, but none without a user', () => {
  expect(planMachine({ ...idle(10), processes: 3 }, machine).slices.map(({ users }) => users)).toEqual([3, 3, 4]);
  expect(planMachine({ ...idle(2), processes: 3 }, machine).slices).toHaveLength(2);
});

test.each([
  ['files', { ...machine, openFiles: 100 }, /a process may open only 100 files/],
  ['memory', { ...machine, availableKib: 1_000_000 }, /MiB of memory are needed, 977 MiB are free/],
  ['addresses', { ...machine, sourceAddresses: ['10.0.0.1'] }, /5 source addresses with 28232 ports each .* are 1;/],
  ['cores', { ...machine, cores: 1 }, /1\.4 processor cores are needed, 0\.8 of 1 may be used/],
])('a machine with too few %s is told in one line', (_what, small, message) => {
  expect(() => planMachine(idle(100_000), small)).toThrow(message);
  expect(() => planMachine(idle(100_000), small)).toThrow(expect.objectContaining({ code: 'generator' }));
});

test('the plan is told in one line', () => {
  expect(machinePlanText(planMachine(idle(100_000), machine))).toMatchObject({
    en: expect.stringMatching(/^Generator: k6 × 6 with up to 16667 users each.*source addresses: 6;.*cores\.$/),
  });
});

test('everybody is in exactly one process, and no process has more connections than files', () => {
  const demands = fc.record({
    users: fc.integer({ min: 1, max: 100_000 }),
    processes: fc.integer({ min: 1, max: 20 }),
  });
  fc.assert(
    fc.property(demands, ({ users, processes }) => {
      const { slices } = planMachine({ ...idle(users), processes }, machine);
      let next = 0;
      for (const slice of slices) {
        expect(slice.firstUser).toBe(next);
        expect(slice.users).toBeGreaterThan(0);
        expect(1.15 * slice.users).toBeLessThan(machine.openFiles);
        next += slice.users;
      }
      expect(next).toBe(users);
    }),
  );
});
