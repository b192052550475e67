import fc from 'fast-check';
import { expect, test } from 'vitest';
import { workersFor } from './workers.ts';

const need = { pollCores: 1, messageCores: 1, peakMessagesPerSecond: 10, loginsPerSecond: 2, usableShare: 0.6 };

test('what one process can do gets no workers', () => {
  expect(workersFor({ ...need, pollCores: 0.3, messageCores: 0.3 })).toMatchObject({ workers: { total: 1, sync: 0 } });
});

test('where listening to the others takes all of a core, no number of workers suffices', () => {
  expect(workersFor({ ...need, peakMessagesPerSecond: 100 })).toEqual({ kind: 'tooMany' });
});

test('work for a few processes is divided among those who serve people, sync and client with one to spare', () => {
  expect(workersFor(need)).toMatchObject({ workers: { sync: 4, client: 2, eventPersister: 1, media: 0, total: 9 } });
});

test('much work makes everything a worker of its own', () => {
  expect(workersFor({ ...need, pollCores: 3 })).toMatchObject({ workers: { streamWriters: 4, media: 1 } });
});

test('more work never needs fewer processes', () => {
  const cores = fc.double({ min: 0, max: 50, noNaN: true });
  fc.assert(
    fc.property(cores, cores, cores, (pollCores, messageCores, more) => {
      const total = (plan: ReturnType<typeof workersFor>) => (plan.kind === 'enough' ? plan.workers.total : Infinity);
      const less = workersFor({ ...need, pollCores, messageCores });
      expect(total(workersFor({ ...need, pollCores: pollCores + more, messageCores }))).toBeGreaterThanOrEqual(
        total(less),
      );
    }),
    { seed: 1 },
  );
});
