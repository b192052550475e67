import { expect, test } from 'vitest';
import { defaultAssumptions, demandOf } from './first-order.ts';

test('100,000 accounts ask for 3,030 polls and 15 messages a second, 45 in the busiest minute', () => {
  const demand = demandOf(100_000, defaultAssumptions);
  expect(Math.round(demand.pollsPerSecond)).toBe(3_033);
  expect(demand.messagesPerSecond).toBeCloseTo(15, 5);
  expect(demand.peakMessagesPerSecond).toBeCloseTo(45, 5);
});

test('two loops double polls and connections and nothing else', () => {
  const one = demandOf(8_400, defaultAssumptions);
  const two = demandOf(8_400, { ...defaultAssumptions, loops: 2 });
  expect(two.pollsPerSecond).toBeCloseTo(2 * one.pollsPerSecond);
  expect({ ...two, pollsPerSecond: 0, connections: 0 }).toEqual({ ...one, pollsPerSecond: 0, connections: 0 });
});

test('45,500 devices come online at 25 a second', () => {
  expect(Math.round(demandOf(100_000, defaultAssumptions).loginsPerSecond)).toBe(25);
});
