import { expect, test } from 'vitest';
import type { Bench } from '../../core/model/bench.ts';
import { RigError } from '../../core/model/rig-error.ts';
import type { Text } from '../../core/model/text.ts';
import type { Deployment } from '../provider.ts';
import { startWithFreePorts } from './free-ports-retry.ts';

const started: Deployment = { bench: {} as Bench, [Symbol.asyncDispose]: async () => {} };
const portInUse = new RigError('portInUse', 'taken');

test('a port that was taken meanwhile leads to another start, which is told', async () => {
  const attempts: number[] = [];
  const told: Text[] = [];
  const deployment = await startWithFreePorts(
    (text) => told.push(text),
    async (attempt) => {
      attempts.push(attempt);
      if (attempt < 3) throw portInUse;
      return started;
    },
  );
  expect(deployment).toBe(started);
  expect(attempts).toEqual([1, 2, 3]);
  expect(told).toHaveLength(2);
});

test('after five starts the port is the error', async () => {
  let attempts = 0;
  const starting = startWithFreePorts(
    () => {},
    () => {
      attempts++;
      return Promise.reject(portInUse);
    },
  );
  await expect(starting).rejects.toBe(portInUse);
  expect(attempts).toBe(5);
});

test('any other trouble is not tried again', async () => {
  let attempts = 0;
  const trouble = new RigError('deploymentFailed', 'broken');
  const starting = startWithFreePorts(
    () => {},
    () => {
      attempts++;
      return Promise.reject(trouble);
    },
  );
  await expect(starting).rejects.toBe(trouble);
  expect(attempts).toBe(1);
});
