import { expect, test } from 'vitest';
import { paced } from './paced.ts';

test('requests asked for at once leave one after another at the permitted rate', async () => {
  const begun: number[] = [];
  const send = paced(async () => {
    begun.push(performance.now());
    return { status: 200, headers: {}, bytes: new Uint8Array(), text: () => '' };
  }, 100);
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: 11 }, () => send({ method: 'GET', url: 'https://hs1.example/' })));
  expect(begun).toHaveLength(11);
  // Timers may fire a fraction of a millisecond early.
  for (const [index, at] of begun.entries()) expect(at - startedAt).toBeGreaterThanOrEqual(index * 10 - 2);
});
