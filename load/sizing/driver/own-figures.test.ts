import { expect, test } from 'vitest';
import { loadRun } from '../../generator/load-run.fixture.ts';
import type { ServerSample } from '../../generator/server/server-sample.ts';
import { nothingSeen } from '../measured-run.ts';
import { withOwnFigures } from './own-figures.ts';

const sample = (atMs: number, cpuSeconds: number): ServerSample => ({
  atMs,
  homeserver: {
    cpuSeconds,
    residentKib: 204_800,
    responses: 0,
    persistedEvents: 0,
    transactionSeconds: 0,
  },
});

const run = loadRun({ server: [sample(0, 10), sample(5_000, 12), sample(10_000, 15)] });

test('a server in a container tells its processor time itself', () => {
  expect(withOwnFigures(nothingSeen, run)).toMatchObject({
    utilisation: { synapse: 0.5 },
    cpuCores: { synapse: 0.5 },
    residentMib: { synapse: 200 },
  });
});

test('what is seen from outside is not replaced', () => {
  const seen = { ...nothingSeen, utilisation: { synapse: 0.4 }, cpuCores: { synapse: 0.4 } };
  expect(withOwnFigures(seen, run)).toEqual(seen);
});

test('a server that tells nothing changes nothing', () => {
  expect(withOwnFigures(nothingSeen, loadRun())).toEqual(nothingSeen);
});
