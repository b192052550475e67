import { expect, test } from 'vitest';
import { officeAssumptions as office, smallLand } from './demand.fixture.ts';
import { assumptionsFrom, demandOf } from './first-order.ts';

test('offices and shifts are weighted by their people; what is written counts in the hour in which all together write most', () => {
  const { onlineShare, devicesPerPerson, dailyShare, busyHourShare, messagesPerDay } = assumptionsFrom(smallLand, 'V2');
  expect(onlineShare).toBeCloseTo(0.75 * 0.65 + 0.25 * 0.4, 10);
  expect(devicesPerPerson).toBeCloseTo(1.4, 10);
  expect(dailyShare).toBeCloseTo(0.6, 10);
  expect(busyHourShare).toBeCloseTo(0.75 * 0.15 + (0.25 * 0.92) / 23, 10);
  expect(messagesPerDay).toBe(6);
});

test('100,000 accounts ask for 3,030 polls and 15 messages a second, 45 in the busiest minute', () => {
  const demand = demandOf(100_000, office);
  expect(Math.round(demand.pollsPerSecond)).toBe(3_033);
  expect(demand.messagesPerSecond).toBeCloseTo(15, 5);
  expect(demand.peakMessagesPerSecond).toBeCloseTo(45, 5);
});

test('two loops double polls and connections and nothing else', () => {
  const one = demandOf(8_400, office);
  const two = demandOf(8_400, { ...office, loops: 2 });
  expect(two.pollsPerSecond).toBeCloseTo(2 * one.pollsPerSecond);
  expect({ ...two, pollsPerSecond: 0, connections: 0 }).toEqual({ ...one, pollsPerSecond: 0, connections: 0 });
});

test('45,500 devices come online at 25 a second', () => {
  expect(Math.round(demandOf(100_000, office).loginsPerSecond)).toBe(25);
});
