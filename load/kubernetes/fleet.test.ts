import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Demand } from '../generator/machine-plan.ts';
import { planFleet } from './fleet.ts';

const idle: Demand = { users: 100_000, bundleBytes: 15_000, requestsPerSecond: 3_334 };

test('connections decide for people who mostly wait', () => {
  expect(planFleet(idle)).toMatchObject({ runners: 5, decidedBy: 'connections', usersPerRunner: 20_000 });
});

test('processor time decides for people who write much', () => {
  const { decidedBy, runners } = planFleet({ ...idle, requestsPerSecond: 30_000 });
  expect([decidedBy, runners]).toEqual(['processor', 8]);
});

test('memory decides when runners are small', () => {
  const { decidedBy, memoryMib } = planFleet(idle, { memoryMib: 512, cores: 2 });
  expect(decidedBy).toBe('memory');
  expect(memoryMib).toBeLessThanOrEqual(512);
});

test('few people need one runner', () => {
  expect(planFleet({ ...idle, users: 20, requestsPerSecond: 10 })).toMatchObject({
    runners: 1,
    usersPerRunner: 20,
    usersPerVu: 10,
    vusPerRunner: 2,
    cpuMillis: 100,
  });
});

test('more runners than the operator can start are refused before anything is written', () => {
  expect(() => planFleet(idle, { memoryMib: 80, cores: 2 })).toThrow(/needs more than 450 runners \(by memory\)/);
});

test('whatever the demand, runners hold everybody and no more than they may', () => {
  const demands = fc.record({
    users: fc.integer({ min: 2, max: 150_000 }),
    bundleBytes: fc.integer({ min: 1_000, max: 81_920 }),
    requestsPerSecond: fc.integer({ min: 0, max: 200_000 }),
  });
  fc.assert(
    fc.property(demands, (demand) => {
      const fleet = planFleet(demand);
      expect(fleet.runners * fleet.usersPerRunner).toBeGreaterThanOrEqual(demand.users);
      expect(fleet.vusPerRunner * fleet.usersPerVu).toBeGreaterThanOrEqual(fleet.usersPerRunner);
      expect(fleet.memoryMib).toBeLessThanOrEqual(4_096);
      expect(fleet.cpuMillis).toBeLessThanOrEqual(2_000);
    }),
  );
});
