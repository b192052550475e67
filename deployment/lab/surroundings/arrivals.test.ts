import { expect, test } from 'vitest';
import { createArrivals } from './arrivals.ts';

test('what came before is found at once', async () => {
  const arrivals = createArrivals<number>();
  arrivals.add(1);
  arrivals.add(2);
  expect(await arrivals.waitFor((one) => one > 1)).toBe(2);
});

test('what comes later is waited for, the second after the first', async () => {
  const arrivals = createArrivals<string>();
  const second = arrivals.waitFor((one) => one.startsWith('a'), { index: 1 });
  for (const one of ['a1', 'b', 'a2']) arrivals.add(one);
  expect(await second).toBe('a2');
});

test('what does not come is nothing after the deadline', async () => {
  expect(await createArrivals<number>().waitFor(() => true, { deadlineMs: 10 })).toBeUndefined();
});
